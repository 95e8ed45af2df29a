//! The first run: which desk this is, and how far somebody has come.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What staff may do in the first run.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(tag = "what", rename_all = "snake_case", deny_unknown_fields)]
#[ts(export, export_to = "wire.ts")]
pub enum SetupCommand {
    /// How far it is.
    State,
    /// Remembers where somebody is, to go on there.
    SaveStep {
        /// From 0.
        step: u32,
    },
    /// Makes this desk one of a kind: what it started with goes, the kit's drafts come.
    ChooseKit {
        /// One of [`SetupView::kits`].
        kit: String,
        /// The shop's own name; empty for the kit's.
        name: String,
    },
    /// It is over, whether done or left out. Suggests questions that the desk can answer.
    Finish,
    /// Starts it again from the first step; nothing is changed by that.
    Again,
}

/// What a command of the first run comes back with.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(tag = "of", rename_all = "snake_case")]
#[ts(export, export_to = "wire.ts")]
pub enum SetupReply {
    /// How far it is.
    Setup(SetupView),
}

/// How far the first run is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct SetupView {
    /// Show it now: the desk is new, nobody has finished it, and somebody sits at the window.
    pub due: bool,
    /// It was finished or left out, or the desk is older than it.
    pub done: bool,
    /// The step somebody was at, from 0.
    pub step: u32,
    /// The kit this desk is of.
    pub kit: String,
    /// Every kit there is, the sample shop last.
    pub kits: Vec<String>,
    /// Answers that visitors get.
    pub live: u32,
    /// Answers that wait for somebody's own words or approval.
    pub drafts: u32,
}
