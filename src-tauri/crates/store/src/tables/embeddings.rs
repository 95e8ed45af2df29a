//! Vectors as small integers with one scale, named by content and by the model that made them.
//!
//! Because the name is the content, importing a file again makes only the vectors that are new.
//! Content that a change removed is noted by a trigger, and its vectors go when the change ends.

use rusqlite::{Connection, Transaction, params};

use super::chunks::Role;
use crate::{Store, StoreError};

pub(crate) const CREATE: &str = "
    CREATE TABLE embedding(
        hash BLOB NOT NULL,
        embedder TEXT NOT NULL,
        scale REAL NOT NULL,
        codes BLOB NOT NULL,
        PRIMARY KEY(hash, embedder)
    ) STRICT, WITHOUT ROWID;
";

pub(crate) const CREATE_GONE: &str = "
    CREATE TABLE gone_content(
        hash BLOB PRIMARY KEY
    ) STRICT, WITHOUT ROWID;
    CREATE TRIGGER content_went AFTER DELETE ON chunk BEGIN
        INSERT OR IGNORE INTO gone_content(hash) VALUES(old.hash);
    END;
";

/// One vector: `codes[i] * scale` is its number `i`.
#[derive(Clone, Debug, PartialEq)]
pub struct VectorRow {
    /// Names the content.
    pub hash: [u8; 32],
    /// Turns codes into numbers.
    pub scale: f32,
    /// One signed byte for each number.
    pub codes: Vec<u8>,
}

/// What is embedded before what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PendingTurn {
    /// Wordings of questions.
    Questions,
    /// Texts that are searched.
    Texts,
    /// Sentences, which are only needed to quote well.
    Sentences,
}

impl PendingTurn {
    /// In their order.
    pub const ALL: [Self; 3] = [Self::Questions, Self::Texts, Self::Sentences];

    /// The filter is written so that a partial index serves it.
    fn filter(self) -> &'static str {
        match self {
            Self::Questions => "role <> 'sentence' AND role IN('faq_q', 'faq_alt')",
            Self::Texts => "role <> 'sentence' AND role IN('body', 'table_row', 'faq_qa')",
            Self::Sentences => "role = 'sentence'",
        }
    }
}

/// One content that has no vector yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingRow {
    /// The number of the piece it was found in.
    pub chunk_id: i64,
    /// Names the content.
    pub hash: [u8; 32],
    /// What it stands for.
    pub role: Role,
    /// Tokens of the words.
    pub tokens: i64,
    /// The words to embed.
    pub text: String,
}

/// Some contents that have no vector yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PendingPage {
    /// In the order of their pieces.
    pub rows: Vec<PendingRow>,
    /// Up to this piece nothing else is pending.
    pub read_to: i64,
}

/// Work that is left.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PendingCount {
    /// Pieces without a vector.
    pub pieces: i64,
    /// Their tokens.
    pub tokens: i64,
    /// The highest number of any piece when it was counted.
    pub highest: i64,
}

