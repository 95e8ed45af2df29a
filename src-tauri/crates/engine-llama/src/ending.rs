//! How the program ends: when stdin does, when stdin is not understood, and with its parent.
//!
//! A model may be in the middle of a long computation that nothing can interrupt. So the end is
//! first asked for, and a moment later made.

use std::sync::Arc;
use std::sync::atomic::{AtomicI16, Ordering};
use std::thread;
use std::time::Duration;

/// Time to leave properly. A step of the model is shorter on most machines.
const GRACE: Duration = Duration::from_millis(500);

const NOT_YET: i16 = -1;

/// The request to end, shared by all threads. The first one made counts.
#[derive(Clone, Debug)]
pub(crate) struct Ending(Arc<AtomicI16>);

impl Ending {
    /// Nobody asked yet.
    pub(crate) fn new() -> Ending {
        Ending(Arc::new(AtomicI16::new(NOT_YET)))
    }

    /// Asks the program to end with an exit code, and sees to it that it does.
    pub(crate) fn begin(&self, code: u8) {
        let first =
            self.0.compare_exchange(NOT_YET, i16::from(code), Ordering::SeqCst, Ordering::SeqCst);
        if first.is_ok() {
            let spawned = thread::Builder::new().name("ending".into()).spawn(move || {
                thread::sleep(GRACE);
                stop_now(code);
            });
            if spawned.is_err() {
                stop_now(code);
            }
        }
    }

    /// Whether the work should stop.
    pub(crate) fn has_begun(&self) -> bool {
        self.code().is_some()
    }

    /// The exit code that was asked for.
    pub(crate) fn code(&self) -> Option<u8> {
        u8::try_from(self.0.load(Ordering::SeqCst)).ok()
    }
}

/// Stops at once. An ordinary exit would run llama.cpp's clean-up under its working threads.
fn stop_now(code: u8) {
    #[cfg(unix)]
    {
        use rustix::process::{Signal, getpid, kill_process};
        if kill_process(getpid(), Signal::KILL).is_ok() {
            return;
        }
    }
    std::process::exit(i32::from(code))
}

/// Asks the system to end this process with its parent. `false` if the parent is gone already.
///
/// On Linux the "parent" is the thread that started us: it must live as long as we should.
/// Elsewhere the end of stdin has to do.
pub(crate) fn die_with_parent() -> bool {
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{Signal, getppid, set_parent_process_death_signal};
        let parent = getppid();
        if let Err(error) = set_parent_process_death_signal(Some(Signal::KILL)) {
            tracing::warn!("the end of the parent will only be seen on stdin: {error}");
        }
        getppid() == parent
    }
    #[cfg(not(target_os = "linux"))]
    true
}
