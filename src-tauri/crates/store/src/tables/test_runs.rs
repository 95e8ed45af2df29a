//! Runs of the test bench with the result of each question.

use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::{Store, StoreError};

pub(crate) const CREATE: &str = "
    CREATE TABLE test_run(
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        at INTEGER NOT NULL DEFAULT (unixepoch()),
        reason TEXT NOT NULL,
        kb_version INTEGER NOT NULL,
        embedder TEXT NOT NULL,
        milliseconds INTEGER NOT NULL,
        last_revision INTEGER NOT NULL,
        last_change INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE test_result(
        run_id INTEGER NOT NULL REFERENCES test_run(id) ON DELETE CASCADE,
        case_id INTEGER NOT NULL,
        question TEXT NOT NULL,
        passed INTEGER NOT NULL,
        outcome TEXT NOT NULL,
        why TEXT NOT NULL,
        route TEXT NOT NULL,
        score REAL NOT NULL,
        answer TEXT NOT NULL,
        PRIMARY KEY(run_id, case_id)
    ) STRICT, WITHOUT ROWID;
";

/// Runs that are kept, besides those of published versions.
const KEPT: i64 = 50;

const COLUMNS: &str =
    "id, at, reason, kb_version, embedder, milliseconds, last_revision, last_change";

/// One run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TestRunRow {
    /// The run's number; ignored when saving.
    pub id: i64,
    /// Unix seconds; ignored when saving.
    pub at: i64,
    /// What started it.
    pub reason: String,
    /// Version of the knowledge that was tested.
    pub kb_version: i64,
    /// The model that found passages; empty for words alone.
    pub embedder: String,
    /// How long it took.
    pub milliseconds: i64,
    /// The newest revision of an answer at the time.
    pub last_revision: i64,
    /// The newest change of a document at the time.
    pub last_change: i64,
    /// One for each question.
    pub results: Vec<TestResultRow>,
}

/// What became of one question.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TestResultRow {
    /// The case.
    pub case_id: i64,
    /// Its question at the time.
    pub question: String,
    /// As it should be.
    pub passed: bool,
    /// `right`, `asked_back`, `refused` or `wrong`.
    pub outcome: String,
    /// What was not as it should be.
    pub why: String,
    /// The lane that answered.
    pub route: String,
    /// Fused score.
    pub score: f32,
    /// The answer.
    pub answer: String,
}

impl Store {
    /// The newest runs with their results, newest first.
    pub fn test_runs(&self, limit: usize) -> Result<Vec<TestRunRow>, StoreError> {
        self.read(|connection| {
            let query = format!("SELECT {COLUMNS} FROM test_run ORDER BY id DESC LIMIT ?1");
            let mut query = connection.prepare_cached(&query)?;
            let rows = query.query_map([limit as i64], read)?;
            let mut runs: Vec<TestRunRow> = rows.collect::<Result<_, _>>()?;
            for run in &mut runs {
                run.results = results(connection, run.id)?;
            }
            Ok(runs)
        })
    }

    /// One run, and the one before it.
    pub fn test_run(&self, id: i64) -> Result<Vec<TestRunRow>, StoreError> {
        self.read(|connection| {
            let query =
                format!("SELECT {COLUMNS} FROM test_run WHERE id <= ?1 ORDER BY id DESC LIMIT 2");
            let mut query = connection.prepare_cached(&query)?;
            let rows = query.query_map([id], read)?;
            let mut runs: Vec<TestRunRow> = rows.collect::<Result<_, _>>()?;
            for run in &mut runs {
                run.results = results(connection, run.id)?;
            }
            Ok(runs)
        })
    }

    /// The version of the knowledge that was tested last.
    pub fn tested_version(&self) -> Result<Option<i64>, StoreError> {
        self.read(|connection| {
            let query = "SELECT kb_version FROM test_run ORDER BY id DESC LIMIT 1";
            Ok(connection.query_row(query, [], |row| row.get(0)).optional()?)
        })
    }

    /// Keeps a run and returns its number.
    pub fn save_test_run(&self, run: TestRunRow) -> Result<i64, StoreError> {
        self.write(move |transaction| {
            transaction.execute(
                "INSERT INTO test_run(reason, kb_version, embedder, milliseconds, last_revision,
                 last_change) VALUES(?1, ?2, ?3, ?4, ?5, ?6)",
                params![
                    run.reason,
                    run.kb_version,
                    run.embedder,
                    run.milliseconds,
                    run.last_revision,
                    run.last_change
                ],
            )?;
            let id = transaction.last_insert_rowid();
            let mut insert = transaction.prepare_cached(
                "INSERT INTO test_result(run_id, case_id, question, passed, outcome, why, route,
                 score, answer) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            )?;
            for result in &run.results {
                insert.execute(params![
                    id,
                    result.case_id,
                    result.question,
                    result.passed,
                    result.outcome,
                    result.why,
                    result.route,
                    if result.score.is_finite() { result.score } else { 0.0 },
                    result.answer,
                ])?;
            }
            transaction.execute(
                "DELETE FROM test_run WHERE id NOT IN
                 (SELECT id FROM test_run ORDER BY id DESC LIMIT ?1)
                 AND id NOT IN (SELECT run_id FROM version WHERE run_id IS NOT NULL)",
                [KEPT],
            )?;
            Ok(id)
        })
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<TestRunRow> {
    Ok(TestRunRow {
        id: row.get(0)?,
        at: row.get(1)?,
        reason: row.get(2)?,
        kb_version: row.get(3)?,
        embedder: row.get(4)?,
        milliseconds: row.get(5)?,
        last_revision: row.get(6)?,
        last_change: row.get(7)?,
        results: Vec::new(),
    })
}

fn results(connection: &Connection, run_id: i64) -> Result<Vec<TestResultRow>, StoreError> {
    let mut query = connection.prepare_cached(
        "SELECT case_id, question, passed, outcome, why, route, score, answer
         FROM test_result WHERE run_id = ?1 ORDER BY case_id",
    )?;
    let rows = query.query_map([run_id], |row| {
        Ok(TestResultRow {
            case_id: row.get(0)?,
            question: row.get(1)?,
            passed: row.get(2)?,
            outcome: row.get(3)?,
            why: row.get(4)?,
            route: row.get(5)?,
            score: row.get(6)?,
            answer: row.get(7)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
