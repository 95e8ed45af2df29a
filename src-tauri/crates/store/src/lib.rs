//! Everything that survives a restart: one SQLite file per desk.
//!
//! The store keeps rows and gives them back; it knows neither files, models nor people. One thread
//! writes, each job in one durable transaction; readers see the last finished one. A folder has
//! one owner at a time.
//!
//! Start with [`Store`]; then [`open`](Store::open) for what is checked before a byte is written,
//! and one file under `tables` for each table: its SQL, its row, its reads, its writes.

#![warn(missing_docs)]
#![forbid(unsafe_code)]

mod connection;
mod copies;
mod error;
mod foreign;
mod migrations;
mod open;
mod packs;
mod tables;
mod writer;

use std::path::Path;
use std::sync::{Arc, Mutex};

use rusqlite::{Connection, Transaction};

pub use connection::{BeforeMigration, Unmigrated};
pub use copies::{CopyFacts, MergeCounts, Unreadable, check_copy, migrate_copy, would_merge};
pub use error::StoreError;
pub use foreign::ForeignTable;
pub use migrations::NEWEST as SCHEMA_VERSION;
pub use packs::{PackRow, PackTaken};
pub use tables::access::AccessRow;
pub use tables::caches::{CacheSource, CachedRow};
pub use tables::calibrations::CalibrationRow;
pub use tables::chunks::{ChunkRow, ChunkText, NewChunk, Role};
pub use tables::collected::NotedGap;
pub use tables::conversations::{TalkRow, TalkState};
pub use tables::device_tests::{DeviceTestKey, DeviceTestRow};
pub use tables::document_changes::{DocumentChangeRow, DocumentUseRow};
pub use tables::embeddings::{PendingCount, PendingPage, PendingRow, PendingTurn, VectorRow};
pub use tables::erasure::{Due, Erased, Erasure};
pub use tables::faq_changes::Signed;
pub use tables::faq_edits::FaqEditRow;
pub use tables::faqs::{FaqOrigin, FaqPage, FaqRow, FaqStatus, NewFaq};
pub use tables::gap_clusters::{ClusterChange, GapClusterRow, GapStatus};
pub use tables::gaps::{GapNote, GapReason, GapRow};
pub use tables::import_jobs::{ImportFileRow, ImportJobRow, JobState, NewImportFile};
pub use tables::kept::{KeptTexts, KeptTurn};
pub use tables::order_tries::{OrderLimits, OrderTry, OrderTryVerdict};
pub use tables::orders::{NewOrderSource, OrderRow, OrderSourceRow};
pub use tables::own_models::OwnModelRow;
pub use tables::rejected::RejectedRow;
pub use tables::revisions::RevisionRow;
pub use tables::route_uses::RouteUseRow;
pub use tables::searchable::{Changes, IndexRow, SearchUnit, Standing};
pub use tables::sections::{NewSection, Pages, SectionRow};
pub use tables::sources::{NewSource, SourceRow};
pub use tables::speeds::SpeedRow;
pub use tables::spendings::SpendingRow;
pub use tables::test_cases::TestCaseRow;
pub use tables::test_runs::{TestResultRow, TestRunRow};
pub use tables::tickets::{TicketLine, TicketRow};
pub use tables::transcripts::{TranscriptCounts, TranscriptFilter, TranscriptRow};
pub use tables::turn_counts::{FaqUseRow, TurnNumbers};
pub use tables::turns::{CitationRow, TurnRow};
pub use tables::versions::{FaqBack, VersionRow};
pub use tables::watched::{WatchedFileRow, WatchedFolderRow};

/// The open desk. Cheap to clone; the last clone to go closes the file and frees the folder.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    // Dropped in this order: only the last connection to close can empty the journal, and it must
    // be the one that writes; the lock is freed when the file is whole.
    readers: Mutex<Vec<Connection>>,
    writer: writer::Writer,
    place: open::Place,
}

/// Idle reading connections that are kept; more are opened when needed and closed afterwards.
const READERS_KEPT: usize = 4;

impl Store {
    /// Opens the desk in `folder`, and creates or migrates it where needed.
    ///
    /// Fails without touching the database when another program owns the folder, when the file
    /// is from a newer version, is somebody else's or is damaged, and when nothing can be
    /// written there. An unreadable file is never replaced by an empty one.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        Self::open_after(folder, &mut |_| Ok(()))
    }

    /// The same; the desk of an older program is handed over before it is changed, and stays as it
    /// is when that fails.
    pub fn open_after(
        folder: &Path,
        before_migration: BeforeMigration<'_>,
    ) -> Result<Self, StoreError> {
        let place = open::prepare(folder)?;
        let connection = connection::open_writer(&place, before_migration)?;
        let writer = writer::Writer::start(connection)?;
        Ok(Self { inner: Arc::new(Inner { writer, readers: Mutex::default(), place }) })
    }

    /// Where the desk lies.
    pub fn folder(&self) -> &Path {
        &self.inner.place.folder
    }

    /// The version of the SQLite inside this program.
    pub fn sqlite_version(&self) -> &'static str {
        rusqlite::version()
    }

    /// Runs a job in one transaction on the writer's thread; it is on the disk when this returns.
    pub(crate) fn write<T, F>(&self, job: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Transaction<'_>) -> Result<T, StoreError> + Send + 'static,
    {
        self.inner.writer.run(job)
    }

    /// Empties the journal into the database, so that no byte that was erased stays in it. False
    /// when somebody was reading for all that time; the next try finds it as it is.
    pub fn empty_journal(&self) -> Result<bool, StoreError> {
        self.inner.writer.empty_journal()
    }

    /// Runs a job on a reading connection, within one snapshot.
    pub(crate) fn read<T>(
        &self,
        job: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let idle = self.readers().pop();
        let connection = match idle {
            Some(connection) => connection,
            None => connection::open_reader(&self.inner.place)?,
        };
        let snapshot = connection.unchecked_transaction()?;
        let result = job(&snapshot);
        snapshot.finish()?;
        let mut readers = self.readers();
        if readers.len() < READERS_KEPT {
            readers.push(connection);
        }
        result
    }

    fn readers(&self) -> std::sync::MutexGuard<'_, Vec<Connection>> {
        // A poisoned pool holds whole connections still: nothing is half done while it is locked.
        self.inner.readers.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests;
