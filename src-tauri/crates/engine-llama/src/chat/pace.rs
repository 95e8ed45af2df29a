//! How much of a prompt to read at once.

use std::time::Duration;

/// Tokens that one step may compute.
pub(crate) const STEP_TOKENS_MAX: usize = 512;

/// Fewer waste the work that is done once for each step. Steps are multiples of it, because
/// llama.cpp multiplies whole tiles of rows in another way than what is left over.
const STEP_TOKENS_MIN: usize = 16;

/// What a step may take while others wait for their next word.
const SHARED_STEP_SECONDS: f64 = 0.15;

/// What a step may take while nobody does: nothing can interrupt it, so it is how long cancelling
/// takes.
const LONE_STEP_SECONDS: f64 = 0.6;

/// How fast prompts are read on this machine.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Pace {
    tokens_per_second: Option<f64>,
}

impl Pace {
    /// Takes note of a step. Small ones say nothing about reading.
    pub(crate) fn note(&mut self, tokens: usize, took: Duration) {
        if tokens >= STEP_TOKENS_MIN && !took.is_zero() {
            self.tokens_per_second = Some(tokens as f64 / took.as_secs_f64());
        }
    }

    /// Tokens of prompts in the next step, when others are writing or when nobody is.
    pub(crate) fn step_tokens(self, others_write: bool) -> usize {
        let seconds = if others_write { SHARED_STEP_SECONDS } else { LONE_STEP_SECONDS };
        match self.tokens_per_second {
            Some(pace) => {
                let tokens = (pace * seconds) as usize / STEP_TOKENS_MIN * STEP_TOKENS_MIN;
                tokens.clamp(STEP_TOKENS_MIN, STEP_TOKENS_MAX)
            }
            None => STEP_TOKENS_MIN * 2,
        }
    }
}

#[cfg(test)]
mod tests;
