//! What staff changed from the documented defaults, by name. The store does not read the values.

use rusqlite::params;

use crate::{Store, StoreError};

pub(crate) const CREATE: &str = "
    CREATE TABLE setting(
        key TEXT PRIMARY KEY,
        value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
";

impl Store {
    /// Every saved setting, by name.
    pub fn settings_all(&self) -> Result<Vec<(String, String)>, StoreError> {
        self.read(|connection| {
            let mut query = connection.prepare("SELECT key, value FROM setting ORDER BY key")?;
            let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// Saves one setting.
    pub fn setting_set(&self, key: &str, value: &str) -> Result<(), StoreError> {
        let (key, value) = (key.to_owned(), value.to_owned());
        self.write(move |transaction| {
            transaction.execute(
                "INSERT INTO setting(key, value) VALUES(?1, ?2)
                 ON CONFLICT(key) DO UPDATE SET value = excluded.value",
                params![key, value],
            )?;
            Ok(())
        })
    }
}
