//! Runs the tests by itself after each change of the knowledge, once nothing has changed for a
//! moment.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::Bench;

/// How often the version of the knowledge is looked at: reading it costs next to nothing.
const LOOK: Duration = Duration::from_millis(500);
/// So long nothing may change before the tests run.
const QUIET: Duration = Duration::from_secs(2);
/// An embedder that is not working holds the tests up no longer than this.
const PATIENCE: Duration = Duration::from_secs(60);

/// Owns the thread; dropping it stops the tests between two questions.
pub(crate) struct Watch {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Shared {
    stop: AtomicBool,
    asleep: Mutex<()>,
    woken: Condvar,
}

impl Watch {
    pub(crate) fn start(bench: Arc<Bench>) -> Self {
        let shared = Arc::new(Shared::default());
        let watching = shared.clone();
        let thread = std::thread::Builder::new()
            .name("test-bench".into())
            .spawn(move || watching.watch(&bench))
            .expect("the system can start one more thread");
        Self { shared, thread: Some(thread) }
    }
}

impl Shared {
    fn watch(&self, bench: &Bench) {
        let mut tested = bench.store.tested_version().ok().flatten().unwrap_or(-1);
        let mut seen = (bench.knowledge.version(), Instant::now());
        while self.wait() {
            let version = bench.knowledge.version();
            if version != seen.0 {
                seen = (version, Instant::now());
            }
            let quiet = seen.1.elapsed();
            let is_ready = bench.settled_version() == Some(version) || quiet >= PATIENCE;
            if version == tested || quiet < QUIET || !is_ready {
                continue;
            }
            // Somebody may have asked for a run in the meantime.
            if bench.store.tested_version().ok().flatten() != Some(version) {
                let stop = || self.stop.load(Ordering::Acquire);
                if let Err(error) = bench.run("the knowledge changed", &stop) {
                    tracing::warn!(?error, "the tests could not run");
                }
            }
            tested = version;
        }
    }

    /// Sleeps for a moment; false when it is time to end.
    fn wait(&self) -> bool {
        let asleep = self.asleep.lock().unwrap_or_else(PoisonError::into_inner);
        if self.stop.load(Ordering::Acquire) {
            return false;
        }
        drop(self.woken.wait_timeout(asleep, LOOK).unwrap_or_else(PoisonError::into_inner));
        !self.stop.load(Ordering::Acquire)
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        {
            // Under the lock: between its look at `stop` and its wait, the thread would miss it.
            let _asleep = self.shared.asleep.lock().unwrap_or_else(PoisonError::into_inner);
            self.shared.stop.store(true, Ordering::Release);
        }
        self.shared.woken.notify_all();
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the test bench ended with a panic");
        }
    }
}
