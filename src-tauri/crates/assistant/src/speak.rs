//! A model's text on its way to the visitor: read sentence by sentence, each checked before it is
//! shown.

use std::time::{Duration, Instant};

use engine::{Engine, EngineError, Event, GenerateRequest, StopReason};
use knowledge::text::sentences;

use crate::answer::Tokens;
use crate::prompt::{Prompt, UNKNOWN, prompt};
use crate::quote::Passage;
use crate::support::{Verdict, check};

/// Tokens an answer may have.
const LONGEST_ANSWER: u32 = 220;
/// How long to wait for the next event before looking whether the visitor has gone.
const TICK: Duration = Duration::from_millis(20);

/// What came of asking the model.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Spoken {
    /// Supported sentences as shown.
    pub(crate) text: String,
    /// Indexes of the passages that support them, without repeats, in order of first use.
    pub(crate) passages: Vec<usize>,
    /// Sentences that passed.
    pub(crate) supported: usize,
    /// Sentences written.
    pub(crate) written: usize,
    /// Why sentences were withheld.
    pub(crate) withheld: Vec<String>,
    /// The model said that the passages do not answer.
    pub(crate) unknown: bool,
    /// Everything the model wrote, for the exam.
    pub(crate) raw: String,
    /// The visitor stopped it.
    pub(crate) stopped: bool,
    /// The engine stopped it.
    pub(crate) error: Option<EngineError>,
    /// Until the first word.
    pub(crate) first_token: Duration,
    /// Tokens.
    pub(crate) tokens: Tokens,
}

/// Asks the model and tells every supported sentence as soon as it is complete.
pub(crate) fn speak(
    engine: &dyn Engine,
    question: &str,
    passages: &[Passage],
    evidence_tokens: usize,
    weight: &dyn Fn(&str) -> f32,
    stop: &dyn Fn() -> bool,
    tell: &mut dyn FnMut(&str),
) -> Spoken {
    let started = Instant::now();
    let mut spoken = Spoken::default();
    let Prompt { messages, keep, used } = prompt(question, passages, evidence_tokens);
    if used == 0 {
        return spoken;
    }
    let evidence: Vec<&str> = passages[..used].iter().map(|p| p.hit.text.as_str()).collect();
    let request = GenerateRequest {
        messages,
        keep,
        max_tokens: LONGEST_ANSWER,
        ..GenerateRequest::default()
    };
    let reply = match engine.generate(request) {
        Ok(reply) => reply,
        Err(error) => {
            spoken.error = Some(error);
            return spoken;
        }
    };
    let mut pending = String::new();
    loop {
        if stop() {
            reply.cancel();
            spoken.stopped = true;
            return spoken;
        }
        match reply.next_within(TICK) {
            None | Some(Ok(Event::Waiting { .. } | Event::Reading { .. })) => {}
            Some(Ok(Event::Text(text))) => {
                if spoken.raw.is_empty() {
                    spoken.first_token = started.elapsed();
                }
                spoken.raw.push_str(&text);
                pending.push_str(&text);
                for sentence in take_complete(&mut pending) {
                    spoken.weigh(&sentence, &evidence, weight, tell);
                }
                if spoken.unknown {
                    return spoken;
                }
            }
            Some(Ok(Event::Done(finish))) => {
                spoken.tokens = Tokens {
                    prompt: finish.prompt_tokens,
                    cached: finish.cached_tokens,
                    generated: finish.generated_tokens,
                };
                // Half a sentence at the token limit says something its author did not mean.
                if finish.reason != StopReason::Length {
                    spoken.weigh(&pending, &evidence, weight, tell);
                }
                return spoken;
            }
            Some(Err(error)) => {
                spoken.error = Some(error);
                return spoken;
            }
        }
    }
}

impl Spoken {
    fn weigh(
        &mut self,
        sentence: &str,
        evidence: &[&str],
        weight: &dyn Fn(&str) -> f32,
        tell: &mut dyn FnMut(&str),
    ) {
        // What a model writes is shown like any other text: without what nobody can see.
        let cleaned = knowledge::text::clean(sentence);
        let sentence = cleaned.text.trim();
        if sentence.is_empty() {
            return;
        }
        self.written += 1;
        if sentence.contains(UNKNOWN) {
            self.unknown = true;
            return;
        }
        match check(sentence, evidence, weight) {
            Verdict::Supported { passage } => {
                self.supported += 1;
                if !self.passages.contains(&passage) {
                    self.passages.push(passage);
                }
                let text =
                    if self.text.is_empty() { sentence.into() } else { format!(" {sentence}") };
                tell(&text);
                self.text.push_str(&text);
            }
            Verdict::Unsupported { why } => self.withheld.push(why),
        }
    }
}

/// Takes the sentences off the front that are certainly complete: all but the last.
fn take_complete(pending: &mut String) -> Vec<String> {
    let ranges = sentences(pending);
    let Some((last, complete)) = ranges.split_last() else { return Vec::new() };
    let taken = complete.iter().map(|range| pending[range.clone()].to_string()).collect();
    pending.drain(..last.start);
    taken
}
