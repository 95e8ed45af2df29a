//! What each server was asked in each month, and what that cost.

use rusqlite::{Row, params};

use crate::{Store, StoreError};

pub(crate) const CREATE: &str = "
    CREATE TABLE spending(
        engine TEXT NOT NULL,
        month TEXT NOT NULL,
        asked INTEGER NOT NULL,
        read_tokens INTEGER NOT NULL,
        written_tokens INTEGER NOT NULL,
        nano INTEGER NOT NULL,
        PRIMARY KEY(engine, month)
    ) STRICT, WITHOUT ROWID;
";

/// One server in one month.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SpendingRow {
    /// The server's id.
    pub engine: String,
    /// Such as `2026-11`.
    pub month: String,
    /// Questions.
    pub asked: i64,
    /// Tokens read.
    pub read_tokens: i64,
    /// Tokens written.
    pub written_tokens: i64,
    /// What it cost, in billionths of a unit.
    pub nano: i64,
}

impl Store {
    /// What a server was asked in a month; nothing where it was not.
    pub fn spending(&self, engine: &str, month: &str) -> Result<SpendingRow, StoreError> {
        let row = self.read(|connection| {
            let mut query = connection.prepare_cached(
                "SELECT engine, month, asked, read_tokens, written_tokens, nano FROM spending
                 WHERE engine = ?1 AND month = ?2",
            )?;
            let mut rows = query.query_map(params![engine, month], read)?;
            Ok(rows.next().transpose()?)
        })?;
        let none =
            || SpendingRow { engine: engine.into(), month: month.into(), ..SpendingRow::default() };
        Ok(row.unwrap_or_else(none))
    }

    /// Adds to what a server was asked in its month.
    pub fn add_spending(&self, more: &SpendingRow) -> Result<(), StoreError> {
        let more = more.clone();
        self.write(move |transaction| {
            // A sum that no longer fits stays the largest there is, so a limit holds for ever.
            transaction.execute(
                "INSERT INTO spending(engine, month, asked, read_tokens, written_tokens, nano)
                 VALUES(?1, ?2, ?3, ?4, ?5, ?6)
                 ON CONFLICT(engine, month) DO UPDATE SET
                     asked = asked + excluded.asked,
                     read_tokens = min(read_tokens, 4611686018427387903) + excluded.read_tokens,
                     written_tokens =
                         min(written_tokens, 4611686018427387903) + excluded.written_tokens,
                     nano = min(nano, 4611686018427387903) + excluded.nano",
                params![
                    more.engine,
                    more.month,
                    more.asked,
                    more.read_tokens.min(MOST),
                    more.written_tokens.min(MOST),
                    more.nano.min(MOST),
                ],
            )?;
            Ok(())
        })
    }
}

/// Half of what fits: the sum of two of them does.
const MOST: i64 = i64::MAX / 2;

fn read(row: &Row<'_>) -> rusqlite::Result<SpendingRow> {
    Ok(SpendingRow {
        engine: row.get(0)?,
        month: row.get(1)?,
        asked: row.get(2)?,
        read_tokens: row.get(3)?,
        written_tokens: row.get(4)?,
        nano: row.get(5)?,
    })
}
