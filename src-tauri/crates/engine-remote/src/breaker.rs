//! Leaves a server alone after it failed three times in a row, so that nobody waits for it. Pure:
//! the clock is the caller's.

use std::time::{Duration, Instant};

/// So many failures in a row open it.
const FAILURES: u32 = 3;
/// So long it stays open; then one question may try.
const OPEN: Duration = Duration::from_secs(30);
/// No server is left alone for longer because it wished so.
const LONGEST_WISH: Duration = Duration::from_secs(120);

/// How a server has done lately.
#[derive(Debug, Default)]
pub(crate) struct Breaker {
    failures: u32,
    rest_until: Option<Instant>,
    why: String,
    /// One question tries whether it works again.
    is_tried: bool,
}

impl Breaker {
    /// Whether it may be asked now: how long to leave it alone still, and why, where not.
    pub(crate) fn rests(&self, now: Instant) -> Option<(Duration, &str)> {
        let left = self.rest_until.map_or(Duration::ZERO, |until| until.duration_since(now));
        if !left.is_zero() {
            return Some((left, &self.why));
        }
        // Whoever comes while somebody tries would wait as long for nothing.
        self.is_tried.then_some((Duration::from_secs(1), self.why.as_str()))
    }

    /// Somebody begins to ask.
    pub(crate) fn begin(&mut self) {
        self.is_tried = self.failures >= FAILURES;
    }

    /// It answered.
    pub(crate) fn succeeded(&mut self) {
        *self = Self::default();
    }

    /// Nothing is known: the visitor went away, or the question was at fault.
    pub(crate) fn nothing_learned(&mut self) {
        self.is_tried = false;
    }

    /// It failed.
    pub(crate) fn failed(&mut self, why: String, now: Instant) {
        self.failures = self.failures.saturating_add(1);
        self.is_tried = false;
        self.why = why;
        if self.failures >= FAILURES {
            self.rest_until = Some(now + OPEN);
        }
    }

    /// It wishes to be left alone.
    pub(crate) fn asked_for_rest(&mut self, wish: Duration, why: String, now: Instant) {
        self.is_tried = false;
        self.why = why;
        self.rest_until = Some(now + wish.min(LONGEST_WISH));
    }

    /// What went wrong last; empty where all is well.
    pub(crate) fn last_failure(&self) -> &str {
        &self.why
    }
}

#[cfg(test)]
mod tests;
