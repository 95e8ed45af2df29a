//! What other nodes exported and this desk has taken in: one row for each node, up to which turn.
//! And what this desk itself has to export.

use rusqlite::{OptionalExtension, params};

use super::{conversations, turns};
use crate::{Store, StoreError, TurnRow};

pub(crate) const CREATE: &str = "
    CREATE TABLE collected(
        node TEXT PRIMARY KEY,
        up_to INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
";

/// A reason why a turn counts as not answered, with what could be chosen instead.
pub type NotedGap = (String, Vec<String>);

impl Store {
    /// Turns after a number whose conversations were silent since then, oldest first, at most so
    /// many. One that still goes on holds up those behind it, so that none is ever passed over.
    pub fn turns_to_export(
        &self,
        after: i64,
        silent_since: i64,
        most: usize,
    ) -> Result<Vec<i64>, StoreError> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(
                "SELECT turn.id FROM turn JOIN conversation ON conversation.id = conversation
                 WHERE turn.id > ?1 AND erased_at IS NULL AND turn.id < coalesce(
                     (SELECT min(turn.id) FROM turn
                      JOIN conversation ON conversation.id = conversation
                      WHERE turn.id > ?1 AND last_at >= ?2), 9223372036854775807)
                 ORDER BY turn.id LIMIT ?3",
            )?;
            let rows =
                query.query_map(params![after, silent_since, most as i64], |row| row.get(0))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// Why a turn counts as not answered.
    pub fn gaps_of_turn(&self, turn_id: i64) -> Result<Vec<NotedGap>, StoreError> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(
                "SELECT reason, choices FROM gap_note WHERE turn_id = ?1 ORDER BY reason",
            )?;
            let rows = query.query_map([turn_id], |row| {
                let choices: String = row.get(1)?;
                let choices = choices.split('\u{1f}').filter(|one| !one.is_empty());
                Ok((row.get(0)?, choices.map(str::to_owned).collect()))
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// Saves a turn of another node with its verdict and the note beside that, once: `None` where it is known already.
    pub fn collect_turn(
        &self,
        node: &str,
        number: i64,
        turn: TurnRow,
        note: &str,
    ) -> Result<Option<i64>, StoreError> {
        let (node, note) = (node.to_owned(), note.to_owned());
        self.write(move |transaction| {
            let query = "SELECT up_to FROM collected WHERE node = ?1";
            let up_to: Option<i64> =
                transaction.query_row(query, [&node], |row| row.get(0)).optional()?;
            if up_to.is_some_and(|up_to| number <= up_to) {
                return Ok(None);
            }
            conversations::touch(transaction, &turn.conversation, turn.at)?;
            let id = turns::insert(transaction, &turn)?;
            transaction.execute(
                "UPDATE turn SET helpful = ?2, helpful_note = nullif(?3, '') WHERE id = ?1",
                params![id, turn.helpful, note],
            )?;
            transaction.execute(
                "INSERT INTO collected(node, up_to) VALUES(?1, ?2)
                 ON CONFLICT(node) DO UPDATE SET up_to = excluded.up_to",
                params![node, number],
            )?;
            Ok(Some(id))
        })
    }
}
