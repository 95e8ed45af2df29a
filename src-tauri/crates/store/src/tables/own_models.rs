//! Model files that staff brought: those the catalogue does not know, and those used where another
//! program keeps them.

use rusqlite::{Row, params};

use crate::{Store, StoreError};

pub(crate) const CREATE: &str = "
    CREATE TABLE own_model(
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        path TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        size_bytes INTEGER NOT NULL,
        architecture TEXT NOT NULL,
        figures TEXT NOT NULL,
        in_place INTEGER NOT NULL,
        added_at INTEGER NOT NULL DEFAULT (unixepoch())
    ) STRICT, WITHOUT ROWID;
";

/// One file that staff brought.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnModelRow {
    /// The model's id; the catalogue's where it knows these bytes.
    pub id: String,
    /// The name people see.
    pub name: String,
    /// Where the file is.
    pub path: String,
    /// The file's sha256 as it was brought.
    pub sha256: String,
    /// The file's size.
    pub size_bytes: u64,
    /// What its header calls its architecture.
    pub architecture: String,
    /// What its header says of its shape, as JSON; the store does not read it.
    pub figures: String,
    /// Whether the file belongs to somebody else and is only used where it lies.
    pub in_place: bool,
    /// Unix seconds; 0 before it is saved.
    pub added_at: i64,
}

impl Store {
    /// Every file that staff brought, by id.
    pub fn own_models(&self) -> Result<Vec<OwnModelRow>, StoreError> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(
                "SELECT id, name, path, sha256, size_bytes, architecture, figures, in_place, added_at
                 FROM own_model ORDER BY id",
            )?;
            let rows = query.query_map([], read)?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// Keeps a file that staff brought; one with the same id is replaced.
    pub fn save_own_model(&self, model: OwnModelRow) -> Result<(), StoreError> {
        self.write(move |transaction| {
            transaction.execute(
                "INSERT OR REPLACE INTO own_model(id, name, path, sha256, size_bytes, architecture,
                 figures, in_place) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                params![
                    model.id,
                    model.name,
                    model.path,
                    model.sha256,
                    i64::try_from(model.size_bytes).unwrap_or(i64::MAX),
                    model.architecture,
                    model.figures,
                    model.in_place,
                ],
            )?;
            Ok(())
        })
    }

    /// Forgets a file that staff brought; false when there is none.
    pub fn forget_own_model(&self, id: &str) -> Result<bool, StoreError> {
        let id = id.to_owned();
        self.write(move |transaction| {
            Ok(transaction.execute("DELETE FROM own_model WHERE id = ?1", [id])? > 0)
        })
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<OwnModelRow> {
    Ok(OwnModelRow {
        id: row.get(0)?,
        name: row.get(1)?,
        path: row.get(2)?,
        sha256: row.get(3)?,
        size_bytes: row.get::<_, i64>(4)?.unsigned_abs(),
        architecture: row.get(5)?,
        figures: row.get(6)?,
        in_place: row.get(7)?,
        added_at: row.get(8)?,
    })
}
