//! Vectors as small integers with one scale, named by content and by the model that made them.
//!
//! Because the name is the content, importing a file again makes only the vectors that are new.

use rusqlite::{Transaction, params};

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

/// One content that has no vector yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingRow {
    /// Names the content.
    pub hash: [u8; 32],
    /// What it stands for.
    pub role: Role,
    /// The words to embed.
    pub text: String,
}

impl Store {
    /// Every vector of a model that a searchable piece uses.
    pub fn vectors(&self, embedder: &str) -> Result<Vec<VectorRow>, StoreError> {
        self.read(|connection| {
            let mut query = connection.prepare(
                "SELECT embedding.hash, scale, codes
                 FROM (SELECT DISTINCT hash FROM chunk WHERE role <> 'sentence') AS used
                 JOIN embedding ON embedding.hash = used.hash AND embedder = ?1",
            )?;
            let rows = query.query_map([embedder], |row| {
                Ok(VectorRow { hash: row.get(0)?, scale: row.get(1)?, codes: row.get(2)? })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

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

    /// Contents without a vector of this model: questions first, then texts, then sentences.
    pub fn pending(&self, embedder: &str) -> Result<Vec<PendingRow>, StoreError> {
        self.read(|connection| {
            let mut query = connection.prepare(
                "SELECT hash, role, text,
                 min(CASE role WHEN 'faq_q' THEN 0 WHEN 'faq_alt' THEN 0
                     WHEN 'sentence' THEN 2 ELSE 1 END) AS turn
                 FROM chunk WHERE NOT EXISTS(SELECT 1 FROM embedding
                     WHERE embedding.hash = chunk.hash AND embedder = ?1)
                 GROUP BY hash ORDER BY turn, min(id)",
            )?;
            let rows = query.query_map([embedder], |row| {
                Ok(PendingRow { hash: row.get(0)?, role: row.get(1)?, text: row.get(2)? })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// Pieces of documents and approved answers, and how many of them have a vector.
    pub fn count_embedded(&self, embedder: &str) -> Result<i64, StoreError> {
        self.read(|connection| {
            Ok(connection.query_row(
                "SELECT count(*) FROM chunk WHERE role IN('body', 'table_row') AND EXISTS(
                 SELECT 1 FROM embedding WHERE embedding.hash = chunk.hash AND embedder = ?1)",
                [embedder],
                |row| row.get(0),
            )?)
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

/// Removes vectors whose content is gone; runs at the end of every change of the knowledge.
pub(crate) fn sweep(transaction: &Transaction<'_>) -> Result<(), StoreError> {
    transaction.execute(
        "DELETE FROM embedding
         WHERE NOT EXISTS(SELECT 1 FROM chunk WHERE chunk.hash = embedding.hash)",
        [],
    )?;
    Ok(())
}
