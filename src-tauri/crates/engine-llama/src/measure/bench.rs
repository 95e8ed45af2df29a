//! A context to measure with: fresh prompts, and steps that add a token to each of some texts.

use std::time::{Duration, Instant};

use super::sizes::{DEPTH_MOST, Pace, STEPS_MOST};
use crate::chat::BLOCK_TOKENS;
use crate::chat::context::{Context, Part, Shape, StepError};
use crate::chat::pace::STEP_TOKENS_MAX;
use crate::chat::pick::likeliest;
use crate::chat::step::processor_time;
use crate::error::Error;
use crate::model::{Model, compute_error};

/// Tokens of the first look, which must not take long on any computer.
const LOOK_TOKENS: usize = 32;

/// Steps of the first look.
const LOOK_STEPS: usize = 3;

/// Fewest steps that make a median.
const LEAST_STEPS: usize = 3;

/// The sequence that holds the prompt; the texts are those after it.
const PROMPT: usize = 0;

/// A context, and tokens that no cache has seen.
pub(crate) struct Bench<'model> {
    model: &'model Model,
    context: Context<'model>,
    tokens: Fresh,
    ends_at: Option<Instant>,
}

impl<'model> Bench<'model> {
    /// Opens a context for `texts` texts at once.
    pub(crate) fn open(
        model: &'model Model,
        threads: i32,
        texts: usize,
    ) -> Result<Bench<'model>, Error> {
        let cells = DEPTH_MOST + texts * (STEPS_MOST + 1);
        let cells = u32::try_from(cells).unwrap_or(u32::MAX);
        let shape = Shape {
            cells: model.choose_context(Some(cells), cells),
            sequences: texts + 1,
            step_tokens: STEP_TOKENS_MAX,
            block_tokens: BLOCK_TOKENS,
        };
        let context = Context::open(model, shape, threads)?;
        let tokens = Fresh { state: 0x9E37_79B9_7F4A_7C15, below: model.vocabulary_size().max(1) };
        Ok(Bench { model, context, tokens, ends_at: None })
    }

    /// Tokens that the context holds.
    pub(crate) fn cells(&self) -> usize {
        self.context.shape().cells as usize
    }

    /// From this moment on, everything is cut short.
    pub(crate) fn end_at(&mut self, moment: Instant) {
        self.ends_at = Some(moment);
    }

    /// Whether that moment has come.
    pub(crate) fn is_late(&self) -> bool {
        self.ends_at.is_some_and(|moment| Instant::now() >= moment)
    }

    /// Goes on with another number of threads. What was read is forgotten.
    pub(crate) fn set_threads(&mut self, threads: i32) -> Result<(), Error> {
        if threads == self.context.threads() {
            return Ok(());
        }
        self.context.forget();
        self.context.set_threads(threads)
    }

    /// Computes one token, which brings what is needed into memory.
    pub(crate) fn warm_up(&mut self) -> Result<(), Error> {
        let token = [self.model.some_token().0];
        let computed = self.context.compute(&[Part { seq: PROMPT, tokens: &token, results: 1 }]);
        self.context.forget();
        computed.map_err(failed)
    }

    /// How fast it is, roughly.
    pub(crate) fn first_look(&mut self) -> Result<Pace, Error> {
        self.read(LOOK_TOKENS / 4)?;
        let seconds = self.read(LOOK_TOKENS)?.min(self.read(LOOK_TOKENS)?);
        let steps = self.write(1, LOOK_TOKENS, LOOK_STEPS)?;
        let read_per_second = LOOK_TOKENS as f64 / seconds.max(f64::EPSILON);
        let step_seconds = steps.into_iter().fold(f64::INFINITY, f64::min);
        Ok(Pace { read_per_second, step_seconds })
    }

    /// Reads a prompt that nobody has read before. Answers how many seconds that took.
    pub(crate) fn read(&mut self, tokens: usize) -> Result<f64, Error> {
        self.context.forget();
        let prompt: Vec<i32> = (0..tokens).map(|_| self.tokens.next()).collect();
        let started = Instant::now();
        for (first, part) in (0..).step_by(STEP_TOKENS_MAX).zip(prompt.chunks(STEP_TOKENS_MAX)) {
            let results = usize::from(first + part.len() == tokens);
            let part = Part { seq: PROMPT, tokens: part, results };
            self.context.compute(&[part]).map_err(failed)?;
        }
        Ok(started.elapsed().as_secs_f64())
    }

    /// Adds tokens to `texts` texts that follow the first `depth` tokens of the prompt. Answers
    /// how many seconds each step took, with the choice of the next tokens.
    pub(crate) fn write(
        &mut self,
        texts: usize,
        depth: usize,
        steps: usize,
    ) -> Result<Vec<f64>, Error> {
        for seq in 1..=texts {
            self.context.share(PROMPT, seq, depth);
        }
        let mut next: Vec<i32> = (0..texts).map(|_| self.tokens.next()).collect();
        let mut times = Vec::with_capacity(steps);
        // The first step of a shape prepares it, and is not one to measure.
        for step in 0..=steps {
            if self.is_late() && times.len() >= LEAST_STEPS {
                break;
            }
            let started = Instant::now();
            let parts: Vec<Part<'_>> = (1..)
                .zip(next.chunks(1))
                .map(|(seq, tokens)| Part { seq, tokens, results: 1 })
                .collect();
            self.context.compute(&parts).map_err(failed)?;
            for (index, token) in next.iter_mut().enumerate() {
                let scores = self.context.scores(index).unwrap_or_default();
                *token = likeliest(scores, &[]).unwrap_or(*token);
            }
            if step > 0 {
                times.push(started.elapsed().as_secs_f64());
            }
        }
        for seq in 1..=texts {
            self.context.cut(seq, 0);
        }
        Ok(times)
    }
}

fn failed(error: StepError) -> Error {
    match error {
        StepError::Full => compute_error("there was no room for the step"),
        StepError::Lost(error) => error,
    }
}

/// Tokens in no order, the same in every run.
struct Fresh {
    state: u64,
    below: u32,
}

impl Fresh {
    fn next(&mut self) -> i32 {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        let token = (self.state >> 32) % u64::from(self.below);
        i32::try_from(token).unwrap_or(0)
    }
}

/// The middle one; 0 of nothing.
pub(crate) fn median(times: &[f64]) -> f64 {
    let mut sorted = times.to_vec();
    sorted.sort_by(f64::total_cmp);
    match sorted.len() {
        0 => 0.0,
        count if count % 2 == 1 => sorted[count / 2],
        count => (sorted[count / 2 - 1] + sorted[count / 2]) / 2.0,
    }
}

/// Time that passed, and processor time that all threads got in it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Share {
    passed: Option<Duration>,
    got: Option<Duration>,
}

/// A moment from which both are counted.
pub(crate) struct Moment {
    at: Instant,
    got: Option<Duration>,
}

impl Share {
    /// Begins to count.
    pub(crate) fn now() -> Moment {
        Moment { at: Instant::now(), got: processor_time() }
    }

    /// Of what so many threads could have had, what they got.
    pub(crate) fn of_threads(self, threads: i32) -> Option<f64> {
        let passed = self.passed?.as_secs_f64() * f64::from(threads.max(1));
        let got = self.got?.as_secs_f64();
        (passed > 0.0).then(|| (got / passed).min(1.0))
    }
}

impl Moment {
    /// What was counted.
    pub(crate) fn until_now(&self) -> Share {
        let got = processor_time().zip(self.got).map(|(now, then)| now.saturating_sub(then));
        Share { passed: Some(self.at.elapsed()), got }
    }
}
