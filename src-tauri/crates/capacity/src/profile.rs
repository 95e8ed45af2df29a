//! How fast a computer is, in the numbers that the rest of this crate works with.

use serde::Deserialize;

/// Where the processor does everything, a step takes so much longer than its tokens alone: parts of
/// prompts too short for full speed, choosing words, threads that find their memory cold after other
/// work. Fitted to the loads that were measured (`docs/quality.md`, "Capacity").
const BESIDES_TOKENS: f64 = 1.6;

/// The speed of one model on one computer.
///
/// A step writes one token of each of `B` texts and takes `T(B) = a + b B` seconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Profile {
    /// Tokens of a prompt read in a second, when nothing else is in the step.
    pub prefill_per_second: f64,
    /// Seconds of a step whatever is in it: `a`.
    pub step_base_s: f64,
    /// Seconds more for each text in the step: `b`.
    pub step_each_s: f64,
    /// Texts written at the same time, at least 1.
    pub slots: usize,
    /// What questions cost besides the writing.
    pub costs: Costs,
    /// Processor cores that the writing and everything else share. Infinite where the writing
    /// happens on a graphics card or another computer, and takes nothing from the rest.
    pub cores: f64,
}

/// Processor seconds of one question by its route, the writing by a model not counted.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Costs {
    /// Approved answers, quotes, small talk and refusals.
    pub faq_s: f64,
    /// Order look-ups.
    pub order_s: f64,
    /// Kept answers.
    pub cache_s: f64,
    /// Finding passages, checking sentences, saving: what surrounds a written answer.
    pub generated_s: f64,
}

impl Costs {
    /// The same for every route.
    pub fn all(light_s: f64) -> Self {
        Self { faq_s: light_s, order_s: light_s, cache_s: light_s, generated_s: light_s }
    }
}

impl Profile {
    /// How many times its tokens alone a step takes while many ask.
    pub(crate) fn besides_tokens(&self) -> f64 {
        if self.cores.is_finite() { BESIDES_TOKENS } else { 1.0 }
    }

    /// Seconds of an answer when nobody else asks.
    pub fn alone_s(&self, prompt_tokens: f64, answer_tokens: f64) -> f64 {
        prompt_tokens / self.prefill_per_second
            + answer_tokens * (self.step_base_s + self.step_each_s)
    }

    /// Seconds until the first words when nobody else asks.
    pub fn first_words_s(&self, prompt_tokens: f64) -> f64 {
        prompt_tokens / self.prefill_per_second + self.step_base_s + self.step_each_s
    }

    /// Tokens a second for one reader who is alone.
    pub fn tokens_per_second(&self) -> f64 {
        1.0 / (self.step_base_s + self.step_each_s)
    }
}
