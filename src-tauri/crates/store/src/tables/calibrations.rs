//! What a model's scores mean for this desk: its measured thresholds, and the vectors of the
//! utterances they were measured with. Those belong to no source, so no change sweeps them away.

use rusqlite::{OptionalExtension, params};

use crate::{Store, StoreError, VectorRow};

pub(crate) const CREATE: &str = "
    CREATE TABLE calibration(
        embedder TEXT PRIMARY KEY,
        kb_version INTEGER NOT NULL,
        refuse_below REAL NOT NULL,
        answer_from REAL NOT NULL,
        negatives INTEGER NOT NULL,
        let_through INTEGER NOT NULL,
        positives INTEGER NOT NULL,
        kept INTEGER NOT NULL,
        weak_faqs TEXT NOT NULL,
        at INTEGER NOT NULL DEFAULT (unixepoch())
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE reference_vector(
        hash BLOB NOT NULL,
        embedder TEXT NOT NULL,
        scale REAL NOT NULL,
        codes BLOB NOT NULL,
        PRIMARY KEY(hash, embedder)
    ) STRICT, WITHOUT ROWID;
";

/// One model's thresholds on this desk.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CalibrationRow {
    /// The knowledge they were measured on.
    pub kb_version: i64,
    /// Below this the desk refuses.
    pub refuse_below: f32,
    /// From this on it answers.
    pub answer_from: f32,
    /// Utterances about anything else that were tried.
    pub negatives: i64,
    /// Of these, answered.
    pub let_through: i64,
    /// The desk's own questions that were tried.
    pub positives: i64,
    /// Of these, answered.
    pub kept: i64,
    /// FAQs that need other wordings.
    pub weak_faqs: Vec<i64>,
}

impl Store {
    /// The newest thresholds of a model.
    pub fn calibration(&self, embedder: &str) -> Result<Option<CalibrationRow>, StoreError> {
        self.read(|connection| {
            let mut query = connection.prepare(
                "SELECT kb_version, refuse_below, answer_from, negatives, let_through, positives,
                 kept, weak_faqs FROM calibration WHERE embedder = ?1",
            )?;
            let row = query.query_row([embedder], |row| {
                let weak: String = row.get(7)?;
                Ok(CalibrationRow {
                    kb_version: row.get(0)?,
                    refuse_below: row.get(1)?,
                    answer_from: row.get(2)?,
                    negatives: row.get(3)?,
                    let_through: row.get(4)?,
                    positives: row.get(5)?,
                    kept: row.get(6)?,
                    weak_faqs: weak.split(' ').filter_map(|id| id.parse().ok()).collect(),
                })
            });
            Ok(row.optional()?)
        })
    }

    /// The vectors a model made of reference texts.
    pub fn reference_vectors(&self, embedder: &str) -> Result<Vec<VectorRow>, StoreError> {
        self.read(|connection| {
            let mut query = connection
                .prepare("SELECT hash, scale, codes FROM reference_vector WHERE embedder = ?1")?;
            let rows = query.query_map([embedder], |row| {
                Ok(VectorRow { hash: row.get(0)?, scale: row.get(1)?, codes: row.get(2)? })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// Keeps a model's newest thresholds.
    pub fn save_calibration(&self, embedder: &str, row: CalibrationRow) -> Result<(), StoreError> {
        let embedder = embedder.to_owned();
        self.write(move |transaction| {
            let weak: Vec<String> = row.weak_faqs.iter().map(i64::to_string).collect();
            transaction.execute(
                "INSERT OR REPLACE INTO calibration(embedder, kb_version, refuse_below,
                 answer_from, negatives, let_through, positives, kept, weak_faqs)
                 VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                params![
                    embedder,
                    row.kb_version,
                    row.refuse_below,
                    row.answer_from,
                    row.negatives,
                    row.let_through,
                    row.positives,
                    row.kept,
                    weak.join(" ")
                ],
            )?;
            Ok(())
        })
    }

    /// Keeps vectors of reference texts.
    pub fn save_reference_vectors(
        &self,
        embedder: &str,
        vectors: Vec<VectorRow>,
    ) -> Result<(), StoreError> {
        let embedder = embedder.to_owned();
        self.write(move |transaction| {
            let mut insert = transaction.prepare_cached(
                "INSERT OR REPLACE INTO reference_vector(hash, embedder, scale, codes)
                 VALUES(?1, ?2, ?3, ?4)",
            )?;
            for vector in &vectors {
                insert.execute(params![vector.hash, embedder, vector.scale, vector.codes])?;
            }
            Ok(())
        })
    }
}
