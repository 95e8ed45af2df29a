//! New texts that wait for approval while visitors still get the old ones.

use std::collections::HashSet;

use rusqlite::{OptionalExtension, params};

use super::revisions::{joined, split};
use super::turn_counts::list;
use crate::{Store, StoreError};

pub(crate) const CREATE: &str = "
    CREATE TABLE faq_edit(
        faq_id INTEGER PRIMARY KEY REFERENCES faq(id) ON DELETE CASCADE,
        question TEXT NOT NULL,
        answer TEXT NOT NULL,
        alternatives TEXT NOT NULL,
        valid_until INTEGER,
        review_by INTEGER,
        who TEXT NOT NULL,
        at INTEGER NOT NULL DEFAULT (unixepoch())
    ) STRICT;
";

/// The text of an answer as somebody wants it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FaqEditRow {
    /// The question.
    pub question: String,
    /// The answer's text.
    pub answer: String,
    /// Other wordings of the question.
    pub alternatives: Vec<String>,
    /// Unix seconds after which it is no longer shown.
    pub valid_until: Option<i64>,
    /// Unix seconds of its next review.
    pub review_by: Option<i64>,
    /// Who wrote it.
    pub who: String,
}

impl Store {
    /// The text that waits for approval, if one does.
    pub fn faq_edit(&self, faq_id: i64) -> Result<Option<FaqEditRow>, StoreError> {
        self.read(|connection| {
            let query = "SELECT question, answer, alternatives, valid_until, review_by, who
                         FROM faq_edit WHERE faq_id = ?1";
            let found = connection.query_row(query, [faq_id], |row| {
                let alternatives: String = row.get(2)?;
                Ok(FaqEditRow {
                    question: row.get(0)?,
                    answer: row.get(1)?,
                    alternatives: split(&alternatives),
                    valid_until: row.get(3)?,
                    review_by: row.get(4)?,
                    who: row.get(5)?,
                })
            });
            Ok(found.optional()?)
        })
    }

    /// Which of these answers have a text that waits for approval.
    pub fn with_faq_edit(&self, faq_ids: &[i64]) -> Result<HashSet<i64>, StoreError> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(
                "SELECT faq_id FROM faq_edit
                 WHERE faq_id IN (SELECT value FROM json_each(?1))",
            )?;
            let rows = query.query_map([list(faq_ids)], |row| row.get(0))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// Keeps a text until it is approved; `None` drops the one that waits.
    pub fn set_faq_edit(&self, faq_id: i64, edit: Option<FaqEditRow>) -> Result<(), StoreError> {
        self.write(move |transaction| {
            match edit {
                Some(edit) => transaction.execute(
                    "INSERT OR REPLACE INTO faq_edit(faq_id, question, answer, alternatives,
                     valid_until, review_by, who) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                    params![
                        faq_id,
                        edit.question,
                        edit.answer,
                        joined(&edit.alternatives),
                        edit.valid_until,
                        edit.review_by,
                        edit.who
                    ],
                )?,
                None => transaction.execute("DELETE FROM faq_edit WHERE faq_id = ?1", [faq_id])?,
            };
            Ok(())
        })
    }
}
