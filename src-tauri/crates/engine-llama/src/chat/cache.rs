//! The arithmetic of steps: what need not be computed again, and how much to compute at once.

use std::time::Duration;

/// Tokens that one step may compute. More are no faster on a processor, and nothing can
/// interrupt a step.
pub(crate) const STEP_TOKENS_MAX: usize = 128;

/// Fewer waste the work that is done once for each step.
const STEP_TOKENS_MIN: usize = 16;

/// What a step should take, so that cancelling feels immediate.
const STEP_SECONDS: f64 = 0.25;

/// How many tokens of `prompt` the context holds already.
///
/// One token is always left to compute, because the next word comes from its result.
pub(crate) fn reusable_tokens<T: PartialEq>(held: &[T], prompt: &[T]) -> usize {
    let common = held.iter().zip(prompt).take_while(|(held, asked)| held == asked).count();
    common.min(prompt.len().saturating_sub(1))
}

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

    /// Tokens of the next step of a prompt.
    pub(crate) fn step_tokens(self) -> usize {
        match self.tokens_per_second {
            Some(pace) => ((pace * STEP_SECONDS) as usize).clamp(STEP_TOKENS_MIN, STEP_TOKENS_MAX),
            None => STEP_TOKENS_MIN * 2,
        }
    }
}

#[cfg(test)]
mod tests;
