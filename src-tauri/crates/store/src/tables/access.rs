//! The staff PIN and its recovery code as hashes, and how often somebody tried. One row.

use rusqlite::params;

use crate::{Store, StoreError};

pub(crate) const CREATE: &str = "
    CREATE TABLE access(
        id INTEGER PRIMARY KEY CHECK(id = 1),
        pin_hash TEXT NOT NULL DEFAULT '',
        recovery_hash TEXT NOT NULL DEFAULT '',
        must_set_pin INTEGER NOT NULL DEFAULT 0,
        tries INTEGER NOT NULL DEFAULT 0,
        tried_at INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    INSERT INTO access(id) VALUES(1);
";

/// What is kept about it.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct AccessRow {
    /// The PIN's hash; empty without one.
    pub pin_hash: String,
    /// The recovery code's hash; empty without one.
    pub recovery_hash: String,
    /// The recovery code was used, and a new PIN is due.
    pub must_set_pin: bool,
    /// Tries since the last right one.
    pub tries: i64,
    /// The last try, in seconds that the computer had been on.
    pub tried_at: i64,
}

impl std::fmt::Debug for AccessRow {
    // A PIN has so few digits that its hash is nearly the PIN itself.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("AccessRow")
            .field("has_pin", &!self.pin_hash.is_empty())
            .field("has_recovery_code", &!self.recovery_hash.is_empty())
            .field("must_set_pin", &self.must_set_pin)
            .field("tries", &self.tries)
            .field("tried_at", &self.tried_at)
            .finish()
    }
}

const SELECT: &str =
    "SELECT pin_hash, recovery_hash, must_set_pin, tries, tried_at FROM access WHERE id = 1";

fn row(row: &rusqlite::Row<'_>) -> rusqlite::Result<AccessRow> {
    Ok(AccessRow {
        pin_hash: row.get(0)?,
        recovery_hash: row.get(1)?,
        must_set_pin: row.get(2)?,
        tries: row.get(3)?,
        tried_at: row.get(4)?,
    })
}

impl Store {
    /// How it is now.
    pub fn access(&self) -> Result<AccessRow, StoreError> {
        self.read(|connection| Ok(connection.query_row(SELECT, [], row)?))
    }

    /// Looks and changes in one transaction, so that two tries at the same moment are two. It is
    /// on the disk when this returns.
    pub fn change_access<T: Send + 'static>(
        &self,
        change: impl FnOnce(&mut AccessRow) -> T + Send + 'static,
    ) -> Result<T, StoreError> {
        self.write(move |transaction| {
            let before = transaction.query_row(SELECT, [], row)?;
            let mut after = before.clone();
            let result = change(&mut after);
            if after != before {
                transaction.execute(
                    "UPDATE access SET pin_hash = ?1, recovery_hash = ?2, must_set_pin = ?3,
                     tries = ?4, tried_at = ?5 WHERE id = 1",
                    params![
                        after.pin_hash,
                        after.recovery_hash,
                        after.must_set_pin,
                        after.tries,
                        after.tried_at
                    ],
                )?;
            }
            Ok(result)
        })
    }
}
