//! The newest lines of the program's log.

use crate::core::Core;
use crate::wire::{ApiError, Code, ComputerReply};

/// Lines one reply may hold.
const MOST_LINES: u32 = 1_000;

impl Core {
    /// What happened lately, as the log files have it, and where they lie.
    pub(super) fn log(&self, lines: u32) -> Result<ComputerReply, ApiError> {
        let folder = logs::folder(self.store.folder());
        let found = logs::last_lines(&folder, lines.min(MOST_LINES) as usize);
        let lines = found.map_err(|error| ApiError {
            code: Code::DataFolder,
            message: error.to_string(),
            hint: Some("Look whether the data folder can be read.".into()),
        })?;
        Ok(ComputerReply::Log { lines, folder: folder.display().to_string() })
    }
}
