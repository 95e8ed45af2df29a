//! What is asked: how often each route, and how long prompts and answers are.

use serde::Deserialize;

/// What visitors ask, apart from how many they are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Workload {
    /// Shares of the routes.
    pub mix: Mix,
    /// Tokens of a prompt that must be read anew.
    pub prompt: Tokens,
    /// Tokens of an answer.
    pub answer: Tokens,
}

/// Shares of the routes; [`Mix::normalised`] makes them add up to 1.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mix {
    /// Approved answers, quotes, small talk and refusals: no model writes.
    pub faq: f64,
    /// Order look-ups.
    pub order: f64,
    /// Answers that were kept.
    pub cache: f64,
    /// Answers that a model writes.
    pub generated: f64,
}

/// Lengths that follow a log-normal distribution, at least 1 each.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tokens {
    /// Their mean.
    pub mean: f64,
    /// Their standard deviation as a share of the mean.
    pub spread: f64,
}

impl Mix {
    /// The desk's usual mix where nothing else is known: most questions are in the approved
    /// answers, a quarter is about orders, the rest is written.
    pub const USUAL: Self = Self { faq: 0.6, order: 0.25, cache: 0.0, generated: 0.15 };

    /// The same shares, adding up to 1. `None` for negative, infinite or no shares at all.
    pub fn normalised(self) -> Option<Self> {
        let all = [self.faq, self.order, self.cache, self.generated];
        let sum: f64 = all.iter().sum();
        if all.iter().any(|share| !share.is_finite() || *share < 0.0) || sum <= 0.0 {
            return None;
        }
        Some(Self {
            faq: self.faq / sum,
            order: self.order / sum,
            cache: self.cache / sum,
            generated: self.generated / sum,
        })
    }
}

impl Workload {
    /// Written answers of usual lengths (300 new prompt tokens, 80 of answer), in these shares.
    pub fn usual(mix: Mix) -> Self {
        Self {
            mix,
            prompt: Tokens { mean: 300.0, spread: 0.5 },
            answer: Tokens { mean: 80.0, spread: 0.6 },
        }
    }
}
