//! The visitors' screen as staff set it up, and what keeps it locked.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What staff may ask of it.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(tag = "what", rename_all = "snake_case", deny_unknown_fields)]
#[ts(export, export_to = "wire.ts")]
pub enum KioskCommand {
    /// How it is now.
    State,
}

/// What a command comes back with.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(tag = "of", rename_all = "snake_case")]
#[ts(export, export_to = "wire.ts")]
pub enum KioskReply {
    /// Done, nothing to say.
    Done,
}
