//! The same without playing it through: a closed form, for instant feedback.
//!
//! `E2E(B) = O (a + b B) + B P / R` is an answer's time with `B` in service and `X(B) = B / E2E(B)`
//! the answers a second then. `B*` is the largest `B` whose answers keep the promise, taking the
//! 95th percentile as 1.9 means (a spread of .6). Of `X(B*)` only the share `1 - .85 / sqrt(B*)` can
//! be used, or chance makes the queue too long (square-root staffing). What light work takes of the
//! processor is taken from the writing. Where only a part of the answers is written, 95 of 100 are
//! answered in time although a larger share of the written ones is not: with 15 % written, 67 of
//! 100 of them are enough.

use crate::{Profile, Workload};

/// The 95th percentile of an answer's time over its mean.
const P95_OVER_MEAN: f64 = 1.9;
/// The share of the processor that light work alone may use before waiting explodes.
const LIGHT_SHARE: f64 = 0.9;

/// What the formula says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ByFormula {
    /// Questions a minute with 95 of 100 answered in time.
    pub users_per_minute: f64,
    /// Texts in writing at once that still keep the promise; 0 where even one does not.
    pub at_once: usize,
}

/// How many questions a minute keep the promise that 95 of 100 are answered within so many seconds.
pub fn formula(profile: &Profile, workload: &Workload, within_s: f64) -> ByFormula {
    let (p, o) = (workload.prompt.mean, workload.answer.mean);
    let besides = profile.besides_tokens();
    let (a, b) = (profile.step_base_s * besides, profile.step_each_s * besides);
    let r = profile.prefill_per_second / besides;
    let mix = workload.mix;
    let light_s = (mix.faq * profile.costs.faq_s
        + mix.order * profile.costs.order_s
        + mix.cache * profile.costs.cache_s
        + mix.generated * profile.costs.generated_s)
        / profile.cores;
    let at_once = ((within_s / late_over_mean(mix.generated) - o * a) / (o * b + p / r)).floor();
    // Alone, nothing is beside the tokens.
    let alone_s = profile.alone_s(p, o) * late_over_mean(mix.generated);
    let least = if alone_s <= within_s { 1.0 } else { 0.0 };
    let at_once = at_once.clamp(least, (profile.slots as f64).max(least));
    let by_light = if light_s > 0.0 { LIGHT_SHARE / light_s } else { f64::INFINITY };
    let per_second = if mix.generated <= 0.0 {
        by_light
    } else if at_once < 1.0 {
        0.0
    } else {
        let answers = at_once / (o * (a + b * at_once) + at_once * p / r);
        let usable = answers * usable_share(at_once);
        (usable / (mix.generated + usable * light_s)).min(by_light)
    };
    ByFormula { users_per_minute: per_second * 60.0, at_once: at_once as usize }
}

/// An answer's time that must be in time, over the mean, when this share is written. The quantile
/// of a log-normal time is exponential in the normal one, which the logistic curve is close to.
fn late_over_mean(written: f64) -> f64 {
    let in_time = (1.0 - 0.05 / written).max(0.5);
    let logit = |share: f64| (share / (1.0 - share)).ln();
    P95_OVER_MEAN.powf(logit(in_time) / logit(0.95))
}

/// The share of the highest rate that can be used with so many in service.
fn usable_share(at_once: f64) -> f64 {
    (1.0 - 0.85 / at_once.sqrt()).max(0.1)
}

#[cfg(test)]
mod tests;
