//! What can go wrong with a backup, by what a person could do about it.

use std::path::{Path, PathBuf};

use store::StoreError;

/// Why a backup could not be made or read.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The file is something else.
    #[error("{} is not a backup of Frontdesk: {reason}", .path.display())]
    NotABackup {
        /// The file.
        path: PathBuf,
        /// What was found instead.
        reason: String,
    },
    /// The file was a backup once.
    #[error("{} is damaged: {reason}", .path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What was found.
        reason: String,
    },
    /// A newer version of the program made it.
    #[error("{} was made by a newer version of Frontdesk ({made_by})", .path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// The version that made it.
        made_by: String,
    },
    /// Unpacked it would be larger than any desk.
    #[error("{} claims to hold {bytes} bytes, which no desk has", .path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// What it claims.
        bytes: u64,
    },
    /// The disk has too little room, seen before anything was written.
    #[error(
        "{} needs {} MB of room, and {} MB are free",
        .path.display(), megabytes(.needed_bytes), megabytes(.free_bytes)
    )]
    NoRoom {
        /// The folder.
        path: PathBuf,
        /// What is needed.
        needed_bytes: u64,
        /// What there is.
        free_bytes: u64,
    },
    /// The disk ran full meanwhile.
    #[error("the disk of {} is full", .path.display())]
    Full {
        /// The file that did not fit.
        path: PathBuf,
    },
    /// There is a file of that name already.
    #[error("{} exists already", .path.display())]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// What was written did not read back as it should.
    #[error("the backup in {} could not be proved and was removed: {reason}", .path.display())]
    Unproved {
        /// The file that was written.
        path: PathBuf,
        /// What was wrong with it.
        reason: String,
    },
    /// The system refused a file operation.
    #[error("{}: {source}", .path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The desk itself could not be copied.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Whole megabytes, rounded up: nobody is told that 0 are needed.
fn megabytes(bytes: &u64) -> u64 {
    bytes.div_ceil(1_000_000)
}

/// A file operation that the system refused.
pub(crate) fn io(path: &Path) -> impl FnOnce(std::io::Error) -> BackupError {
    let path = path.to_owned();
    move |source| match source.kind() {
        std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => {
            BackupError::Full { path }
        }
        _ => BackupError::Io { path, source },
    }
}
