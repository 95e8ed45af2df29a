//! Something that writes text, ours or a server, and when each part of an answer came.

use std::sync::Barrier;
use std::thread;
use std::time::Instant;

use engine::{Keep, Message};

use super::broken;
use crate::exit::Failure;

/// What both sides are asked, word for word.
#[derive(Clone, Debug)]
pub(super) struct Prompt {
    pub(super) messages: Vec<Message>,
    /// Ends of beginnings that come again; only ours is told.
    pub(super) keep: Vec<Keep>,
    pub(super) max_tokens: u32,
    /// Write all of `max_tokens`, whatever the model would do.
    pub(super) is_fixed_length: bool,
}

/// One answer and its times.
#[derive(Clone, Debug)]
pub(super) struct Told {
    pub(super) asked: Instant,
    /// The first text.
    pub(super) first: Instant,
    /// The last text.
    pub(super) last: Instant,
    /// Every piece of text, one a token on most occasions.
    pub(super) pieces: Vec<Instant>,
    pub(super) text: String,
    pub(super) prompt_tokens: u32,
    /// Of these, not computed again.
    pub(super) cached_tokens: u32,
    pub(super) generated_tokens: u32,
    pub(super) drafted_tokens: u32,
    pub(super) accepted_tokens: u32,
}

impl Told {
    /// Milliseconds until the first text.
    pub(super) fn first_ms(&self) -> f64 {
        (self.first - self.asked).as_secs_f64() * 1000.0
    }

    /// Seconds in all.
    pub(super) fn seconds(&self) -> f64 {
        (self.last - self.asked).as_secs_f64()
    }

    /// Tokens a second from the first to the last.
    pub(super) fn decode_rate(&self) -> f64 {
        f64::from(self.generated_tokens.saturating_sub(1)) / (self.last - self.first).as_secs_f64()
    }

    /// Tokens written after `from` until `to`, as far as the pieces of text tell.
    pub(super) fn tokens_between(&self, from: Instant, to: Instant) -> f64 {
        let within = self.pieces.iter().filter(|at| (from < **at) && (**at <= to)).count();
        let tokens_per_piece = f64::from(self.generated_tokens) / self.pieces.len().max(1) as f64;
        within as f64 * tokens_per_piece
    }

    /// Tokens of the prompt that were computed, per second until the first text.
    pub(super) fn prefill_rate(&self) -> f64 {
        f64::from(self.fresh_tokens()) / (self.first - self.asked).as_secs_f64()
    }

    /// Tokens of the prompt that were computed.
    pub(super) fn fresh_tokens(&self) -> u32 {
        self.prompt_tokens.saturating_sub(self.cached_tokens)
    }
}

/// Writes text.
pub(super) trait Speaker: Sync {
    /// Asks and waits for the whole answer.
    fn ask(&self, prompt: &Prompt) -> Result<Told, Failure>;
}

/// One after another, each when the one before is done.
pub(super) fn one_by_one(speaker: &dyn Speaker, prompts: &[Prompt]) -> Result<Vec<Told>, Failure> {
    prompts.iter().map(|prompt| speaker.ask(prompt)).collect()
}

/// All in the same moment, each from a thread of its own.
pub(super) fn at_once(speaker: &dyn Speaker, prompts: &[Prompt]) -> Result<Vec<Told>, Failure> {
    let start = Barrier::new(prompts.len());
    thread::scope(|scope| {
        let clients: Vec<_> = prompts
            .iter()
            .map(|prompt| {
                let start = &start;
                scope.spawn(move || {
                    start.wait();
                    speaker.ask(prompt)
                })
            })
            .collect();
        let joined = clients.into_iter().map(|client| client.join());
        joined.map(|told| told.unwrap_or_else(|_| Err(broken("a client panicked")))).collect()
    })
}

/// When the first of several was asked.
pub(super) fn first_asked(told: &[Told]) -> Instant {
    told.iter().map(|told| told.asked).min().expect("something was asked")
}

/// New tokens a second of several together, from the questions to the last token of all.
pub(super) fn total_rate(told: &[Told]) -> f64 {
    let tokens: u32 = told.iter().map(|told| told.generated_tokens).sum();
    let last_done = told.iter().map(|told| told.last).max().expect("something was asked");
    f64::from(tokens) / (last_done - first_asked(told)).as_secs_f64()
}
