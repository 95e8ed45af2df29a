//! Whether a graphics card computed a model rightly, by the last test on this computer.

use rusqlite::{OptionalExtension, params};

use crate::{Store, StoreError};

pub(crate) const CREATE: &str = "
    CREATE TABLE device_tests(
        device TEXT NOT NULL,
        description TEXT NOT NULL,
        build TEXT NOT NULL,
        model_sha256 TEXT NOT NULL,
        passed INTEGER NOT NULL,
        reason TEXT NOT NULL,
        processor_prefill_per_second REAL NOT NULL,
        device_prefill_per_second REAL NOT NULL,
        at INTEGER NOT NULL DEFAULT (unixepoch()),
        PRIMARY KEY(device, description, build, model_sha256)
    ) STRICT, WITHOUT ROWID;
";

/// What a result is about. When anything of it changes, the result says nothing any more.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeviceTestKey {
    /// The engine's name for the card.
    pub device: String,
    /// The driver's name for it, which with many drivers has their version.
    pub description: String,
    /// The engine's build.
    pub build: String,
    /// The model's file.
    pub model_sha256: String,
}

/// One result.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeviceTestRow {
    /// Whether the card wrote the same as the processor.
    pub passed: bool,
    /// Why not, in words for a person; empty if it passed.
    pub reason: String,
    /// Tokens of a prompt that the processor read in a second; 0 if unknown.
    pub processor_prefill_per_second: f64,
    /// The same for the card.
    pub device_prefill_per_second: f64,
}

impl Store {
    /// The last result about this, if there is one.
    pub fn device_test(&self, key: &DeviceTestKey) -> Result<Option<DeviceTestRow>, StoreError> {
        self.read(|connection| {
            let mut query = connection.prepare(
                "SELECT passed, reason, processor_prefill_per_second, device_prefill_per_second
                 FROM device_tests
                 WHERE device = ?1 AND description = ?2 AND build = ?3 AND model_sha256 = ?4",
            )?;
            let about = params![key.device, key.description, key.build, key.model_sha256];
            let row = query.query_row(about, |row| {
                Ok(DeviceTestRow {
                    passed: row.get(0)?,
                    reason: row.get(1)?,
                    processor_prefill_per_second: row.get(2)?,
                    device_prefill_per_second: row.get(3)?,
                })
            });
            Ok(row.optional()?)
        })
    }

    /// Keeps the newest result about this.
    pub fn save_device_test(
        &self,
        key: DeviceTestKey,
        row: DeviceTestRow,
    ) -> Result<(), StoreError> {
        self.write(move |transaction| {
            transaction.execute(
                "INSERT OR REPLACE INTO device_tests(device, description, build, model_sha256,
                 passed, reason, processor_prefill_per_second, device_prefill_per_second)
                 VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                params![
                    key.device,
                    key.description,
                    key.build,
                    key.model_sha256,
                    row.passed,
                    row.reason,
                    row.processor_prefill_per_second,
                    row.device_prefill_per_second
                ],
            )?;
            Ok(())
        })
    }

    /// Forgets what failed, so that it is tested again.
    pub fn forget_failed_device_tests(&self) -> Result<(), StoreError> {
        self.write(|transaction| {
            transaction.execute("DELETE FROM device_tests WHERE passed = 0", [])?;
            Ok(())
        })
    }
}