impl Store {
    /// The vectors of a section's sentences that are there.
    pub fn sentence_vectors(
        &self,
        embedder: &str,
        section_id: i64,
    ) -> Result<Vec<VectorRow>, StoreError> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(
                "SELECT embedding.hash, scale, codes FROM chunk
                 JOIN embedding ON embedding.hash = chunk.hash AND embedder = ?1
                 WHERE section_id = ?2 AND role = 'sentence'",
            )?;
            let rows = query.query_map(params![embedder, section_id], |row| {
                Ok(VectorRow { hash: row.get(0)?, scale: row.get(1)?, codes: row.get(2)? })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// Contents without a vector of this model, from pieces with a number above `after`.
    ///
    /// Numbers only grow and a vector stays as long as its content, so a caller that goes on where
    /// it stopped reads each piece once.
    pub fn pending(
        &self,
        embedder: &str,
        turn: PendingTurn,
        after: i64,
        limit: usize,
    ) -> Result<PendingPage, StoreError> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(&format!(
                "SELECT id, hash, role, tokens, text FROM chunk WHERE {} AND id > ?2
                 AND NOT EXISTS(SELECT 1 FROM embedding
                     WHERE embedding.hash = chunk.hash AND embedder = ?1)
                 ORDER BY id LIMIT ?3",
                turn.filter()
            ))?;
            let rows = query.query_map(params![embedder, after, limit as i64], |row| {
                Ok(PendingRow {
                    chunk_id: row.get(0)?,
                    hash: row.get(1)?,
                    role: row.get(2)?,
                    tokens: row.get(3)?,
                    text: row.get(4)?,
                })
            })?;
            let rows: Vec<PendingRow> = rows.collect::<Result<_, _>>()?;
            let read_to = match rows.last() {
                Some(last) if rows.len() == limit => last.chunk_id,
                _ => highest(connection)?.max(after),
            };
            Ok(PendingPage { rows, read_to })
        })
    }

    /// How many pieces above a number have no vector of this model, and their tokens; and the
    /// highest number there is.
    pub fn count_pending(
        &self,
        embedder: &str,
        turn: PendingTurn,
        after: i64,
    ) -> Result<PendingCount, StoreError> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(&format!(
                "SELECT count(*), coalesce(sum(tokens), 0) FROM chunk WHERE {} AND id > ?2
                 AND NOT EXISTS(SELECT 1 FROM embedding
                     WHERE embedding.hash = chunk.hash AND embedder = ?1)",
                turn.filter()
            ))?;
            let (pieces, tokens) =
                query.query_row(params![embedder, after], |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok(PendingCount { pieces, tokens, highest: highest(connection)? })
        })
    }

    /// Whether any vector of this model is kept.
    pub fn has_vectors(&self, embedder: &str) -> Result<bool, StoreError> {
        self.read(|connection| {
            let query = "SELECT EXISTS(SELECT 1 FROM embedding WHERE embedder = ?1)";
            Ok(connection.query_row(query, [embedder], |row| row.get(0))?)
        })
    }

    /// Removes some vectors of models other than these; returns how many.
    pub fn forget_other_vectors(&self, kept: &[String], limit: usize) -> Result<usize, StoreError> {
        let kept = kept.to_vec();
        self.write(move |transaction| {
            let marks = vec!["?"; kept.len()].join(", ");
            let query = format!(
                "DELETE FROM embedding WHERE (hash, embedder) IN(
                 SELECT hash, embedder FROM embedding WHERE embedder NOT IN({marks})
                 LIMIT {limit})"
            );
            Ok(transaction.execute(&query, rusqlite::params_from_iter(&kept))?)
        })
    }

    /// Keeps vectors; content that has gone meanwhile is skipped.
    pub fn save_vectors(&self, embedder: &str, vectors: Vec<VectorRow>) -> Result<(), StoreError> {
        let embedder = embedder.to_owned();
        self.write(move |transaction| {
            let mut insert = transaction.prepare_cached(
                "INSERT OR REPLACE INTO embedding(hash, embedder, scale, codes)
                 SELECT ?1, ?2, ?3, ?4 WHERE EXISTS(SELECT 1 FROM chunk WHERE hash = ?1)",
            )?;
            for vector in &vectors {
                insert.execute(params![vector.hash, embedder, vector.scale, vector.codes])?;
            }
            Ok(())
        })
    }
}

/// The highest number any piece has.
fn highest(connection: &Connection) -> Result<i64, StoreError> {
    let query = "SELECT coalesce(max(id), 0) FROM chunk";
    Ok(connection.query_row(query, [], |row| row.get(0))?)
}

/// Removes vectors whose content is gone; runs at the end of every change of the knowledge.
///
/// Costs in proportion to what the change removed, however much there is besides.
pub(crate) fn sweep(transaction: &Transaction<'_>) -> Result<(), StoreError> {
    transaction.execute(
        "DELETE FROM embedding WHERE hash IN(
             SELECT hash FROM gone_content
             WHERE NOT EXISTS(SELECT 1 FROM chunk WHERE chunk.hash = gone_content.hash))",
        [],
    )?;
    transaction.execute("DELETE FROM gone_content", [])?;
    Ok(())
}
