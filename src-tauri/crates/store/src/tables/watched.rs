//! Folders that are looked at again and again, and what their files were like the last time.

use rusqlite::{OptionalExtension, params};

use crate::{Store, StoreError};

pub(crate) const CREATE: &str = "
    CREATE TABLE watched_folder(
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        path TEXT NOT NULL UNIQUE,
        scanned_at INTEGER,
        problem TEXT
    ) STRICT;
    CREATE TABLE watched_file(
        folder_id INTEGER NOT NULL REFERENCES watched_folder(id) ON DELETE CASCADE,
        path TEXT NOT NULL,
        uri TEXT NOT NULL,
        bytes INTEGER NOT NULL,
        modified INTEGER NOT NULL,
        report TEXT NOT NULL,
        PRIMARY KEY(folder_id, path)
    ) STRICT, WITHOUT ROWID;
";

/// One folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WatchedFolderRow {
    /// Its number.
    pub id: i64,
    /// Where it lies.
    pub path: String,
    /// Unix seconds of the last look at it.
    pub scanned_at: Option<i64>,
    /// What was wrong then.
    pub problem: Option<String>,
    /// Files known in it.
    pub files: i64,
}

/// One file of a folder as it was last seen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WatchedFileRow {
    /// Where it lies, as the folder lists it.
    pub path: String,
    /// The source that was made of it.
    pub uri: String,
    /// Its size.
    pub bytes: i64,
    /// When it was changed, in nanoseconds since 1970.
    pub modified: i64,
    /// What became of it, in the caller's form.
    pub report: String,
}

impl Store {
    /// Every watched folder in the order of paths.
    pub fn watched_folders(&self) -> Result<Vec<WatchedFolderRow>, StoreError> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(
                "SELECT id, path, scanned_at, problem,
                 (SELECT count(*) FROM watched_file WHERE folder_id = id)
                 FROM watched_folder ORDER BY path",
            )?;
            let rows = query.query_map([], |row| {
                Ok(WatchedFolderRow {
                    id: row.get(0)?,
                    path: row.get(1)?,
                    scanned_at: row.get(2)?,
                    problem: row.get(3)?,
                    files: row.get(4)?,
                })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// The files of a folder as they were last seen.
    pub fn watched_files(&self, folder_id: i64) -> Result<Vec<WatchedFileRow>, StoreError> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(
                "SELECT path, uri, bytes, modified, report FROM watched_file
                 WHERE folder_id = ?1 ORDER BY path",
            )?;
            let rows = query.query_map([folder_id], |row| {
                Ok(WatchedFileRow {
                    path: row.get(0)?,
                    uri: row.get(1)?,
                    bytes: row.get(2)?,
                    modified: row.get(3)?,
                    report: row.get(4)?,
                })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// Watches a folder from now on; returns its number, the same for the same path.
    pub fn watch_folder(&self, path: &str) -> Result<i64, StoreError> {
        let path = path.to_owned();
        self.write(move |transaction| {
            let known = transaction
                .query_row("SELECT id FROM watched_folder WHERE path = ?1", [&path], |row| {
                    row.get(0)
                })
                .optional()?;
            if let Some(id) = known {
                return Ok(id);
            }
            transaction.execute("INSERT INTO watched_folder(path) VALUES(?1)", [&path])?;
            Ok(transaction.last_insert_rowid())
        })
    }

    /// Watches a folder no longer; false when there is no such folder.
    pub fn unwatch_folder(&self, id: i64) -> Result<bool, StoreError> {
        self.write(move |transaction| {
            Ok(transaction.execute("DELETE FROM watched_folder WHERE id = ?1", [id])? > 0)
        })
    }

    /// Remembers that a folder was looked at, and what was wrong.
    pub fn folder_scanned(
        &self,
        id: i64,
        at: i64,
        problem: Option<String>,
    ) -> Result<(), StoreError> {
        self.write(move |transaction| {
            transaction.execute(
                "UPDATE watched_folder SET scanned_at = ?2, problem = ?3 WHERE id = ?1",
                params![id, at, problem],
            )?;
            Ok(())
        })
    }

    /// Remembers a file as it is now; nothing happens when the folder is no longer watched.
    pub fn file_seen(&self, folder_id: i64, file: WatchedFileRow) -> Result<(), StoreError> {
        self.write(move |transaction| {
            transaction.execute(
                "INSERT OR REPLACE INTO watched_file(folder_id, path, uri, bytes, modified, report)
                 SELECT id, ?2, ?3, ?4, ?5, ?6 FROM watched_folder WHERE id = ?1",
                params![folder_id, file.path, file.uri, file.bytes, file.modified, file.report],
            )?;
            Ok(())
        })
    }

    /// Forgets a file that is no longer there.
    pub fn file_gone(&self, folder_id: i64, path: &str) -> Result<(), StoreError> {
        let path = path.to_owned();
        self.write(move |transaction| {
            transaction.execute(
                "DELETE FROM watched_file WHERE folder_id = ?1 AND path = ?2",
                params![folder_id, path],
            )?;
            Ok(())
        })
    }
}
