//! The check before the doors open.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What staff may ask of it.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(tag = "what", rename_all = "snake_case", deny_unknown_fields)]
#[ts(export, export_to = "wire.ts")]
pub enum OpeningCommand {
    /// How it is now.
    State,
}

/// What a command comes back with.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(tag = "of", rename_all = "snake_case")]
#[ts(export, export_to = "wire.ts")]
pub enum OpeningReply {
    /// Done, nothing to say.
    Done,
}
