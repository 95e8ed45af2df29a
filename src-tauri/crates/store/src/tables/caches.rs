//! Answers that took a model seconds to make, kept for the same question.
//!
//! A question is kept as a hash only: what a visitor typed is not on the disk for longer than the
//! conversation. An entry names the pieces it was made from; when one of them is gone, a trigger
//! removes the entry in the transaction that changed the knowledge.

use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use super::turns::{CitationRow, read_citation};
use crate::{Store, StoreError};

pub(crate) const CREATE: &str = "
    CREATE TABLE answer_cache(
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        key BLOB NOT NULL UNIQUE,
        evidence BLOB NOT NULL,
        kb_version INTEGER NOT NULL,
        answer TEXT NOT NULL,
        score REAL NOT NULL,
        support REAL NOT NULL,
        model TEXT,
        made_at INTEGER NOT NULL,
        used_at INTEGER NOT NULL,
        valid_until INTEGER,
        bad INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE INDEX answer_cache_used ON answer_cache(used_at);
    CREATE TABLE answer_cache_source(
        cache_id INTEGER NOT NULL REFERENCES answer_cache(id) ON DELETE CASCADE,
        n INTEGER NOT NULL,
        source TEXT NOT NULL,
        title TEXT NOT NULL,
        locator TEXT NOT NULL,
        passage TEXT NOT NULL,
        score REAL NOT NULL,
        section_id INTEGER,
        faq_id INTEGER,
        PRIMARY KEY(cache_id, n)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE cache_dep(
        cache_id INTEGER NOT NULL REFERENCES answer_cache(id) ON DELETE CASCADE,
        chunk_hash BLOB NOT NULL,
        PRIMARY KEY(cache_id, chunk_hash)
    ) STRICT, WITHOUT ROWID;
    CREATE TRIGGER cache_swept AFTER UPDATE ON meta WHEN new.key = 'kb_version' BEGIN
        DELETE FROM answer_cache WHERE id IN (
            SELECT cache_id FROM cache_dep WHERE NOT EXISTS (
                SELECT 1 FROM chunk LEFT JOIN faq ON faq.id = chunk.faq_id
                WHERE chunk.hash = cache_dep.chunk_hash
                AND (chunk.faq_id IS NULL OR faq.status = 'approved')
            )
        );
    END;
";

/// Entries kept; the one not used for longest goes first.
const MOST_ENTRIES: i64 = 5_000;
/// An entry's last use is noted once in this time: a write for every hit would cost more than the
/// hit.
const USE_NOTED_SECONDS: i64 = 3_600;

/// One kept answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CachedRow {
    /// The entry's number; ignored when saving.
    pub id: i64,
    /// Names the question and everything else that the answer hangs on.
    pub key: [u8; 32],
    /// Names the passages it was made from.
    pub evidence: [u8; 32],
    /// The knowledge for which the evidence was last seen to be the same.
    pub kb_version: i64,
    /// The text shown.
    pub answer: String,
    /// Fused score of the best evidence.
    pub score: f32,
    /// Share of the answer that the evidence supports.
    pub support: f32,
    /// The model that phrased it.
    pub model: Option<String>,
    /// Unix seconds of its making.
    pub made_at: i64,
    /// Unix seconds after which it is not shown.
    pub valid_until: Option<i64>,
    /// Where it is from.
    pub citations: Vec<CitationRow>,
}

/// What a kept answer was made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CacheSource {
    /// A section of a document.
    Section(i64),
    /// An approved answer.
    Faq(i64),
}

