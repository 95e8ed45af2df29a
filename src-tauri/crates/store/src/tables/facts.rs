//! The shop's facts as staff typed them: hours, special days, prices, ways to reach it. One
//! document, always read and written whole; the store does not read it.

use rusqlite::{OptionalExtension, params};

use crate::{Store, StoreError};

pub(crate) const CREATE: &str = "
    CREATE TABLE desk_facts(
        id INTEGER PRIMARY KEY CHECK(id = 1),
        document TEXT NOT NULL,
        changed_at INTEGER NOT NULL
    ) STRICT;
";

impl Store {
    /// The facts, if any were ever saved.
    pub fn facts(&self) -> Result<Option<String>, StoreError> {
        self.read(|connection| {
            let query = "SELECT document FROM desk_facts WHERE id = 1";
            Ok(connection.query_row(query, [], |row| row.get(0)).optional()?)
        })
    }

    /// Saves the facts in place of those before.
    pub fn save_facts(&self, document: &str, at: i64) -> Result<(), StoreError> {
        let document = document.to_owned();
        self.write(move |transaction| {
            transaction.execute(
                "INSERT INTO desk_facts(id, document, changed_at) VALUES(1, ?1, ?2)
                 ON CONFLICT(id) DO UPDATE
                 SET document = excluded.document, changed_at = excluded.changed_at",
                params![document, at],
            )?;
            Ok(())
        })
    }
}
