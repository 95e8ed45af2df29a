//! How a connection is set up: durable, defensive, and never by URI.

use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::open::{APPLICATION_ID, Place};
use crate::{StoreError, copies, migrations};

/// Above this size a whole check at every start would keep people waiting.
const CHECKED_BYTES: u64 = 256 << 20;

/// Pages that the writing connection may keep in memory; taken only by large changes.
const WRITER_CACHE_KIBIBYTES: i64 = 48 << 10;

/// Creates the tables in a new file that no one else can see yet.
pub(crate) fn create(path: &Path) -> Result<(), StoreError> {
    let mut connection = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    protect(&connection)?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "application_id", APPLICATION_ID)?;
    migrations::run(&mut connection)?;
    connection.close().map_err(|(_, error)| error.into())
}

/// What is done with the desk of an older program before a byte of it changes.
pub type BeforeMigration<'a> = &'a mut dyn FnMut(&Unmigrated<'_>) -> Result<(), StoreError>;

/// The desk of an older program, as it left it.
pub struct Unmigrated<'a> {
    connection: &'a Connection,
    /// The version of its tables.
    pub version: i64,
}

impl Unmigrated<'_> {
    /// Writes it into a new file, as [`crate::Store::copy_to`] does.
    pub fn copy_to(&self, target: &Path) -> Result<(), StoreError> {
        copies::copy(self.connection, target)
    }
}

/// The one connection that writes.
pub(crate) fn open_writer(
    place: &Place,
    before_migration: BeforeMigration<'_>,
) -> Result<Connection, StoreError> {
    let path = &place.database;
    let mut connection = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    prepare_writer(&mut connection, path, before_migration).map_err(|error| match error {
        Unprepared::Store(error) => error,
        Unprepared::Sqlite(error) => match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                StoreError::Damaged { path: path.clone(), reason: error.to_string() }
            }
            Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
                StoreError::ReadOnly { folder: place.folder.clone() }
            }
            _ => error.into(),
        },
    })?;
    Ok(connection)
}

/// A connection that cannot write, whatever it is told.
pub(crate) fn open_reader(place: &Place) -> Result<Connection, StoreError> {
    let connection = Connection::open_with_flags(
        &place.database,
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    protect(&connection)?;
    connection.pragma_update(None, "query_only", true)?;
    Ok(connection)
}

/// A new file of its own, which must not be there yet.
pub(crate) fn open_new(path: &Path) -> Result<Connection, StoreError> {
    let connection = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    protect(&connection)?;
    Ok(connection)
}

/// A pack that somebody else wrote, for reading only.
pub(crate) fn open_pack(path: &Path) -> Result<Connection, StoreError> {
    let connection = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    protect(&connection)?;
    connection.pragma_update(None, "query_only", true)?;
    Ok(connection)
}

enum Unprepared {
    Store(StoreError),
    Sqlite(rusqlite::Error),
}

impl From<rusqlite::Error> for Unprepared {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(error)
    }
}

fn prepare_writer(
    connection: &mut Connection,
    path: &Path,
    before_migration: BeforeMigration<'_>,
) -> Result<(), Unprepared> {
    protect(connection)?;
    // The header in the file may be older than a journal that a killed program left behind, so
    // the version is asked again; and closing writes nothing before the file is known to be ours
    // and whole, so that what is damaged stays as it was found.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    let version = migrations::version(connection)?;
    migrations::check_known(version).map_err(Unprepared::Store)?;
    check_pages(connection, path)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "secure_delete", true)?;
    // A large document's rows are spread over many pages; they are to be written once each.
    connection.pragma_update(None, "cache_size", -WRITER_CACHE_KIBIBYTES)?;
    if version < migrations::NEWEST {
        let old = Unmigrated { connection, version };
        before_migration(&old).map_err(Unprepared::Store)?;
    }
    if migrations::run(connection)? {
        // A later start reads the version from the file's own header.
        connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    }
    Ok(())
}

pub(crate) fn protect(connection: &Connection) -> rusqlite::Result<()> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.busy_timeout(Duration::from_secs(5))?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    connection.pragma_update(None, "mmap_size", 0)?;
    connection.pragma_update(None, "temp_store", "MEMORY")
}

fn check_pages(connection: &Connection, path: &Path) -> Result<(), Unprepared> {
    let bytes = std::fs::metadata(path).map(|found| found.len()).unwrap_or(0);
    if bytes > CHECKED_BYTES {
        return Ok(());
    }
    let verdict: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if verdict == "ok" {
        return Ok(());
    }
    let reason = verdict.lines().last().unwrap_or_default().to_owned();
    Err(Unprepared::Store(StoreError::Damaged { path: path.to_owned(), reason }))
}
