//! What every caller sees when something fails.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What every caller sees when something fails.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct ApiError {
    /// For programs.
    pub code: Code,
    /// Lower case, names the thing.
    pub message: String,
    /// What the person at the counter can do now.
    pub hint: Option<String>,
}

/// Kinds of failure that a caller treats differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "wire.ts")]
pub enum Code {
    /// The request makes no sense; asking again will not help.
    Invalid,
    /// This caller may not do this.
    Forbidden,
    /// There is no such thing.
    NotFound,
    /// Not possible here, such as a file dialog without a window.
    Unavailable,
    /// A file could not be read or understood.
    BadFile,
    /// The data folder cannot be opened.
    DataFolder,
    /// The data is from a newer version and was left untouched.
    DataNewer,
    /// A model was refused.
    ModelRefused,
    /// The engine is not answering; search and approved answers go on.
    EngineDown,
    /// Too much at once; try again.
    Busy,
    /// The visitor stopped it.
    Cancelled,
    /// A defect of ours.
    Internal,
}
