//! Who belongs together: the turns of one visit. Forgetting a visit removes its turns with it.

use rusqlite::{OptionalExtension, Transaction, params};

use crate::{Store, StoreError};

pub(crate) const CREATE: &str = "
    CREATE TABLE conversation(
        id TEXT PRIMARY KEY,
        started_at INTEGER NOT NULL,
        last_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
";

impl Store {
    /// The last question of a conversation, for follow-ups.
    pub fn previous_question(&self, conversation: &str) -> Result<Option<String>, StoreError> {
        self.read(|connection| {
            // By row number, not by time: clocks jump.
            let query =
                "SELECT question FROM turn WHERE conversation = ?1 ORDER BY id DESC LIMIT 1";
            Ok(connection.query_row(query, [conversation], |row| row.get(0)).optional()?)
        })
    }

    /// Removes a conversation and all of its turns.
    pub fn forget_conversation(&self, conversation: &str) -> Result<(), StoreError> {
        let conversation = conversation.to_owned();
        self.write(move |transaction| {
            transaction.execute("DELETE FROM conversation WHERE id = ?1", [conversation])?;
            Ok(())
        })
    }
}

/// Makes sure the conversation of a turn exists.
pub(crate) fn touch(
    transaction: &Transaction<'_>,
    conversation: &str,
    at: i64,
) -> Result<(), StoreError> {
    transaction.execute(
        "INSERT INTO conversation(id, started_at, last_at) VALUES(?1, ?2, ?2)
         ON CONFLICT(id) DO UPDATE SET last_at = excluded.last_at",
        params![conversation, at],
    )?;
    Ok(())
}
