//! When documents came, changed and went, written by triggers, so that no way of changing one
//! can forget it; and which of them answers were taken from.

use std::collections::HashMap;

use crate::{Store, StoreError};

pub(crate) const CREATE: &str = "
    CREATE TABLE document_change(
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        at INTEGER NOT NULL DEFAULT (unixepoch()),
        what TEXT NOT NULL,
        name TEXT NOT NULL
    ) STRICT;
    CREATE TRIGGER document_came AFTER INSERT ON source BEGIN
        INSERT INTO document_change(what, name) VALUES('imported', new.name);
        DELETE FROM document_change WHERE id <= (SELECT max(id) FROM document_change) - 5000;
    END;
    CREATE TRIGGER document_changed AFTER UPDATE OF hash ON source
    WHEN new.hash IS NOT old.hash BEGIN
        INSERT INTO document_change(what, name) VALUES('imported again', new.name);
    END;
    CREATE TRIGGER document_gone AFTER DELETE ON source BEGIN
        INSERT INTO document_change(what, name) VALUES('removed', old.name);
    END;
";

/// One change of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DocumentChangeRow {
    /// The change's number.
    pub id: i64,
    /// `imported`, `imported again` or `removed`.
    pub what: String,
    /// File name.
    pub name: String,
}

/// What is known of a document besides its text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DocumentUseRow {
    /// The source's number.
    pub id: i64,
    /// Unix seconds of its first import.
    pub created_at: i64,
    /// Size of the file when it was read.
    pub bytes: i64,
    /// Answers since the time asked about that cite it.
    pub cited: i64,
}

impl Store {
    /// Every change after one, oldest first.
    pub fn document_changes_after(&self, id: i64) -> Result<Vec<DocumentChangeRow>, StoreError> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(
                "SELECT id, what, name FROM document_change WHERE id > ?1 ORDER BY id LIMIT 1000",
            )?;
            let rows = query.query_map([id], |row| {
                Ok(DocumentChangeRow { id: row.get(0)?, what: row.get(1)?, name: row.get(2)? })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// The number of the newest change; 0 without any.
    pub fn newest_document_change(&self) -> Result<i64, StoreError> {
        self.read(|connection| {
            let query = "SELECT coalesce(max(id), 0) FROM document_change";
            Ok(connection.query_row(query, [], |row| row.get(0))?)
        })
    }

    /// How often each source was cited since a time, and how many turns there were.
    pub fn document_uses(
        &self,
        since: i64,
    ) -> Result<(HashMap<i64, DocumentUseRow>, i64), StoreError> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(
                "SELECT id, created_at, bytes, (SELECT count(DISTINCT turn_id) FROM turn_source
                 JOIN turn ON turn.id = turn_id WHERE at >= ?1 AND turn_source.source = source.name)
                 FROM source",
            )?;
            let rows = query.query_map([since], |row| {
                Ok(DocumentUseRow {
                    id: row.get(0)?,
                    created_at: row.get(1)?,
                    bytes: row.get(2)?,
                    cited: row.get(3)?,
                })
            })?;
            let mut uses = HashMap::new();
            for row in rows {
                let row = row?;
                uses.insert(row.id, row);
            }
            let query = "SELECT count(*) FROM turn WHERE at >= ?1";
            let turns = connection.query_row(query, [since], |row| row.get(0))?;
            Ok((uses, turns))
        })
    }
}