impl Store {
    /// The answer kept under a key, unless it was called unhelpful.
    pub fn cached(&self, key: [u8; 32], now: i64) -> Result<Option<CachedRow>, StoreError> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(
                "SELECT id, key, evidence, kb_version, answer, score, support, model, made_at,
                 valid_until FROM answer_cache
                 WHERE key = ?1 AND bad = 0 AND (valid_until IS NULL OR valid_until >= ?2)",
            )?;
            let found = query.query_row(params![key, now], read_entry).optional()?;
            let Some(mut entry) = found else { return Ok(None) };
            entry.citations = citations(connection, entry.id)?;
            Ok(Some(entry))
        })
    }

    /// How many answers are kept.
    pub fn count_cached(&self) -> Result<i64, StoreError> {
        self.read(|connection| {
            let query = "SELECT count(*) FROM answer_cache WHERE bad = 0";
            Ok(connection.query_row(query, [], |row| row.get(0))?)
        })
    }

    /// Keeps an answer with the pieces of its sources. One that was called unhelpful stays so.
    pub fn cache(&self, entry: &CachedRow, from: &[CacheSource]) -> Result<(), StoreError> {
        let (entry, from) = (entry.clone(), from.to_vec());
        self.write(move |transaction| {
            transaction
                .execute("DELETE FROM answer_cache WHERE key = ?1 AND bad = 0", [entry.key])?;
            let added = transaction.execute(
                "INSERT OR IGNORE INTO answer_cache(key, evidence, kb_version, answer, score,
                 support, model, made_at, used_at, valid_until)
                 VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8, ?9)",
                params![
                    entry.key,
                    entry.evidence,
                    entry.kb_version,
                    entry.answer,
                    entry.score,
                    entry.support,
                    entry.model,
                    entry.made_at,
                    entry.valid_until,
                ],
            )?;
            if added == 0 {
                return Ok(());
            }
            let id = transaction.last_insert_rowid();
            insert_parts(transaction, id, &entry.citations, &from)?;
            transaction.execute(
                "DELETE FROM answer_cache WHERE id IN (
                 SELECT id FROM answer_cache ORDER BY used_at DESC, id DESC LIMIT -1 OFFSET ?1)",
                [MOST_ENTRIES],
            )?;
            Ok(())
        })
    }

    /// Notes that an entry was shown, and for which knowledge it still holds.
    pub fn cache_used(&self, entry: &CachedRow, version: i64, now: i64) -> Result<(), StoreError> {
        let (id, known) = (entry.id, entry.kb_version);
        let noted: i64 = self.read(|connection| {
            let query = "SELECT used_at FROM answer_cache WHERE id = ?1";
            Ok(connection.query_row(query, [id], |row| row.get(0)).optional()?.unwrap_or(now))
        })?;
        if known == version && now - noted < USE_NOTED_SECONDS {
            return Ok(());
        }
        self.write(move |transaction| {
            transaction.execute(
                "UPDATE answer_cache SET used_at = ?2, kb_version = ?3 WHERE id = ?1",
                params![id, now, version],
            )?;
            Ok(())
        })
    }

    /// Removes one entry.
    pub fn uncache(&self, id: i64) -> Result<(), StoreError> {
        self.write(move |transaction| {
            transaction.execute("DELETE FROM answer_cache WHERE id = ?1", [id])?;
            Ok(())
        })
    }

    /// Removes every kept answer.
    pub fn forget_cached_answers(&self) -> Result<usize, StoreError> {
        self.write(|transaction| Ok(transaction.execute("DELETE FROM answer_cache", [])?))
    }

    /// Removes the answer of a turn wherever it is kept; says how many entries that were.
    pub fn forget_cached_answer(&self, turn_id: i64) -> Result<usize, StoreError> {
        self.write(move |transaction| {
            Ok(transaction.execute(
                "DELETE FROM answer_cache WHERE answer = (SELECT answer FROM turn WHERE id = ?1)",
                [turn_id],
            )?)
        })
    }
}

/// Keeps a visitor's thumbs-down: the answer is shown no more, and not kept again while what it
/// was made from stays as it is.
pub(crate) fn mark_bad(transaction: &Transaction<'_>, turn_id: i64) -> Result<(), StoreError> {
    transaction.execute(
        "UPDATE answer_cache SET bad = 1
         WHERE answer = (SELECT answer FROM turn WHERE id = ?1)",
        [turn_id],
    )?;
    Ok(())
}

fn insert_parts(
    transaction: &Transaction<'_>,
    id: i64,
    citations: &[CitationRow],
    from: &[CacheSource],
) -> Result<(), StoreError> {
    let mut source = transaction.prepare_cached(
        "INSERT INTO answer_cache_source(cache_id, n, source, title, locator, passage, score,
         section_id, faq_id) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?;
    for citation in citations {
        source.execute(params![
            id,
            citation.n,
            citation.source,
            citation.title,
            citation.locator,
            citation.passage,
            citation.score,
            citation.section_id,
            citation.faq_id,
        ])?;
    }
    for one in from {
        let (column, of) = match one {
            CacheSource::Section(of) => ("section_id", of),
            CacheSource::Faq(of) => ("faq_id", of),
        };
        transaction.execute(
            &format!(
                "INSERT OR IGNORE INTO cache_dep(cache_id, chunk_hash)
                 SELECT ?1, hash FROM chunk WHERE {column} = ?2"
            ),
            params![id, of],
        )?;
    }
    Ok(())
}

fn read_entry(row: &Row<'_>) -> rusqlite::Result<CachedRow> {
    Ok(CachedRow {
        id: row.get(0)?,
        key: row.get(1)?,
        evidence: row.get(2)?,
        kb_version: row.get(3)?,
        answer: row.get(4)?,
        score: row.get(5)?,
        support: row.get(6)?,
        model: row.get(7)?,
        made_at: row.get(8)?,
        valid_until: row.get(9)?,
        citations: Vec::new(),
    })
}

fn citations(connection: &Connection, id: i64) -> Result<Vec<CitationRow>, StoreError> {
    let mut query = connection.prepare_cached(
        "SELECT n, source, title, locator, passage, score, section_id, faq_id
         FROM answer_cache_source WHERE cache_id = ?1 ORDER BY n",
    )?;
    let rows = query.query_map([id], read_citation)?;
    Ok(rows.collect::<Result<_, _>>()?)
}
