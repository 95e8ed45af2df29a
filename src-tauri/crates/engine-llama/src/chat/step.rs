//! One step of everything under way: what to compute, and what comes of it.

use std::time::{Duration, Instant};

use engine::protocol::{Ending, Failure, FromChild};

use super::Chat;
use super::context::{Part, StepError};
use super::plan::{Need, plan};
use super::run::After;
use super::sequences::Seq;
use crate::model::compute_error;

/// With more texts under way than this, a step is full enough without guesses.
const WRITERS_WITH_GUESSES: usize = 2;

/// What one slot computes in a step.
struct Share {
    slot: Seq,
    tokens: Vec<i32>,
    results: usize,
}

impl Chat<'_> {
    /// Computes a step. Answers what there is to say, ends included.
    pub(super) fn step(&mut self) -> Vec<FromChild> {
        self.share_while_reading();
        let shares = self.shares();
        if shares.is_empty() {
            return Vec::new();
        }
        let parts: Vec<Part<'_>> = shares
            .iter()
            .map(|it| Part { seq: it.slot, tokens: &it.tokens, results: it.results })
            .collect();
        let (started, processor) = (Instant::now(), processor_time());
        let computed = self.context.compute(&parts);
        let took = started.elapsed();
        let used = processor_time().zip(processor).map(|(now, then)| now.saturating_sub(then));
        match computed {
            Ok(()) => {}
            Err(StepError::Full) => return self.fail_all("there was no room for the step"),
            Err(StepError::Lost(error)) => return self.fail_all(error),
        }
        self.steps = self.steps.wrapping_add(1);
        self.note(&shares, took);
        let told = self.take_results(&shares);
        if let Some(used) = used
            && let Some(threads) = self.contention.note(took, used, Instant::now())
            && threads != self.context.threads()
        {
            tracing::info!(threads, "another number of threads computes");
            if let Err(error) = self.context.set_threads(threads) {
                return told.into_iter().chain(self.fail_all(error)).collect();
            }
        }
        told
    }

    /// Who computes what.
    fn shares(&mut self) -> Vec<Share> {
        let writers = self.runs.iter().flatten().filter(|run| run.next.is_some()).count();
        let readers = self.runs.iter().flatten().count() - writers;
        let may_guess = writers <= WRITERS_WITH_GUESSES && readers == 0;
        let spare = self.spare_cells() / writers.max(1);
        let costs = &self.costs;
        for run in self.runs.iter_mut().flatten().filter(|run| run.next.is_some()) {
            run.guess(if may_guess { spare } else { 0 }, costs);
        }
        let needs: Vec<Need> = (0..self.runs.len()).map(|slot| self.need(slot)).collect();
        let for_reading = self.pace.step_tokens(writers > 0);
        let step_tokens = self.context.shape().step_tokens;
        let counts = plan(&needs, step_tokens, for_reading, self.steps % needs.len().max(1));
        (0..).zip(counts).filter_map(|(slot, count)| self.share(slot, count)).collect()
    }

    fn need(&self, slot: Seq) -> Need {
        match &self.runs[slot] {
            None => Need::Nothing,
            Some(run) if run.next.is_some() => Need::Write { guessed: run.guesses.len() },
            Some(run) if self.is_being_read(slot, run) => Need::Nothing,
            Some(run) => {
                let read = self.context.book().tokens(slot).len();
                Need::Read { tokens: run.prompt.tokens.len().saturating_sub(read) }
            }
        }
    }

    fn share(&mut self, slot: Seq, count: usize) -> Option<Share> {
        let run = self.runs[slot].as_mut().filter(|_| count > 0)?;
        Some(match run.next {
            Some(next) => {
                run.guesses.truncate(count - 1);
                let tokens: Vec<i32> = [next].into_iter().chain(run.guesses.clone()).collect();
                Share { slot, results: tokens.len(), tokens }
            }
            None => {
                let read = self.context.book().tokens(slot).len();
                let tokens = run.prompt.tokens[read..read + count].to_vec();
                let is_last = read + count == run.prompt.tokens.len();
                Share { slot, tokens, results: usize::from(is_last) }
            }
        })
    }

    /// How long steps take decides how large they are.
    fn note(&mut self, shares: &[Share], took: Duration) {
        let total: usize = shares.iter().map(|share| share.tokens.len()).sum();
        self.pace.note(total, took);
        if let [share] = shares
            && share.results == share.tokens.len()
        {
            self.costs.note_step(total, took.as_secs_f64());
        }
    }

    fn take_results(&mut self, shares: &[Share]) -> Vec<FromChild> {
        let mut told = Vec::new();
        let mut start = 0;
        let now = Instant::now();
        for share in shares {
            let first = start + share.tokens.len() - share.results;
            start += share.tokens.len();
            let slot = share.slot;
            let Some(run) = self.runs[slot].as_mut() else { continue };
            let held = self.context.book().tokens(slot).len();
            if share.results == 0 {
                told.extend(run.tell_reading(held, now));
                continue;
            }
            let (context, vocab) = (&self.context, self.model.vocab());
            let piece = |token| vocab.token_to_piece(super::LlamaToken(token), false, None);
            let (right, text, after) =
                run.take(|index| context.scores(first + index), &self.ends, piece);
            // What follows a wrong guess was computed in vain.
            self.context.cut(slot, held - share.results + right + 1);
            if !text.is_empty() {
                told.push(FromChild::Text { id: run.id, text });
            }
            if let After::End(reason) = after {
                told.extend(self.end(slot, reason));
            }
        }
        told
    }

    /// Ends the text of a slot. Its beginning stays for those who ask the same.
    pub(super) fn end(&mut self, slot: Seq, reason: Ending) -> Option<FromChild> {
        let mut run = self.runs[slot].take()?;
        self.keep_beginnings(slot, &run);
        self.trim_idle();
        Some(run.done(reason))
    }

    /// Ends the texts that nobody wants any more, or that took too long.
    pub(super) fn end_unwanted(&mut self, cancelled: &[u64], now: Instant) -> Vec<FromChild> {
        let mut told = Vec::new();
        for slot in 0..self.runs.len() {
            let Some(run) = &self.runs[slot] else { continue };
            let reason = if cancelled.contains(&run.id) {
                Ending::Cancelled
            } else if run.deadline.is_some_and(|deadline| deadline <= now) {
                Ending::Late
            } else {
                continue;
            };
            told.extend(self.end(slot, reason));
        }
        told
    }

    /// Ends everything under way after a step that failed.
    fn fail_all(&mut self, error: impl ToString) -> Vec<FromChild> {
        let reason = compute_error(error).to_string();
        self.context.forget();
        let runs = self.runs.iter_mut().filter_map(Option::take);
        runs.map(|run| FromChild::Failed {
            id: run.id,
            failure: Failure::Compute,
            reason: reason.clone(),
        })
        .collect()
    }
}

/// What all threads of this program have computed so far, where the system tells.
pub(crate) fn processor_time() -> Option<Duration> {
    #[cfg(unix)]
    {
        use rustix::time::{ClockId, clock_gettime};
        let time = clock_gettime(ClockId::ProcessCPUTime);
        let seconds = u64::try_from(time.tv_sec).unwrap_or(0);
        Some(Duration::new(seconds, u32::try_from(time.tv_nsec).unwrap_or(0)))
    }
    #[cfg(not(unix))]
    None
}
