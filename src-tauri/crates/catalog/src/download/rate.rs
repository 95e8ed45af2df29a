//! How fast bytes come: smoothed over some seconds, so that the time left does not jump about.

use std::time::{Duration, Instant};

/// Bytes are gathered so long before they count.
const STEP: Duration = Duration::from_millis(250);
/// What is so long ago counts for about a third.
const MEMORY_SECONDS: f64 = 5.0;

/// A moving average that forgets exponentially.
#[derive(Clone, Debug)]
pub(super) struct Rate {
    per_second: Option<f64>,
    gathered_bytes: u64,
    since: Instant,
}

impl Rate {
    pub(super) fn new(now: Instant) -> Self {
        Self { per_second: None, gathered_bytes: 0, since: now }
    }

    /// So many bytes have come.
    pub(super) fn add(&mut self, bytes: u64, now: Instant) {
        self.gathered_bytes += bytes;
        if now.saturating_duration_since(self.since) >= STEP {
            self.per_second = Some(self.value(now));
            self.gathered_bytes = 0;
            self.since = now;
        }
    }

    /// Bytes a second; falls towards 0 while nothing comes.
    pub(super) fn per_second(&self, now: Instant) -> u64 {
        self.value(now) as u64
    }

    fn value(&self, now: Instant) -> f64 {
        let seconds = now.saturating_duration_since(self.since).as_secs_f64();
        if seconds < STEP.as_secs_f64() {
            return self.per_second.unwrap_or(0.0);
        }
        let latest = self.gathered_bytes as f64 / seconds;
        match self.per_second {
            None => latest,
            Some(before) => {
                let kept = (-seconds / MEMORY_SECONDS).exp();
                before * kept + latest * (1.0 - kept)
            }
        }
    }
}
