//! Every state an answer ever had: who changed what, and when.
//!
//! The newest revision of an answer is the answer as it is, so a published version is a list of
//! revisions. A trigger writes the last one of an answer that goes together with its file.

use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use super::faqs::FaqStatus;
use crate::{Store, StoreError};

pub(crate) const CREATE: &str = "
    ALTER TABLE faq ADD COLUMN review_by INTEGER;
    ALTER TABLE faq ADD COLUMN changed_by TEXT NOT NULL DEFAULT '';
    ALTER TABLE faq ADD COLUMN approved_by TEXT;
    CREATE TABLE faq_revision(
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        faq_id INTEGER NOT NULL,
        at INTEGER NOT NULL DEFAULT (unixepoch()),
        who TEXT NOT NULL,
        what TEXT NOT NULL,
        source_id INTEGER,
        question TEXT NOT NULL,
        answer TEXT NOT NULL,
        alternatives TEXT NOT NULL,
        language TEXT,
        status TEXT NOT NULL,
        valid_until INTEGER,
        review_by INTEGER
    ) STRICT;
    CREATE INDEX faq_revision_faq ON faq_revision(faq_id, id);
    INSERT INTO faq_revision(faq_id, who, what, source_id, question, answer, alternatives,
        language, status, valid_until)
    SELECT id, '', 'found', source_id, question, answer,
        coalesce((SELECT group_concat(text, char(31)) FROM
            (SELECT text FROM faq_alternative WHERE faq_id = faq.id ORDER BY ord)), ''),
        language, status, valid_until FROM faq;
    CREATE TRIGGER faq_gone BEFORE DELETE ON faq BEGIN
        INSERT INTO faq_revision(faq_id, who, what, source_id, question, answer, alternatives,
            language, status, valid_until, review_by)
        VALUES(old.id, '', 'removed', old.source_id, old.question, old.answer,
            coalesce((SELECT group_concat(text, char(31)) FROM
                (SELECT text FROM faq_alternative WHERE faq_id = old.id ORDER BY ord)), ''),
            old.language, 'removed', old.valid_until, old.review_by);
    END;
";

/// Revisions of one answer that are kept, besides those of published versions.
const KEPT: i64 = 50;

const COLUMNS: &str = "id, faq_id, at, who, what, source_id, question, answer, alternatives,
    language, status, valid_until, review_by";

/// What an answer was from some moment on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RevisionRow {
    /// The revision's number.
    pub id: i64,
    /// The answer.
    pub faq_id: i64,
    /// Unix seconds.
    pub at: i64,
    /// Who changed it; empty where nobody said.
    pub who: String,
    /// What was done, such as `edited`.
    pub what: String,
    /// The file it came from.
    pub source_id: Option<i64>,
    /// The question.
    pub question: String,
    /// The answer's text.
    pub answer: String,
    /// Other wordings of the question.
    pub alternatives: Vec<String>,
    /// ISO 639-1, if known.
    pub language: Option<String>,
    /// Who could see it; `None` from its removal on.
    pub status: Option<FaqStatus>,
    /// Unix seconds after which it was no longer shown.
    pub valid_until: Option<i64>,
    /// Unix seconds of its next review.
    pub review_by: Option<i64>,
}

impl Store {
    /// The history of an answer, newest first.
    pub fn faq_history(&self, faq_id: i64) -> Result<Vec<RevisionRow>, StoreError> {
        self.revisions("WHERE faq_id = ?1 ORDER BY id DESC", faq_id)
    }

    /// One revision.
    pub fn revision(&self, id: i64) -> Result<Option<RevisionRow>, StoreError> {
        Ok(self.revisions("WHERE id = ?1", id)?.pop())
    }

    /// Every revision after one, oldest first.
    pub fn revisions_after(&self, id: i64) -> Result<Vec<RevisionRow>, StoreError> {
        self.revisions("WHERE id > ?1 ORDER BY id LIMIT 1000", id)
    }

