//! Copies of the desk in other files: taken while it goes on, checked before they are trusted, and
//! put in its place.
//!
//! `belongs` says what stays on a computer, `check` what a copy must be like, `replace` and `merge`
//! how its rows come back.

mod belongs;
mod check;
mod erased;
mod merge;
mod replace;

use std::fs::{self, File};
use std::path::Path;

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};

use crate::open::restrict;
use crate::{Store, StoreError, connection};

pub use check::{CopyFacts, check_copy, migrate_copy};
pub use merge::{MergeCounts, would_merge};
pub use replace::Unreadable;

/// What names a desk, so that its own backups are known from those of others.
const DESK_ID: &str = "desk_id";

impl Store {
    /// Writes the desk as it is at this moment into a new file, while questions and imports go on.
    ///
    /// What belongs to this computer is left out, the staff PIN among it. The copy is whole and
    /// on the disk when this returns; a target that exists already is refused.
    pub fn copy_to(&self, target: &Path) -> Result<(), StoreError> {
        self.desk_id()?;
        let source = connection::open_reader(&self.inner.place)?;
        copy(&source, target)
    }

    /// Names this desk; made at the first call and kept. It goes along with copies.
    pub fn desk_id(&self) -> Result<String, StoreError> {
        if let Some(id) = self.meta_get(DESK_ID)? {
            return Ok(id);
        }
        self.write(|transaction| {
            transaction.execute(
                "INSERT OR IGNORE INTO meta(key, value) VALUES(?1, lower(hex(randomblob(16))))",
                [DESK_ID],
            )?;
            let query = "SELECT value FROM meta WHERE key = ?1";
            Ok(transaction.query_row(query, [DESK_ID], |row| row.get(0))?)
        })
    }

    /// How many rows each table has now.
    pub fn count_rows(&self) -> Result<Vec<(String, u64)>, StoreError> {
        self.read(check::count_rows)
    }

    /// Whether any of these tables has a row.
    pub fn has_rows(&self, tables: &[&'static str]) -> Result<bool, StoreError> {
        self.read(|connection| {
            for table in tables {
                let query = format!("SELECT EXISTS(SELECT 1 FROM {table})");
                if connection.query_row(&query, [], |row| row.get(0))? {
                    return Ok(true);
                }
            }
            Ok(false)
        })
    }

    /// What each table holds as one number, to tell whether two desks are the same. Only numbers of
    /// one program can be compared.
    pub fn hash_rows(&self) -> Result<Vec<(String, u64)>, StoreError> {
        self.read(check::hash_rows)
    }
}

/// Copies a database page by page, in one snapshot, and takes out what belongs to this computer.
pub(crate) fn copy(source: &Connection, target: &Path) -> Result<(), StoreError> {
    let io = |source| StoreError::Io { path: target.to_owned(), source };
    let file = File::create_new(target).map_err(|error| full_or(error, target))?;
    restrict(target, 0o600)?;
    let copied = fill(source, target).and_then(|()| file.sync_all().map_err(io));
    if copied.is_err() {
        // Half a copy is of no use to anybody, and the disk may be full because of it.
        let _gone = fs::remove_file(target).is_ok();
    }
    copied
}

fn fill(source: &Connection, target: &Path) -> Result<(), StoreError> {
    let mut copy = open_copy(target)?;
    let backup = Backup::new(source, &mut copy)?;
    loop {
        match backup.step(-1)? {
            StepResult::Done => break,
            // Somebody was at the same page; the next try finds it free.
            _ => std::thread::sleep(std::time::Duration::from_millis(5)),
        }
    }
    drop(backup);
    // One file that stands for itself, and in which what is deleted leaves no byte.
    copy.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(()))?;
    copy.pragma_update(None, "secure_delete", true)?;
    let transaction = copy.transaction()?;
    belongs::take_out(&transaction)?;
    transaction.commit()?;
    copy.close().map_err(|(_, error)| error.into())
}

/// Opens a copy to work on it: nothing else has it open, and a crash costs only the copy.
fn open_copy(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let copy = Connection::open_with_flags(path, flags)?;
    connection::protect(&copy)?;
    copy.pragma_update(None, "synchronous", "OFF")?;
    Ok(copy)
}

fn full_or(source: std::io::Error, path: &Path) -> StoreError {
    match source.kind() {
        std::io::ErrorKind::StorageFull => StoreError::Full,
        _ => StoreError::Io { path: path.to_owned(), source },
    }
}

#[cfg(test)]
mod tests;
