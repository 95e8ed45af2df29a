//! Facts about the desk as a whole, by name; among them the version of its knowledge.

use rusqlite::{Connection, OptionalExtension, Transaction, params};

use crate::{Store, StoreError};

pub(crate) const CREATE: &str = "
    CREATE TABLE meta(
        key TEXT PRIMARY KEY,
        value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    INSERT INTO meta(key, value) VALUES('kb_version', '0');
";

const VERSION_KEY: &str = "kb_version";
const TAKEN_KEY: &str = "pack_taken";

impl Store {
    /// One fact by its name.
    pub fn meta_get(&self, key: &str) -> Result<Option<String>, StoreError> {
        self.read(|connection| get(connection, key))
    }

    /// The version of the knowledge: it rises in the same transaction as any change of it.
    pub fn kb_version(&self) -> Result<i64, StoreError> {
        self.read(version)
    }

    /// The version of the pack that the knowledge came from; 0 for none.
    pub fn pack_taken(&self) -> Result<i64, StoreError> {
        Ok(self.meta_get(TAKEN_KEY)?.and_then(|text| text.parse().ok()).unwrap_or(0))
    }

    /// Remembers one fact.
    pub fn meta_set(&self, key: &str, value: &str) -> Result<(), StoreError> {
        let (key, value) = (key.to_owned(), value.to_owned());
        self.write(move |transaction| set(transaction, &key, &value))
    }
}

/// Remembers one fact as part of a larger change.
pub(crate) fn set(transaction: &Transaction<'_>, key: &str, value: &str) -> Result<(), StoreError> {
    transaction.execute(
        "INSERT INTO main.meta(key, value) VALUES(?1, ?2)
         ON CONFLICT(key) DO UPDATE SET value = excluded.value",
        params![key, value],
    )?;
    Ok(())
}

fn get(connection: &Connection, key: &str) -> Result<Option<String>, StoreError> {
    Ok(connection
        .query_row("SELECT value FROM meta WHERE key = ?1", [key], |row| row.get(0))
        .optional()?)
}

/// Reads the version within a snapshot.
pub(crate) fn version(connection: &Connection) -> Result<i64, StoreError> {
    let text = get(connection, VERSION_KEY)?.unwrap_or_default();
    Ok(text.parse().unwrap_or(0))
}

/// Raises the version of the knowledge as part of the change itself.
pub(crate) fn raise_version(transaction: &Transaction<'_>) -> Result<(), StoreError> {
    transaction.execute(
        "UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = ?1",
        [VERSION_KEY],
    )?;
    Ok(())
}

/// Gives the knowledge this version, as part of the change itself.
pub(crate) fn set_version(transaction: &Transaction<'_>, version: i64) -> Result<(), StoreError> {
    transaction.execute(
        "UPDATE meta SET value = ?2 WHERE key = ?1",
        params![VERSION_KEY, version.to_string()],
    )?;
    Ok(())
}

/// Remembers, as part of taking a pack over, which one it was: a desk that is killed right after knows
/// that nothing of its knowledge was written there.
pub(crate) fn set_pack_taken(
    transaction: &Transaction<'_>,
    version: i64,
) -> Result<(), StoreError> {
    set(transaction, TAKEN_KEY, &version.to_string())
}
