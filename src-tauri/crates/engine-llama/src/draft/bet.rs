//! How many tokens to guess, so that the answer comes sooner and not later.

use super::costs::{GUESS_MAX, StepCosts};

/// The chance of a guessed token before anything is known about the answer.
const CHANCE_AT_FIRST: f64 = 0.7;

/// The weight of one token's fate.
const NEW_WEIGHT: f64 = 0.12;

/// Certainty in either direction would be hard to learn away from.
const CHANCE_MIN: f64 = 0.02;
const CHANCE_MAX: f64 = 0.98;

/// A bet must promise so much more speed than none: measurements are not exact.
const WORTH_IT: f64 = 1.03;

/// Tokens without a guess after which one is tried, though it does not seem to pay. Doubled by
/// each failed trial, so that text which repeats nothing costs ever less.
const PAUSE_TOKENS: usize = 16;
const PAUSE_TOKENS_MAX: usize = 64;

/// Tokens guessed by such a trial.
const TRIAL_TOKENS: usize = 2;

/// What one answer has taught about guessing in it.
#[derive(Clone, Debug)]
pub(crate) struct Bet {
    chance: f64,
    tokens_without_guess: usize,
    pause_tokens: usize,
}

impl Bet {
    /// For a new answer.
    pub(crate) fn new() -> Bet {
        Bet { chance: CHANCE_AT_FIRST, tokens_without_guess: 0, pause_tokens: PAUSE_TOKENS }
    }

    /// How many of the `available` guessed tokens to compute in the next step, 0 if none pays.
    ///
    /// Takes the number with the most expected tokens per second. Tokens behind a wrong one are
    /// lost, so the chance of each is that of all before it, once more.
    pub(crate) fn best(&self, costs: &StepCosts, available: usize) -> usize {
        let available = available.min(GUESS_MAX);
        let mut best = (0, WORTH_IT / costs.expect(1));
        let mut expected_tokens = 1.0;
        let mut chance_of_all = 1.0;
        for guessed in 1..=available {
            chance_of_all *= self.chance;
            expected_tokens += chance_of_all;
            let speed = expected_tokens / costs.expect(guessed + 1);
            if speed > best.1 {
                best = (guessed, speed);
            }
        }
        match best {
            (0, _) if self.tokens_without_guess >= self.pause_tokens => available.min(TRIAL_TOKENS),
            (guessed, _) => guessed,
        }
    }

    /// Takes note of a step of this answer: how many tokens were guessed, and how many of them
    /// the model chose too. To be told of steps without a guess as well.
    pub(crate) fn note_outcome(&mut self, guessed: usize, accepted: usize) {
        let accepted = accepted.min(guessed);
        if guessed == 0 {
            self.tokens_without_guess += 1;
            return;
        }
        for _ in 0..accepted {
            self.chance += NEW_WEIGHT * (1.0 - self.chance);
        }
        if accepted < guessed {
            self.chance -= NEW_WEIGHT * self.chance;
        }
        self.chance = self.chance.clamp(CHANCE_MIN, CHANCE_MAX);
        self.tokens_without_guess = 0;
        self.pause_tokens = if accepted * 2 >= guessed {
            PAUSE_TOKENS
        } else {
            (self.pause_tokens * 2).min(PAUSE_TOKENS_MAX)
        };
    }
}

#[cfg(test)]
mod tests;