    /// What differs between a version and the answers as they are: the revisions to go back to.
    pub fn revisions_of_version(&self, version_id: i64) -> Result<Vec<RevisionRow>, StoreError> {
        self.revisions(
            "WHERE id IN (SELECT revision_id FROM version_faq WHERE version_id = ?1)
             AND id <> (SELECT max(id) FROM faq_revision AS newer
                 WHERE newer.faq_id = faq_revision.faq_id) ORDER BY id",
            version_id,
        )
    }

    /// The number of the newest revision; 0 without any.
    pub fn newest_revision(&self) -> Result<i64, StoreError> {
        self.read(|connection| {
            let query = "SELECT coalesce(max(id), 0) FROM faq_revision";
            Ok(connection.query_row(query, [], |row| row.get(0))?)
        })
    }

    fn revisions(&self, filter: &str, number: i64) -> Result<Vec<RevisionRow>, StoreError> {
        self.read(|connection| {
            let query = format!("SELECT {COLUMNS} FROM faq_revision {filter}");
            let mut query = connection.prepare_cached(&query)?;
            let rows = query.query_map([number], read)?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<RevisionRow> {
    let alternatives: String = row.get(8)?;
    let status: String = row.get(10)?;
    Ok(RevisionRow {
        id: row.get(0)?,
        faq_id: row.get(1)?,
        at: row.get(2)?,
        who: row.get(3)?,
        what: row.get(4)?,
        source_id: row.get(5)?,
        question: row.get(6)?,
        answer: row.get(7)?,
        alternatives: split(&alternatives),
        language: row.get(9)?,
        status: FaqStatus::named(&status),
        valid_until: row.get(11)?,
        review_by: row.get(12)?,
    })
}

/// Other wordings as one value: joined by a character that nobody types.
pub(crate) fn joined(alternatives: &[String]) -> String {
    alternatives.join("\u{1f}")
}

/// The same, back.
pub(crate) fn split(alternatives: &str) -> Vec<String> {
    alternatives.split('\u{1f}').filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// Keeps an answer as it is now; nothing is kept where nothing has changed.
pub(crate) fn record(
    transaction: &Transaction<'_>,
    faq_id: i64,
    what: &str,
    who: &str,
) -> Result<(), StoreError> {
    if last_equals_now(transaction, faq_id)? {
        return Ok(());
    }
    transaction
        .prepare_cached(
            "INSERT INTO faq_revision(faq_id, who, what, source_id, question, answer, alternatives,
             language, status, valid_until, review_by)
             SELECT id, ?3, ?2, source_id, question, answer,
             coalesce((SELECT group_concat(text, char(31)) FROM
                 (SELECT text FROM faq_alternative WHERE faq_id = faq.id ORDER BY ord)), ''),
             language, status, valid_until, review_by FROM faq WHERE id = ?1",
        )?
        .execute(params![faq_id, what, who])?;
    transaction
        .prepare_cached(
            "DELETE FROM faq_revision WHERE faq_id = ?1 AND id NOT IN
             (SELECT id FROM faq_revision WHERE faq_id = ?1 ORDER BY id DESC LIMIT ?2)
             AND id NOT IN (SELECT revision_id FROM version_faq)",
        )?
        .execute(params![faq_id, KEPT])?;
    Ok(())
}

fn last_equals_now(connection: &Connection, faq_id: i64) -> Result<bool, StoreError> {
    let mut query = connection.prepare_cached(
        "SELECT faq.source_id IS last.source_id AND faq.question = last.question
         AND faq.answer = last.answer AND faq.status = last.status
         AND faq.language IS last.language AND faq.valid_until IS last.valid_until
         AND faq.review_by IS last.review_by AND last.alternatives =
             coalesce((SELECT group_concat(text, char(31)) FROM
             (SELECT text FROM faq_alternative WHERE faq_id = faq.id ORDER BY ord)), '')
         FROM faq JOIN faq_revision AS last ON last.faq_id = faq.id
         WHERE faq.id = ?1 ORDER BY last.id DESC LIMIT 1",
    )?;
    Ok(query.query_row([faq_id], |row| row.get(0)).optional()?.unwrap_or(false))
}
