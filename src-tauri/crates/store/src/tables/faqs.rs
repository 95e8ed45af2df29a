//! Approved answers: a question, its other wordings, and the text shown word for word.

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use super::chunks::{self, ChunkPlace, NewChunk};
use super::{embeddings, meta, revisions};
use crate::{Store, StoreError};

pub(crate) const CREATE: &str = "
    CREATE TABLE faq(
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        source_id INTEGER REFERENCES source(id) ON DELETE CASCADE,
        question TEXT NOT NULL,
        answer TEXT NOT NULL,
        language TEXT,
        status TEXT NOT NULL,
        origin TEXT NOT NULL,
        valid_until INTEGER,
        created_at INTEGER NOT NULL DEFAULT (unixepoch()),
        updated_at INTEGER NOT NULL DEFAULT (unixepoch())
    ) STRICT;
    CREATE INDEX faq_source ON faq(source_id);
    CREATE TABLE faq_alternative(
        faq_id INTEGER NOT NULL REFERENCES faq(id) ON DELETE CASCADE,
        ord INTEGER NOT NULL,
        text TEXT NOT NULL,
        PRIMARY KEY(faq_id, ord)
    ) STRICT, WITHOUT ROWID;
";

/// Who may see an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum FaqStatus {
    /// Staff only.
    #[default]
    Draft,
    /// Visitors, word for word.
    Approved,
    /// Nobody; kept for the record.
    Retired,
}

impl FaqStatus {
    fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Approved => "approved",
            Self::Retired => "retired",
        }
    }

    /// The status of a name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        [Self::Draft, Self::Approved, Self::Retired].into_iter().find(|one| one.name() == name)
    }
}

impl ToSql for FaqStatus {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::from(self.name()))
    }
}

impl FromSql for FaqStatus {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        Self::named(value.as_str()?).ok_or(FromSqlError::InvalidType)
    }
}

/// Where an answer came from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FaqOrigin {
    /// Typed by staff.
    #[default]
    Manual,
    /// From a file.
    Import,
}

impl ToSql for FaqOrigin {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::from(match self {
            Self::Manual => "manual",
            Self::Import => "import",
        }))
    }
}

/// One question and its answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FaqRow {
    /// The FAQ's number.
    pub id: i64,
    /// The file it came from, if it came from one.
    pub source_id: Option<i64>,
    /// As a visitor would ask it.
    pub question: String,
    /// Shown word for word.
    pub answer: String,
    /// Other wordings of the question.
    pub alternatives: Vec<String>,
    /// ISO 639-1, if known.
    pub language: Option<String>,
    /// Who may see it.
    pub status: FaqStatus,
    /// Unix seconds after which it is no longer shown.
    pub valid_until: Option<i64>,
    /// Unix seconds of the last change.
    pub updated_at: i64,
    /// Unix seconds of its next review.
    pub review_by: Option<i64>,
    /// Who wrote its text; empty where nobody said.
    pub changed_by: String,
}

/// One question and answer to save, with the pieces they are found by.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NewFaq {
    /// As a visitor would ask it.
    pub question: String,
    /// Shown word for word.
    pub answer: String,
    /// Other wordings of the question.
    pub alternatives: Vec<String>,
    /// ISO 639-1, if known.
    pub language: Option<String>,
    /// Who may see it.
    pub status: FaqStatus,
    /// Where it came from.
    pub origin: FaqOrigin,
    /// Unix seconds after which it is no longer shown.
    pub valid_until: Option<i64>,
    /// What it is found by.
    pub chunks: Vec<NewChunk>,
}

/// Some of the answers, and how many there are in all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FaqPage {
    /// The rows asked for.
    pub faqs: Vec<FaqRow>,
    /// Rows that match.
    pub total: i64,
}

const COLUMNS: &str = "id, source_id, question, answer, language, status, valid_until, updated_at,
    review_by, changed_by";

impl Store {
    /// One FAQ.
    pub fn faq(&self, id: i64) -> Result<Option<FaqRow>, StoreError> {
        self.read(|connection| {
            let query = format!("SELECT {COLUMNS} FROM faq WHERE id = ?1");
            let mut query = connection.prepare_cached(&query)?;
            let Some(mut faq) = query.query_row([id], read_faq).optional()? else {
                return Ok(None);
            };
            faq.alternatives = alternatives(connection, id)?;
            Ok(Some(faq))
        })
    }

    /// FAQs whose question or answer contains a text, newest first.
    pub fn faqs(&self, contains: &str, offset: i64, limit: i64) -> Result<FaqPage, StoreError> {
        self.read(|connection| {
            // `instr` and not LIKE: a percent sign in the text means itself.
            let filter = "instr(lower(question), lower(?1)) OR instr(lower(answer), lower(?1))";
            let count = format!("SELECT count(*) FROM faq WHERE ?1 = '' OR {filter}");
            let total = connection.query_row(&count, [contains], |row| row.get(0))?;
            let page = format!(
                "SELECT {COLUMNS} FROM faq WHERE ?1 = '' OR {filter}
                 ORDER BY id DESC LIMIT ?2 OFFSET ?3"
            );
            let mut query = connection.prepare_cached(&page)?;
            let rows = query.query_map(params![contains, limit, offset], read_faq)?;
            let mut faqs: Vec<FaqRow> = rows.collect::<Result<_, _>>()?;
            for faq in &mut faqs {
                faq.alternatives = alternatives(connection, faq.id)?;
            }
            Ok(FaqPage { faqs, total })
        })
    }

