//! Why a turn was answered as it was, for staff: a text that the store does not read. It goes with
//! its turn.

use rusqlite::{OptionalExtension, Transaction, params};

use super::erasure::TURN_IS_KEPT;
use crate::{Store, StoreError};

pub(crate) const CREATE: &str = "
    CREATE TABLE turn_why(
        turn_id INTEGER PRIMARY KEY REFERENCES turn(id) ON DELETE CASCADE,
        why TEXT NOT NULL
    ) STRICT;
    ALTER TABLE turn ADD COLUMN helpful_note TEXT;
";

impl Store {
    /// Why a turn was answered as it was.
    pub fn why(&self, turn_id: i64) -> Result<Option<String>, StoreError> {
        self.read(|connection| {
            let query = "SELECT why FROM turn_why WHERE turn_id = ?1";
            Ok(connection.query_row(query, [turn_id], |row| row.get(0)).optional()?)
        })
    }

    /// What a visitor wrote beside a thumb.
    pub fn rating_note(&self, turn_id: i64) -> Result<Option<String>, StoreError> {
        self.read(|connection| {
            let query = "SELECT helpful_note FROM turn WHERE id = ?1";
            let note: Option<Option<String>> =
                connection.query_row(query, [turn_id], |row| row.get(0)).optional()?;
            Ok(note.flatten())
        })
    }

    /// Keeps what a visitor wrote beside a thumb; not once the words of the turn were erased.
    pub fn note_rating(&self, turn_id: i64, note: &str) -> Result<(), StoreError> {
        let note = note.to_owned();
        self.write(move |transaction| {
            transaction.execute(
                &format!("UPDATE turn SET helpful_note = ?2 WHERE id = ?1 AND {TURN_IS_KEPT}"),
                params![turn_id, note],
            )?;
            Ok(())
        })
    }
}

/// Keeps the reasons of a turn that is being saved.
pub(crate) fn insert(
    transaction: &Transaction<'_>,
    turn_id: i64,
    why: &str,
) -> Result<(), StoreError> {
    if !why.is_empty() {
        transaction
            .execute("INSERT INTO turn_why(turn_id, why) VALUES(?1, ?2)", params![turn_id, why])?;
    }
    Ok(())
}
