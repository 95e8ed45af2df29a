//! The one thread that writes.
//!
//! SQLite has one writer at a time; waiting in a queue here beats a busy error in the kiosk.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{self, SyncSender};
use std::thread::JoinHandle;

use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::StoreError;

type Job = Box<dyn FnOnce(&mut Connection) + Send>;

/// Jobs that may wait; a caller beyond them waits at the door.
const QUEUE: usize = 64;

/// Hands jobs to the thread that owns the writing connection; dropping it ends the thread.
pub(crate) struct Writer {
    jobs: Option<SyncSender<Job>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    pub(crate) fn start(mut connection: Connection) -> Result<Self, StoreError> {
        let (jobs, inbox) = mpsc::sync_channel::<Job>(QUEUE);
        let thread = std::thread::Builder::new()
            .name("store-writer".to_owned())
            .spawn(move || {
                for job in inbox {
                    job(&mut connection);
                }
                if let Err((_, error)) = connection.close() {
                    tracing::warn!(%error, "the database did not close cleanly");
                }
            })
            .map_err(|source| StoreError::Io { path: "the writing thread".into(), source })?;
        Ok(Self { jobs: Some(jobs), thread: Some(thread) })
    }

    /// Waits for its turn, runs the job in one transaction and waits until it is durable.
    pub(crate) fn run<T, F>(&self, job: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Transaction<'_>) -> Result<T, StoreError> + Send + 'static,
    {
        self.run_on(|connection| in_transaction(connection, job))
    }

    /// Moves what the journal holds into the database and cuts it to nothing; false while a
    /// reader still needs it.
    pub(crate) fn empty_journal(&self) -> Result<bool, StoreError> {
        self.run_on(|connection| {
            let query = "PRAGMA wal_checkpoint(TRUNCATE)";
            let is_busy: bool = connection.query_row(query, [], |row| row.get(0))?;
            Ok(!is_busy)
        })
    }

    /// Waits for its turn and runs the job on the connection, which opens transactions itself.
    pub(crate) fn run_on<T, F>(&self, job: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&mut Connection) -> Result<T, StoreError> + Send + 'static,
    {
        let (answer, wait) = mpsc::sync_channel(1);
        let job: Job = Box::new(move |connection| {
            // A job that panics is rolled back; the thread must live on for the others.
            let result = catch_unwind(AssertUnwindSafe(|| job(connection)));
            if let Ok(result) = result {
                // Whoever asked may have gone; the change stays.
                answer.send(result).unwrap_or_default();
            }
        });
        let jobs = self.jobs.as_ref().ok_or(StoreError::Stopped)?;
        jobs.send(job).map_err(|_| StoreError::Stopped)?;
        wait.recv().map_err(|_| StoreError::Stopped)?
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        drop(self.jobs.take());
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the writing thread ended with a panic");
        }
    }
}

fn in_transaction<T>(
    connection: &mut Connection,
    job: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let value = job(&transaction)?;
    transaction.commit()?;
    Ok(value)
}
