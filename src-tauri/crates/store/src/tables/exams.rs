//! How well a model did in its exam on this computer.

use rusqlite::{OptionalExtension, params};

use crate::{Store, StoreError};

pub(crate) const CREATE: &str = "
    CREATE TABLE exam(
        model_key TEXT PRIMARY KEY,
        score REAL NOT NULL,
        report TEXT NOT NULL,
        at INTEGER NOT NULL DEFAULT (unixepoch())
    ) STRICT, WITHOUT ROWID;
";

impl Store {
    /// The score of a model from 0 to 1, if it sat the exam.
    pub fn exam(&self, model_key: &str) -> Result<Option<f32>, StoreError> {
        self.read(|connection| {
            let query = "SELECT score FROM exam WHERE model_key = ?1";
            Ok(connection.query_row(query, [model_key], |row| row.get(0)).optional()?)
        })
    }

    /// The report saved with a model's score.
    pub fn exam_report(&self, model_key: &str) -> Result<Option<String>, StoreError> {
        self.read(|connection| {
            let query = "SELECT report FROM exam WHERE model_key = ?1";
            Ok(connection.query_row(query, [model_key], |row| row.get(0)).optional()?)
        })
    }

    /// Keeps a model's newest result.
    pub fn save_exam(&self, model_key: &str, score: f32, report: &str) -> Result<(), StoreError> {
        let (model_key, report) = (model_key.to_owned(), report.to_owned());
        self.write(move |transaction| {
            transaction.execute(
                "INSERT INTO exam(model_key, score, report) VALUES(?1, ?2, ?3)
                 ON CONFLICT(model_key) DO UPDATE
                 SET score = excluded.score, report = excluded.report, at = unixepoch()",
                params![model_key, score, report],
            )?;
            Ok(())
        })
    }
}
