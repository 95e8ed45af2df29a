//! What can go wrong with the desk's file, by what a caller could do about it.

use std::path::PathBuf;

use rusqlite::ErrorCode;

/// Why the store could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Another program has this desk open.
    #[error("the data folder {} is in use by another running copy", .folder.display())]
    Locked {
        /// The folder.
        folder: PathBuf,
    },
    /// Nothing can be written there.
    #[error("the data folder {} cannot be written to", .folder.display())]
    ReadOnly {
        /// The folder.
        folder: PathBuf,
    },
    /// A newer version of the program wrote the file; it was left untouched.
    #[error("the data is of version {found}, this program knows up to {known}")]
    Newer {
        /// The file's version.
        found: i64,
        /// The newest version this program knows.
        known: i64,
    },
    /// A file of another program lies where the desk should be; it was left untouched.
    #[error("{} belongs to another program", .path.display())]
    NotOurs {
        /// The file.
        path: PathBuf,
    },
    /// The file cannot be trusted; it was left where it is.
    #[error("{} is damaged: {reason}", .path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What was found.
        reason: String,
    },
    /// The SQLite in this program has known defects.
    #[error("SQLite {found} is too old, {needed} or newer is needed")]
    TooOldSqlite {
        /// Its version.
        found: &'static str,
        /// The oldest version that is safe.
        needed: &'static str,
    },
    /// The desk of an older program could not be kept safe, so it was not changed.
    #[error("the desk is of an older version, and no backup of it could be made: {reason}")]
    NotBackedUp {
        /// Why not.
        reason: String,
    },
    /// The disk is full.
    #[error("the disk is full")]
    Full,
    /// SQLite refused; a defect of ours or of the disk.
    #[error("the database failed: {reason}")]
    Sqlite {
        /// What SQLite said.
        reason: String,
    },
    /// The system refused a file operation.
    #[error("{} cannot be used: {source}", .path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The thread that writes has ended; the program must be started again.
    #[error("the database has stopped accepting changes")]
    Stopped,
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::Full,
            _ => Self::Sqlite { reason: error.to_string() },
        }
    }
}
