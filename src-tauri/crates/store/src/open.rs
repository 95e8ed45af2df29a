//! What is checked before the database is opened: folder, lock, and whose file it is.
//!
//! A file that is newer, foreign or damaged is recognised by reading its header as bytes, because
//! SQLite itself would already leave a journal beside it.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use crate::{StoreError, connection, migrations};

/// Marks the file as a desk: `FDKB`.
pub(crate) const APPLICATION_ID: i32 = 0x4644_4B42;
/// A whole desk that is about to take the place of one that cannot be read.
pub(crate) const NEXT: &str = "kb.db.next";
const OLDEST_SQLITE: (i32, &str) = (3_051_003, "3.51.3");
const HEADER_BYTES: usize = 100;

/// An owned folder with a database file in it that is ours to open.
pub(crate) struct Place {
    pub(crate) folder: PathBuf,
    pub(crate) database: PathBuf,
    // Held for life: the lock goes with the file handle.
    _lock: File,
}

/// Makes the folder ours, and sure that the database in it is.
pub(crate) fn prepare(folder: &Path) -> Result<Place, StoreError> {
    if rusqlite::version_number() < OLDEST_SQLITE.0 {
        return Err(StoreError::TooOldSqlite {
            found: rusqlite::version(),
            needed: OLDEST_SQLITE.1,
        });
    }
    let (folder, lock) = own(folder)?;
    put_next_in_place(&folder)?;
    let database = folder.join("kb.db");
    if database.exists() {
        check_header(&folder, &database)?;
        restrict(&database, 0o600)?;
    } else {
        check_no_journal(&database)?;
        create_database(&folder, &database)?;
    }
    Ok(Place { folder, database, _lock: lock })
}

/// Makes the folder ours, for as long as the file that is returned stays open.
pub(crate) fn own(folder: &Path) -> Result<(PathBuf, File), StoreError> {
    create_folder(folder)?;
    // Absolute from here on: SQLite would read a relative `file:x?mode=memory` as a URI.
    let folder = fs::canonicalize(folder)
        .map_err(|source| StoreError::Io { path: folder.to_owned(), source })?;
    let lock = lock(&folder)?;
    Ok((folder, lock))
}

/// Ends a replacement that a crash interrupted: the copy is whole, so where the old desk has been
/// moved away already, the copy is the desk. Where it has not, the old one stays.
pub(crate) fn put_next_in_place(folder: &Path) -> Result<(), StoreError> {
    let (next, database) = (folder.join(NEXT), folder.join("kb.db"));
    if next.symlink_metadata().is_err() {
        return Ok(());
    }
    let has_old = database.symlink_metadata().is_ok();
    let journal = folder.join("kb.db-wal").symlink_metadata();
    let done = match has_old || journal.is_ok_and(|found| found.len() > 0) {
        true => fs::remove_file(&next),
        false => fs::rename(&next, &database),
    };
    done.map_err(|source| StoreError::Io { path: next, source })?;
    sync_folder(folder)
}

fn create_folder(folder: &Path) -> Result<(), StoreError> {
    if folder.is_dir() {
        return Ok(());
    }
    if folder.exists() {
        let source = std::io::Error::new(ErrorKind::NotADirectory, "it is a file, not a folder");
        return Err(StoreError::Io { path: folder.to_owned(), source });
    }
    fs::create_dir_all(folder).map_err(|source| refused(folder, folder, source))?;
    restrict(folder, 0o700)
}

fn lock(folder: &Path) -> Result<File, StoreError> {
    let path = folder.join("lock");
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .map_err(|source| refused(folder, &path, source))?;
    restrict(&path, 0o600)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(StoreError::Locked { folder: folder.to_owned() }),
        Err(TryLockError::Error(source)) => Err(StoreError::Io { path, source }),
    }
}

/// Reads the header as bytes; SQLite has not seen the file yet.
pub(crate) fn check_header(folder: &Path, database: &Path) -> Result<(), StoreError> {
    let damaged =
        |reason: &str| StoreError::Damaged { path: database.to_owned(), reason: reason.to_owned() };
    let mut header = [0_u8; HEADER_BYTES];
    let mut file = File::open(database).map_err(|source| refused(folder, database, source))?;
    match file.read_exact(&mut header) {
        Ok(()) => {}
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => {
            return Err(damaged("the file is cut short"));
        }
        Err(source) => return Err(StoreError::Io { path: database.to_owned(), source }),
    }
    if !header.starts_with(b"SQLite format 3\0") {
        return Err(damaged("it is not a database"));
    }
    let number = |at: usize| {
        i32::from_be_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]])
    };
    if number(68) != APPLICATION_ID {
        return Err(StoreError::NotOurs { path: database.to_owned() });
    }
    migrations::check_known(i64::from(number(60)))
}

/// A journal without its database would be replayed into the new one.
fn check_no_journal(database: &Path) -> Result<(), StoreError> {
    let journal = database.with_extension("db-wal");
    match fs::metadata(&journal) {
        Ok(found) if found.len() > 0 => Err(StoreError::Damaged {
            path: database.to_owned(),
            reason: "the database is missing, only its journal is left".to_owned(),
        }),
        _ => Ok(()),
    }
}

/// Builds the database under another name, so that a crash never leaves half of one.
fn create_database(folder: &Path, database: &Path) -> Result<(), StoreError> {
    let draft = folder.join("kb.db.new");
    for leftover in [draft.clone(), folder.join("kb.db.new-journal")] {
        match fs::remove_file(&leftover) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return Err(refused(folder, &leftover, error));
            }
            _ => {}
        }
    }
    File::create(&draft).map_err(|source| refused(folder, &draft, source))?;
    restrict(&draft, 0o600)?;
    connection::create(&draft)?;
    let moved = fs::rename(&draft, database);
    moved.map_err(|source| StoreError::Io { path: database.to_owned(), source })?;
    sync_folder(folder)
}

/// A rename is on the disk only when its folder is.
pub(crate) fn sync_folder(folder: &Path) -> Result<(), StoreError> {
    if cfg!(unix) {
        let synced = File::open(folder).and_then(|handle| handle.sync_all());
        synced.map_err(|source| StoreError::Io { path: folder.to_owned(), source })?;
    }
    Ok(())
}

fn refused(folder: &Path, path: &Path, source: std::io::Error) -> StoreError {
    match source.kind() {
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            StoreError::ReadOnly { folder: folder.to_owned() }
        }
        ErrorKind::StorageFull => StoreError::Full,
        _ => StoreError::Io { path: path.to_owned(), source },
    }
}

/// Sets the mode itself: the umask of whoever started the program must not matter.
#[cfg(unix)]
pub(crate) fn restrict(path: &Path, mode: u32) -> Result<(), StoreError> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode))
        .map_err(|source| StoreError::Io { path: path.to_owned(), source })
}

#[cfg(not(unix))]
pub(crate) fn restrict(_path: &Path, _mode: u32) -> Result<(), StoreError> {
    Ok(())
}

#[cfg(test)]
mod tests;
