//! How many threads compute while other programs want the processor too.
//!
//! The threads of a step wait for each other hundreds of times. When another program holds one
//! of their cores, all of them wait, and two threads become slower than one. So the share of the
//! processor that was really got is watched, and threads are given up until it is whole. Pure.

use std::time::{Duration, Instant};

/// Computing that is watched before a judgement: longer than a rush of the desk's own questions.
const WINDOW: Duration = Duration::from_secs(2);

/// Threads that got less of their cores than this were disturbed. At three quarters of two cores,
/// two threads that wait for each other are as fast as one; the desk itself, answering many at once,
/// takes more than that without slowing them as much.
const UNDISTURBED: f64 = 0.55;

/// How long fewer threads are used before all are tried again, at first and at most.
const FIRST_WAIT: Duration = Duration::from_secs(5);
const LONGEST_WAIT: Duration = Duration::from_secs(40);

/// Watches the steps.
#[derive(Clone, Debug)]
pub(crate) struct Contention {
    most: i32,
    threads: i32,
    wall: Duration,
    processor: Duration,
    wait: Duration,
    retry_at: Option<Instant>,
}

impl Contention {
    /// Starts with `most` threads.
    pub(crate) fn new(most: i32) -> Contention {
        let (wall, processor) = (Duration::ZERO, Duration::ZERO);
        Contention { most, threads: most, wall, processor, wait: FIRST_WAIT, retry_at: None }
    }

    /// Takes note of a step that lasted `wall` and used `processor` of all cores together.
    /// Answers another number of threads when that is better from now on.
    pub(crate) fn note(
        &mut self,
        wall: Duration,
        processor: Duration,
        now: Instant,
    ) -> Option<i32> {
        self.wall += wall;
        self.processor += processor;
        if self.wall < WINDOW {
            return None;
        }
        let cores = self.processor.as_secs_f64() / self.wall.as_secs_f64();
        tracing::debug!(cores, threads = self.threads, "share of the processor");
        (self.wall, self.processor) = (Duration::ZERO, Duration::ZERO);
        let is_disturbed = cores < UNDISTURBED * f64::from(self.threads);
        let next = match self.retry_at {
            _ if is_disturbed && self.threads > 1 => {
                self.retry_at = Some(now + self.wait);
                self.wait = (self.wait * 2).min(LONGEST_WAIT);
                (cores as i32).clamp(1, self.threads - 1)
            }
            Some(at) if self.threads < self.most && now >= at => self.most,
            _ => {
                if self.threads == self.most {
                    self.wait = FIRST_WAIT;
                }
                return None;
            }
        };
        self.threads = next;
        Some(next)
    }
}

#[cfg(test)]
mod tests;