    /// How many answers visitors may see.
    pub fn count_approved(&self) -> Result<i64, StoreError> {
        self.read(|connection| {
            let query = "SELECT count(*) FROM faq WHERE status = 'approved'";
            Ok(connection.query_row(query, [], |row| row.get(0))?)
        })
    }

    /// How many answers wait for somebody: drafts, and approved ones whose review is due.
    pub fn count_due_faqs(&self, now: i64) -> Result<i64, StoreError> {
        self.read(|connection| {
            let query = "SELECT count(*) FROM faq WHERE status = 'draft'
                 OR (status = 'approved' AND review_by <= ?1)";
            Ok(connection.query_row(query, [now], |row| row.get(0))?)
        })
    }

    /// Removes one FAQ and everything made from it; false when there is no such FAQ.
    pub fn remove_faq(&self, id: i64) -> Result<bool, StoreError> {
        self.write(move |transaction| {
            let removed = transaction.execute("DELETE FROM faq WHERE id = ?1", [id])?;
            embeddings::sweep(transaction)?;
            meta::raise_version(transaction)?;
            Ok(removed > 0)
        })
    }
}

fn read_faq(row: &Row<'_>) -> rusqlite::Result<FaqRow> {
    Ok(FaqRow {
        id: row.get(0)?,
        source_id: row.get(1)?,
        question: row.get(2)?,
        answer: row.get(3)?,
        alternatives: Vec::new(),
        language: row.get(4)?,
        status: row.get(5)?,
        valid_until: row.get(6)?,
        updated_at: row.get(7)?,
        review_by: row.get(8)?,
        changed_by: row.get(9)?,
    })
}

fn alternatives(connection: &Connection, faq_id: i64) -> Result<Vec<String>, StoreError> {
    let mut query = connection
        .prepare_cached("SELECT text FROM faq_alternative WHERE faq_id = ?1 ORDER BY ord")?;
    let rows = query.query_map([faq_id], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Makes the FAQs of a source equal to `faqs`.
///
/// A question that was there before keeps its number, and an answer that did not change keeps the
/// status staff gave it since.
pub(crate) fn replace(
    transaction: &Transaction<'_>,
    source_id: i64,
    faqs: &[NewFaq],
) -> Result<(), StoreError> {
    let mut query = transaction.prepare("SELECT id, question FROM faq WHERE source_id = ?1")?;
    let rows = query.query_map([source_id], |row| Ok((row.get(1)?, row.get(0)?)))?;
    let mut before: std::collections::HashMap<String, i64> = rows.collect::<Result<_, _>>()?;
    for faq in faqs {
        match before.remove(&faq.question) {
            Some(id) => {
                update(transaction, id, faq)?;
                revisions::record(transaction, id, "imported again", "")?;
            }
            None => {
                let id = insert(transaction, Some(source_id), faq)?;
                revisions::record(transaction, id, "imported", "")?;
            }
        }
    }
    for id in before.into_values() {
        transaction.execute("DELETE FROM faq WHERE id = ?1", [id])?;
    }
    Ok(())
}

pub(crate) fn insert(
    transaction: &Transaction<'_>,
    source_id: Option<i64>,
    faq: &NewFaq,
) -> Result<i64, StoreError> {
    transaction.execute(
        "INSERT INTO faq(source_id, question, answer, language, status, origin, valid_until)
         VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![
            source_id,
            faq.question,
            faq.answer,
            faq.language,
            faq.status,
            faq.origin,
            faq.valid_until
        ],
    )?;
    let id = transaction.last_insert_rowid();
    insert_parts(transaction, id, faq)?;
    Ok(id)
}

fn update(transaction: &Transaction<'_>, id: i64, faq: &NewFaq) -> Result<(), StoreError> {
    let answer: String =
        transaction.query_row("SELECT answer FROM faq WHERE id = ?1", [id], |row| row.get(0))?;
    if answer != faq.answer {
        transaction.execute(
            "UPDATE faq SET answer = ?2, status = ?3, updated_at = unixepoch() WHERE id = ?1",
            params![id, faq.answer, faq.status],
        )?;
    }
    transaction.execute(
        "UPDATE faq SET language = ?2, valid_until = ?3 WHERE id = ?1",
        params![id, faq.language, faq.valid_until],
    )?;
    transaction.execute("DELETE FROM faq_alternative WHERE faq_id = ?1", [id])?;
    transaction.execute("DELETE FROM chunk WHERE faq_id = ?1", [id])?;
    insert_parts(transaction, id, faq)
}

pub(crate) fn insert_parts(
    transaction: &Transaction<'_>,
    id: i64,
    faq: &NewFaq,
) -> Result<(), StoreError> {
    let mut insert = transaction
        .prepare_cached("INSERT INTO faq_alternative(faq_id, ord, text) VALUES(?1, ?2, ?3)")?;
    for (ord, text) in faq.alternatives.iter().enumerate() {
        insert.execute(params![id, ord as i64, text])?;
    }
    chunks::insert(transaction, ChunkPlace::Faq(id), &faq.chunks)
}
