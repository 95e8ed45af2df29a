//! Files that could not be read, by their bytes: they are not read again until the reader changes.

use rusqlite::{OptionalExtension, params};

use crate::{Store, StoreError};

pub(crate) const CREATE: &str = "
    CREATE TABLE rejected_file(
        hash BLOB NOT NULL,
        kind TEXT NOT NULL,
        reader_version INTEGER NOT NULL,
        message TEXT NOT NULL,
        hint TEXT,
        at INTEGER NOT NULL DEFAULT (unixepoch()),
        PRIMARY KEY(hash, kind)
    ) STRICT, WITHOUT ROWID;
";

/// Why a file gave nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RejectedRow {
    /// What is wrong.
    pub message: String,
    /// What the person can do.
    pub hint: Option<String>,
}

impl Store {
    /// Why these bytes, taken for this kind of file, gave nothing to this version of the reader.
    pub fn rejected(
        &self,
        hash: &[u8],
        kind: &str,
        reader_version: i64,
    ) -> Result<Option<RejectedRow>, StoreError> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(
                "SELECT message, hint FROM rejected_file
                 WHERE hash = ?1 AND kind = ?2 AND reader_version = ?3",
            )?;
            let row = query.query_row(params![hash, kind, reader_version], |row| {
                Ok(RejectedRow { message: row.get(0)?, hint: row.get(1)? })
            });
            Ok(row.optional()?)
        })
    }

    /// Remembers that these bytes gave nothing. What older readers could not read is forgotten.
    pub fn save_rejected(
        &self,
        hash: &[u8],
        kind: &str,
        reader_version: i64,
        row: RejectedRow,
    ) -> Result<(), StoreError> {
        let (hash, kind) = (hash.to_vec(), kind.to_owned());
        self.write(move |transaction| {
            transaction
                .execute("DELETE FROM rejected_file WHERE reader_version < ?1", [reader_version])?;
            transaction.execute(
                "INSERT OR REPLACE INTO rejected_file(hash, kind, reader_version, message, hint)
                 VALUES(?1, ?2, ?3, ?4, ?5)",
                params![hash, kind, reader_version, row.message, row.hint],
            )?;
            Ok(())
        })
    }
}
