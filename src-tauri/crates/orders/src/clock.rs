//! The desk's own time for locks: it goes on with the computer's steady clock and never back.
//!
//! The wall clock is read once, when the desk opens. Setting it while the desk runs changes
//! nothing; setting it back between two runs neither, because the latest time is kept.

use std::time::Instant;

/// Time for locks.
pub(crate) struct Clock {
    began_at: i64,
    began: Instant,
}

impl Clock {
    /// Begins at the wall clock's seconds, or at the latest time known where that is later.
    pub(crate) fn starting(wall_seconds: i64, latest_known: i64) -> Self {
        Self { began_at: wall_seconds.max(latest_known), began: Instant::now() }
    }

    /// Seconds since 1970, roughly; what counts is that they only grow.
    pub(crate) fn now(&self) -> i64 {
        self.began_at + self.began.elapsed().as_secs() as i64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_set_back_changes_nothing() {
        assert!(Clock::starting(1_000, 5_000).now() >= 5_000);
        assert!(Clock::starting(9_000, 5_000).now() >= 9_000);
    }
}
