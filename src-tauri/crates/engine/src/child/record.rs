//! What went wrong lately, and what follows from it: another start after a pause, a start without
//! the graphics card, or no start for a long while.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use super::{ChildConfig, Limits, Tuning};

/// Failures older than this are forgotten.
const MEMORY: Duration = Duration::from_secs(600);

/// Failures after which the graphics card is suspected.
const SUSPICIOUS: usize = 2;

/// A program that cannot be started is never tried again and again without a pause.
const LEAST_START_PAUSE: Duration = Duration::from_millis(40);

/// What went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// The program could not be started at all. What cannot start now will not start in the next
    /// moment either.
    Start,
    /// The program ran, and died, hung or lied.
    Run,
}

/// What follows from a failure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Another start after the pause. The reason is for those who ask meanwhile.
    Restart { pause: Duration, reason: String },
    /// No start for as long, unless somebody asks for it.
    StandDown { pause: Duration, reason: String },
}

/// The failures of one child and what was learnt from them.
#[derive(Debug, Default)]
pub(super) struct Record {
    failures: VecDeque<Instant>,
    /// What the latest hello named. Empty before the first.
    computes_on: String,
    /// Why the graphics card is left alone, once it is.
    without_graphics: Option<String>,
}

impl Record {
    /// Notes a failure and says what follows.
    pub(super) fn judge(
        &mut self,
        config: &ChildConfig,
        trouble: Trouble,
        reason: &str,
        now: Instant,
    ) -> Verdict {
        self.failures.retain(|at| now.duration_since(*at) < MEMORY);
        self.failures.push_back(now);
        let (failures, limits) = (self.failures.len(), &config.limits);
        if failures >= limits.most_failures {
            let pause = limits.stand_down;
            let reason = format!(
                "it failed {failures} times within ten minutes, so search goes on without it; \
                 it is tried again {}, or as soon as staff ask for it; the last time: {reason}",
                after(pause),
            );
            return Verdict::StandDown { pause, reason };
        }
        let mut reason = reason.to_string();
        if failures >= SUSPICIOUS && trouble == Trouble::Run && self.may_blame_graphics(config) {
            let why = self.blame_graphics(failures);
            reason = format!("{reason}; {why}");
            self.without_graphics = Some(why);
        }
        let pause = match trouble {
            Trouble::Start => back_off(limits, failures + 1).max(LEAST_START_PAUSE),
            Trouble::Run => back_off(limits, failures),
        };
        Verdict::Restart { pause, reason }
    }

    /// A child that never said what it computes on may well have died of its graphics card.
    fn may_blame_graphics(&self, config: &ChildConfig) -> bool {
        self.without_graphics.is_none()
            && config.tuning.may_use_graphics()
            && !self.computes_on.starts_with(PROCESSOR)
    }

    fn blame_graphics(&self, failures: usize) -> String {
        match self.computes_on.as_str() {
            "" => format!(
                "it failed {failures} times, and in case the graphics card is the cause, it goes \
                 on without one"
            ),
            card => format!("it failed {failures} times on {card} and goes on without it"),
        }
    }

    /// A child works, on this.
    pub(super) fn hear_of(&mut self, computes_on: &str) {
        self.computes_on = computes_on.to_string();
    }

    /// The card refused before anything was computed on it, so there is nothing to try again.
    pub(super) fn give_up_graphics(&mut self, reason: &str) {
        let reason = format!("it could not use the graphics card and goes on without it: {reason}");
        self.without_graphics = Some(reason);
    }

    /// Another card is to be used: what is known of the old one says nothing about it.
    pub(super) fn forget_graphics(&mut self) {
        self.without_graphics = None;
    }

    /// Why the graphics card is left alone, if it is.
    pub(super) fn without_graphics(&self) -> Option<&str> {
        self.without_graphics.as_deref()
    }

    /// A fresh start: neither failures nor suspicions count any more.
    pub(super) fn forgive(&mut self) {
        *self = Self::default();
    }

    /// The failures are long ago. What is known of the graphics card stays known.
    pub(super) fn forget_failures(&mut self) {
        self.failures.clear();
    }
}

/// How [`crate::protocol::Hello::computes_on`] begins where no graphics card is used.
const PROCESSOR: &str = "cpu";

impl Tuning {
    /// Whether the child may put anything on a graphics card.
    pub(super) fn may_use_graphics(&self) -> bool {
        self.device.is_some() && self.gpu_layers != Some(0)
    }
}

/// The pause after this many failures. One crash may be bad luck and costs no waiting.
pub(super) fn back_off(limits: &Limits, failures: usize) -> Duration {
    match failures {
        0 | 1 => Duration::ZERO,
        n => {
            let doublings = (n - 2).min(16);
            limits.back_off.saturating_mul(1 << doublings).min(limits.longest_back_off)
        }
    }
}

/// When a pause is over, in words.
fn after(pause: Duration) -> String {
    match pause.as_secs().div_ceil(60) {
        0 | 1 => "after a minute".into(),
        minutes => format!("after {minutes} minutes"),
    }
}

#[cfg(test)]
mod tests;
