//! The shop's logo as a PNG picture, and the one before it, so that a change can be taken back.

use rusqlite::{OptionalExtension, Transaction, params};

use crate::{Store, StoreError};

pub(crate) const CREATE: &str = "
    CREATE TABLE logo(
        place INTEGER PRIMARY KEY CHECK(place IN (0, 1, 2)),
        png BLOB
    ) STRICT;
";

/// The logo that is shown; a row without a picture, or no row, is none.
const SHOWN: i64 = 0;
/// What was shown before it. A row without a picture says that there was none.
const BEFORE: i64 = 1;
/// Where a row waits while two change places.
const ASIDE: i64 = 2;

impl Store {
    /// The logo that is shown.
    pub fn logo(&self) -> Result<Option<Vec<u8>>, StoreError> {
        self.read(|connection| {
            let query = "SELECT png FROM logo WHERE place = ?1";
            let row = connection.query_row(query, [SHOWN], |row| row.get(0)).optional()?;
            Ok(row.flatten())
        })
    }

    /// Whether the last change of the logo can be taken back.
    pub fn has_logo_before(&self) -> Result<bool, StoreError> {
        self.read(|connection| {
            let query = "SELECT count(*) FROM logo WHERE place = ?1";
            Ok(connection.query_row(query, [BEFORE], |row| row.get::<_, i64>(0))? > 0)
        })
    }

    /// Shows this logo, or none; the one before it is kept.
    pub fn set_logo(&self, png: Option<Vec<u8>>) -> Result<(), StoreError> {
        self.write(move |transaction| {
            transaction.execute("DELETE FROM logo WHERE place = ?1", [BEFORE])?;
            let kept = move_row(transaction, SHOWN, BEFORE)?;
            if kept == 0 {
                transaction.execute("INSERT INTO logo(place) VALUES(?1)", [BEFORE])?;
            }
            transaction
                .execute("INSERT INTO logo(place, png) VALUES(?1, ?2)", params![SHOWN, png])?;
            Ok(())
        })
    }

    /// Takes the last change back; doing it again brings the change back.
    pub fn swap_logo(&self) -> Result<bool, StoreError> {
        self.write(|transaction| {
            let query = "SELECT count(*) FROM logo WHERE place = ?1";
            let known: i64 = transaction.query_row(query, [BEFORE], |row| row.get(0))?;
            if known == 0 {
                return Ok(false);
            }
            move_row(transaction, SHOWN, ASIDE)?;
            move_row(transaction, BEFORE, SHOWN)?;
            move_row(transaction, ASIDE, BEFORE)?;
            Ok(true)
        })
    }
}

fn move_row(transaction: &Transaction<'_>, from: i64, to: i64) -> rusqlite::Result<usize> {
    transaction.execute("UPDATE logo SET place = ?2 WHERE place = ?1", [from, to])
}
