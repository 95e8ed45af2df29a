//! How fast a model is on this computer. The newest measurement of each model, device, program
//! version and number of threads is kept.

use rusqlite::{OptionalExtension, Row, params};

use crate::{Store, StoreError};

pub(crate) const CREATE: &str = "
    CREATE TABLE speed(
        sha256 TEXT NOT NULL,
        device TEXT NOT NULL,
        version TEXT NOT NULL,
        threads INTEGER NOT NULL,
        model TEXT NOT NULL,
        load_ms INTEGER NOT NULL,
        prefill_per_second REAL NOT NULL,
        step_base_s REAL NOT NULL,
        step_each_s REAL NOT NULL,
        r_squared REAL NOT NULL,
        threads_better INTEGER,
        light_s REAL,
        notes TEXT NOT NULL,
        at INTEGER NOT NULL,
        PRIMARY KEY(sha256, device, version, threads)
    ) STRICT, WITHOUT ROWID;
";

/// One measurement.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SpeedRow {
    /// The model's bytes.
    pub sha256: String,
    /// What it ran on, in the engine's words.
    pub device: String,
    /// The program's version.
    pub version: String,
    /// Threads that computed.
    pub threads: i64,
    /// The model's id at that time.
    pub model: String,
    /// Milliseconds to load it.
    pub load_ms: i64,
    /// Tokens of a prompt read in a second.
    pub prefill_per_second: f64,
    /// Seconds of a step whatever is in it.
    pub step_base_s: f64,
    /// Seconds more for each text in a step.
    pub step_each_s: f64,
    /// How well a straight line fits the steps.
    pub r_squared: f64,
    /// Threads that are clearly faster than what the engine takes by itself, if any are.
    pub threads_better: Option<i64>,
    /// Processor seconds of a question that no model answers, if it was measured.
    pub light_s: Option<f64>,
    /// What may have made it slower than usual.
    pub notes: Vec<String>,
    /// When, seconds since 1970.
    pub at: i64,
}

const COLUMNS: &str = "sha256, device, version, threads, model, load_ms, prefill_per_second,
    step_base_s, step_each_s, r_squared, threads_better, light_s, notes, at";

impl Store {
    /// The newest measurement of a model.
    pub fn speed(&self, sha256: &str) -> Result<Option<SpeedRow>, StoreError> {
        self.read(|connection| {
            let query =
                format!("SELECT {COLUMNS} FROM speed WHERE sha256 = ?1 ORDER BY at DESC LIMIT 1");
            Ok(connection.query_row(&query, [sha256], read).optional()?)
        })
    }

    /// The newest measurement of every model, newest first.
    pub fn speeds(&self) -> Result<Vec<SpeedRow>, StoreError> {
        self.read(|connection| {
            let mut query = connection.prepare(&format!(
                "SELECT {COLUMNS} FROM speed AS one WHERE at = (
                     SELECT max(at) FROM speed WHERE sha256 = one.sha256
                 ) GROUP BY sha256 ORDER BY at DESC"
            ))?;
            let rows = query.query_map([], read)?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// Keeps a measurement in place of the one before.
    pub fn save_speed(&self, row: &SpeedRow) -> Result<(), StoreError> {
        let row = row.clone();
        self.write(move |transaction| {
            transaction.execute(
                &format!(
                    "INSERT OR REPLACE INTO speed({COLUMNS})
                     VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)"
                ),
                params![
                    row.sha256,
                    row.device,
                    row.version,
                    row.threads,
                    row.model,
                    row.load_ms,
                    row.prefill_per_second,
                    row.step_base_s,
                    row.step_each_s,
                    row.r_squared,
                    row.threads_better,
                    row.light_s,
                    row.notes.join("\n"),
                    row.at,
                ],
            )?;
            Ok(())
        })
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<SpeedRow> {
    let notes: String = row.get(12)?;
    Ok(SpeedRow {
        sha256: row.get(0)?,
        device: row.get(1)?,
        version: row.get(2)?,
        threads: row.get(3)?,
        model: row.get(4)?,
        load_ms: row.get(5)?,
        prefill_per_second: row.get(6)?,
        step_base_s: row.get(7)?,
        step_each_s: row.get(8)?,
        r_squared: row.get(9)?,
        threads_better: row.get(10)?,
        light_s: row.get(11)?,
        notes: notes.lines().map(ToOwned::to_owned).collect(),
        at: row.get(13)?,
    })
}
