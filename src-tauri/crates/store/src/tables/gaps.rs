//! Questions the desk could not answer, counted by their normalised words.

use rusqlite::params;

use crate::{Store, StoreError};

pub(crate) const CREATE: &str = "
    CREATE TABLE gap(
        id INTEGER PRIMARY KEY,
        normalised TEXT NOT NULL UNIQUE,
        question TEXT NOT NULL,
        count INTEGER NOT NULL DEFAULT 1,
        first_at INTEGER NOT NULL,
        last_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX gap_count ON gap(count DESC, last_at DESC);
";

/// One question without an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GapRow {
    /// As it was asked last.
    pub question: String,
    /// How often it was asked.
    pub count: i64,
    /// Unix seconds of the last time.
    pub last_at: i64,
}

impl Store {
    /// The questions asked most, most asked first.
    pub fn gaps(&self, limit: usize) -> Result<Vec<GapRow>, StoreError> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(
                "SELECT question, count, last_at FROM gap
                 ORDER BY count DESC, last_at DESC, id LIMIT ?1",
            )?;
            let rows = query.query_map([limit as i64], |row| {
                Ok(GapRow { question: row.get(0)?, count: row.get(1)?, last_at: row.get(2)? })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// Counts a question; the same normalised words are the same question.
    pub fn record_gap(&self, normalised: &str, question: &str, at: i64) -> Result<(), StoreError> {
        let (normalised, question) = (normalised.to_owned(), question.to_owned());
        self.write(move |transaction| {
            transaction.execute(
                "INSERT INTO gap(normalised, question, first_at, last_at) VALUES(?1, ?2, ?3, ?3)
                 ON CONFLICT(normalised) DO UPDATE
                 SET count = count + 1, question = excluded.question, last_at = excluded.last_at",
                params![normalised, question, at],
            )?;
            Ok(())
        })
    }
}
