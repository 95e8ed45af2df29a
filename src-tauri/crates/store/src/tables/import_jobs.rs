//! Imports that are under way or done: one row for each, one for each of its files.
//!
//! A file's row gets its report when the file is done, so a program that was killed goes on with
//! the first row that has none.

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use rusqlite::{OptionalExtension, Row, params};

use crate::{Store, StoreError};

pub(crate) const CREATE: &str = "
    CREATE TABLE import_job(
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL,
        roots TEXT NOT NULL,
        state TEXT NOT NULL,
        created_at INTEGER NOT NULL DEFAULT (unixepoch()),
        finished_at INTEGER
    ) STRICT;
    CREATE TABLE import_file(
        job_id INTEGER NOT NULL REFERENCES import_job(id) ON DELETE CASCADE,
        ord INTEGER NOT NULL,
        path TEXT NOT NULL,
        bytes INTEGER NOT NULL,
        report TEXT,
        PRIMARY KEY(job_id, ord)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX import_file_waiting ON import_file(job_id, ord) WHERE report IS NULL;
";

/// Where an import stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum JobState {
    /// Its folders have not been listed yet.
    #[default]
    Listing,
    /// Files wait to be read.
    Reading,
    /// Staff stopped it for a while.
    Paused,
    /// Staff stopped it for good; what was read stays.
    Cancelled,
    /// Every file has its report.
    Done,
}

impl JobState {
    const NAMES: [(Self, &str); 5] = [
        (Self::Listing, "listing"),
        (Self::Reading, "reading"),
        (Self::Paused, "paused"),
        (Self::Cancelled, "cancelled"),
        (Self::Done, "done"),
    ];

    /// Whether nothing more will happen to it.
    pub fn is_over(self) -> bool {
        matches!(self, Self::Cancelled | Self::Done)
    }
}

impl ToSql for JobState {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let found = Self::NAMES.iter().find(|(state, _)| state == self);
        Ok(ToSqlOutput::from(found.map_or("listing", |(_, name)| name)))
    }
}

impl FromSql for JobState {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let name = value.as_str()?;
        let found = Self::NAMES.iter().find(|(_, known)| *known == name);
        found.map(|(state, _)| *state).ok_or(FromSqlError::InvalidType)
    }
}

/// One import.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportJobRow {
    /// Its number.
    pub id: i64,
    /// What the files are taken for, in the caller's word.
    pub kind: String,
    /// The files and folders that were asked for.
    pub roots: Vec<String>,
    /// Where it stands.
    pub state: JobState,
    /// Unix seconds.
    pub created_at: i64,
    /// Unix seconds, once it is over.
    pub finished_at: Option<i64>,
    /// Files found so far.
    pub files: i64,
    /// Of these, with a report.
    pub files_done: i64,
    /// Bytes of all files.
    pub bytes: i64,
    /// Bytes of those with a report.
    pub bytes_done: i64,
}

/// One file of an import.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportFileRow {
    /// Its place in the import.
    pub ord: i64,
    /// Where it lies.
    pub path: String,
    /// Its size when it was listed.
    pub bytes: i64,
    /// What became of it, in the caller's form; `None` while it waits.
    pub report: Option<String>,
}

/// One file to add to an import.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewImportFile {
    /// Where it lies.
    pub path: String,
    /// Its size.
    pub bytes: i64,
    /// For a path that is none: why.
    pub report: Option<String>,
}

const QUERY: &str = "
    SELECT id, kind, roots, state, created_at, finished_at, count(ord),
    count(report), coalesce(sum(bytes), 0),
    coalesce(sum(bytes) FILTER (WHERE report IS NOT NULL), 0)
    FROM import_job LEFT JOIN import_file ON job_id = id";

impl Store {
    /// Imports, newest first.
    pub fn import_jobs(&self, limit: usize) -> Result<Vec<ImportJobRow>, StoreError> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(&format!(
                "{QUERY} WHERE id IN(SELECT id FROM import_job ORDER BY id DESC LIMIT ?1)
                 GROUP BY id ORDER BY id DESC"
            ))?;
            let rows = query.query_map([limit as i64], read_job)?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// One import.
    pub fn import_job(&self, id: i64) -> Result<Option<ImportJobRow>, StoreError> {
        self.read(|connection| {
            let mut query =
                connection.prepare_cached(&format!("{QUERY} WHERE id = ?1 GROUP BY id"))?;
            Ok(query.query_row([id], read_job).optional()?)
        })
    }

