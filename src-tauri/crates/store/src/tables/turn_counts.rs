//! The numbers of all turns together, of those whose words were erased too.
//!
//! A turn whose words are erased stays in its own table. Whatever deletes a turn altogether leaves
//! its numbers here, by a trigger: the quarter of an hour, the lane and how long it took; nothing
//! that leads back to the visit.

use std::collections::HashMap;

use rusqlite::{Row, params};

use crate::{Store, StoreError};

pub(crate) const CREATE: &str = "
    ALTER TABLE turn ADD COLUMN language TEXT NOT NULL DEFAULT '';
    CREATE INDEX turn_numbers ON turn(at, route, total_ms, helpful, language);
    CREATE INDEX conversation_last ON conversation(last_at);
    CREATE TABLE turn_count(
        id INTEGER PRIMARY KEY,
        at INTEGER NOT NULL,
        route TEXT NOT NULL,
        total_ms REAL NOT NULL,
        helpful INTEGER,
        language TEXT NOT NULL,
        faq_id INTEGER
    ) STRICT;
    CREATE INDEX turn_count_numbers ON turn_count(at, route, total_ms, helpful, language);
    CREATE TRIGGER turn_counted BEFORE DELETE ON turn BEGIN
        INSERT INTO turn_count(at, route, total_ms, helpful, language, faq_id)
        VALUES(old.at - old.at % 900, old.route, old.total_ms, old.helpful, old.language,
            (SELECT faq_id FROM turn_source WHERE turn_id = old.id AND n = 1));
    END;
";

/// How often an answer was shown is asked for whole pages of answers.
pub(crate) const ADD_FAQ_INDEX: &str = "
    CREATE INDEX turn_source_faq ON turn_source(faq_id, n) WHERE faq_id IS NOT NULL;
    CREATE INDEX turn_count_faq ON turn_count(faq_id) WHERE faq_id IS NOT NULL;
";

/// The numbers of one turn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TurnNumbers<'a> {
    /// Unix seconds; of a turn whose words were erased, the quarter of an hour.
    pub at: i64,
    /// Which lane answered.
    pub route: &'a str,
    /// Milliseconds of the whole turn.
    pub total_ms: f64,
    /// The visitor's verdict.
    pub helpful: Option<bool>,
    /// BCP 47 language; empty where it is not known.
    pub language: &'a str,
}

/// How often an approved answer was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaqUseRow {
    /// The answer's number.
    pub faq_id: i64,
    /// Its question.
    pub question: String,
    /// How often.
    pub count: i64,
}

impl Store {
    /// Hands over the numbers of every turn in `[from, until)`, kept and erased alike. No text of a
    /// visitor is read: both halves are answered from an index.
    pub fn each_turn_numbers(
        &self,
        from: i64,
        until: i64,
        each: &mut dyn FnMut(TurnNumbers<'_>),
    ) -> Result<(), StoreError> {
        self.read(|connection| {
            for table in ["turn", "turn_count"] {
                let mut query = connection.prepare_cached(&format!(
                    "SELECT at, route, total_ms, helpful, language FROM {table}
                     WHERE at >= ?1 AND at < ?2"
                ))?;
                let mut rows = query.query(params![from, until])?;
                while let Some(row) = rows.next()? {
                    each(read_numbers(row)?);
                }
            }
            Ok(())
        })
    }

    /// The approved answers given most often in `[from, until)`, the most given first. Answers that
    /// were removed since are left out.
    pub fn faq_uses(
        &self,
        from: i64,
        until: i64,
        limit: usize,
    ) -> Result<Vec<FaqUseRow>, StoreError> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(
                "SELECT faq.id, faq.question, count(*) AS uses FROM (
                     SELECT source.faq_id AS faq_id FROM turn
                     JOIN turn_source AS source ON source.turn_id = turn.id AND source.n = 1
                     WHERE turn.at >= ?1 AND turn.at < ?2 AND source.faq_id IS NOT NULL
                     UNION ALL
                     SELECT faq_id FROM turn_count
                     WHERE at >= ?1 AND at < ?2 AND faq_id IS NOT NULL
                 ) AS used JOIN faq ON faq.id = used.faq_id
                 GROUP BY faq.id ORDER BY uses DESC, faq.id LIMIT ?3",
            )?;
            let rows = query.query_map(params![from, until, limit as i64], |row| {
                Ok(FaqUseRow { faq_id: row.get(0)?, question: row.get(1)?, count: row.get(2)? })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// How often each of these answers was shown since the desk began; nothing for those that never
    /// were.
    pub fn times_shown(&self, faq_ids: &[i64]) -> Result<HashMap<i64, i64>, StoreError> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(
                "SELECT faq_id, count(*) FROM (
                     SELECT faq_id FROM turn_source
                     WHERE n = 1 AND faq_id IN (SELECT value FROM json_each(?1))
                     UNION ALL
                     SELECT faq_id FROM turn_count
                     WHERE faq_id IN (SELECT value FROM json_each(?1))
                 ) GROUP BY faq_id",
            )?;
            let rows = query.query_map([list(faq_ids)], |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// How many questions without an answer wait for one.
    pub fn count_open_gaps(&self) -> Result<i64, StoreError> {
        self.read(|connection| {
            let query = "SELECT count(*) FROM gap_cluster WHERE status = 'open'";
            Ok(connection.query_row(query, [], |row| row.get(0))?)
        })
    }
}

/// Numbers as a list that SQLite reads.
pub(crate) fn list(numbers: &[i64]) -> String {
    let numbers: Vec<String> = numbers.iter().map(i64::to_string).collect();
    format!("[{}]", numbers.join(","))
}

fn read_numbers<'a>(row: &'a Row<'_>) -> Result<TurnNumbers<'a>, StoreError> {
    Ok(TurnNumbers {
        at: row.get(0)?,
        route: row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?,
        total_ms: row.get(2)?,
        helpful: row.get(3)?,
        language: row.get_ref(4)?.as_str().map_err(rusqlite::Error::from)?,
    })
}
