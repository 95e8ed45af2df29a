//! The thread that writes states, because a disk may take seconds and the next token should not.

use std::io;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{Builder, JoinHandle};

use super::envelope;
use super::folder::{Folder, Name};

/// States that may wait. Each holds its bytes in memory.
pub(super) const WAITING_MAX: usize = 2;

/// A state to write, and what has to leave before.
#[derive(Debug)]
pub(super) struct Job {
    pub(super) leaving: Vec<Name>,
    pub(super) name: Name,
    pub(super) tokens: Arc<[i32]>,
    pub(super) payload: Vec<u8>,
    pub(super) is_fixed: bool,
}

/// How a job ended. Jobs end in the order in which they were given.
#[derive(Debug)]
pub(super) enum Outcome {
    Written,
    /// Nothing was written; the next one may succeed.
    Failed(io::Error),
    /// What should leave is still there, so nothing may be written.
    Stuck(io::Error),
}

/// The store's end of the thread. Dropping it lets the thread finish and waits for it.
#[derive(Debug)]
pub(super) struct Writer {
    jobs: Option<SyncSender<Job>>,
    outcomes: Receiver<Outcome>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    /// Starts the thread.
    pub(super) fn start(folder: Folder, identity: String) -> io::Result<Writer> {
        let (jobs, next_job) = sync_channel(WAITING_MAX);
        let (tell, outcomes) = sync_channel(WAITING_MAX);
        let thread = Builder::new().name("states".into()).spawn(move || {
            while let Ok(job) = next_job.recv() {
                if tell.send(write(&folder, &identity, &job)).is_err() {
                    break;
                }
            }
        })?;
        Ok(Writer { jobs: Some(jobs), outcomes, thread: Some(thread) })
    }

    /// Hands over a job. `false` if the thread is gone or has too much to do.
    pub(super) fn give(&self, job: Job) -> bool {
        self.jobs.as_ref().is_some_and(|jobs| jobs.try_send(job).is_ok())
    }

    /// The next outcome, if there is one now.
    pub(super) fn hear(&self) -> Option<Outcome> {
        self.outcomes.try_recv().ok()
    }

    /// The next outcome. `None` if the thread is gone.
    pub(super) fn wait(&self) -> Option<Outcome> {
        self.outcomes.recv().ok()
    }

    /// A writer without a thread: the test has both other ends.
    #[cfg(test)]
    pub(super) fn by_hand() -> (Writer, Receiver<Job>, SyncSender<Outcome>) {
        let (jobs, next_job) = sync_channel(WAITING_MAX);
        let (tell, outcomes) = sync_channel(WAITING_MAX);
        (Writer { jobs: Some(jobs), outcomes, thread: None }, next_job, tell)
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.jobs = None;
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::warn!("the thread that writes states panicked");
        }
    }
}

fn write(folder: &Folder, identity: &str, job: &Job) -> Outcome {
    for name in &job.leaving {
        if let Err(error) = folder.remove(name) {
            return Outcome::Stuck(error);
        }
    }
    let written = folder.write(&job.name, |file| {
        envelope::write(file, identity, job.is_fixed, &job.tokens, &job.payload)
    });
    written.map_or_else(Outcome::Failed, |()| Outcome::Written)
}