    /// The oldest import that has work to do now.
    pub fn next_import_job(&self) -> Result<Option<ImportJobRow>, StoreError> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(&format!(
                "{QUERY} WHERE id = (SELECT min(id) FROM import_job
                 WHERE state IN('listing', 'reading')) GROUP BY id"
            ))?;
            Ok(query.query_row([], read_job).optional()?)
        })
    }

    /// Where an import stands; `None` when there is no such import.
    pub fn import_state(&self, id: i64) -> Result<Option<JobState>, StoreError> {
        self.read(|connection| {
            let mut query =
                connection.prepare_cached("SELECT state FROM import_job WHERE id = ?1")?;
            Ok(query.query_row([id], |row| row.get(0)).optional()?)
        })
    }

    /// Files of an import from a place on.
    pub fn import_files(
        &self,
        id: i64,
        from: i64,
        limit: usize,
    ) -> Result<Vec<ImportFileRow>, StoreError> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(
                "SELECT ord, path, bytes, report FROM import_file
                 WHERE job_id = ?1 AND ord >= ?2 ORDER BY ord LIMIT ?3",
            )?;
            let rows = query.query_map(params![id, from, limit as i64], read_file)?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// The next file of an import that has no report.
    pub fn next_import_file(&self, id: i64) -> Result<Option<ImportFileRow>, StoreError> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(
                "SELECT ord, path, bytes, report FROM import_file
                 WHERE job_id = ?1 AND report IS NULL ORDER BY ord LIMIT 1",
            )?;
            Ok(query.query_row([id], read_file).optional()?)
        })
    }

    /// Notes an import that is to be done.
    pub fn add_import_job(&self, kind: &str, roots: &[String]) -> Result<i64, StoreError> {
        let (kind, roots) = (kind.to_owned(), roots.join("\n"));
        self.write(move |transaction| {
            transaction.execute(
                "INSERT INTO import_job(kind, roots, state) VALUES(?1, ?2, ?3)",
                params![kind, roots, JobState::Listing],
            )?;
            Ok(transaction.last_insert_rowid())
        })
    }

    /// Saves what the folders of an import hold; from here on its files are read.
    pub fn list_import_files(&self, id: i64, files: Vec<NewImportFile>) -> Result<(), StoreError> {
        self.write(move |transaction| {
            let mut insert = transaction.prepare(
                "INSERT OR REPLACE INTO import_file(job_id, ord, path, bytes, report)
                 VALUES(?1, ?2, ?3, ?4, ?5)",
            )?;
            for (ord, file) in files.iter().enumerate() {
                insert.execute(params![id, ord as i64, file.path, file.bytes, file.report])?;
            }
            // Somebody may have paused or cancelled it meanwhile.
            transaction.execute(
                "UPDATE import_job SET state = ?2 WHERE id = ?1 AND state = ?3",
                params![id, JobState::Reading, JobState::Listing],
            )?;
            Ok(())
        })
    }

    /// Saves what became of one file.
    pub fn report_import_file(&self, id: i64, ord: i64, report: &str) -> Result<(), StoreError> {
        let report = report.to_owned();
        self.write(move |transaction| {
            transaction.execute(
                "UPDATE import_file SET report = ?3 WHERE job_id = ?1 AND ord = ?2",
                params![id, ord, report],
            )?;
            Ok(())
        })
    }

    /// Moves an import on, unless it is over; false when it is, or when there is no such import.
    pub fn set_import_state(&self, id: i64, state: JobState) -> Result<bool, StoreError> {
        self.write(move |transaction| {
            let changed = transaction.execute(
                "UPDATE import_job SET state = ?2,
                 finished_at = CASE WHEN ?2 IN('done', 'cancelled') THEN unixepoch() END
                 WHERE id = ?1 AND state NOT IN('done', 'cancelled')",
                params![id, state],
            )?;
            Ok(changed > 0)
        })
    }

    /// Forgets all but the newest imports that are over.
    pub fn forget_import_jobs(&self, kept: usize) -> Result<(), StoreError> {
        self.write(move |transaction| {
            transaction.execute(
                "DELETE FROM import_job WHERE state IN('done', 'cancelled') AND id NOT IN(
                 SELECT id FROM import_job ORDER BY id DESC LIMIT ?1)",
                [kept as i64],
            )?;
            Ok(())
        })
    }
}

fn read_job(row: &Row<'_>) -> rusqlite::Result<ImportJobRow> {
    let roots: String = row.get(2)?;
    Ok(ImportJobRow {
        id: row.get(0)?,
        kind: row.get(1)?,
        roots: roots.lines().map(str::to_owned).collect(),
        state: row.get(3)?,
        created_at: row.get(4)?,
        finished_at: row.get(5)?,
        files: row.get(6)?,
        files_done: row.get(7)?,
        bytes: row.get(8)?,
        bytes_done: row.get(9)?,
    })
}

fn read_file(row: &Row<'_>) -> rusqlite::Result<ImportFileRow> {
    Ok(ImportFileRow {
        ord: row.get(0)?,
        path: row.get(1)?,
        bytes: row.get(2)?,
        report: row.get(3)?,
    })
}
