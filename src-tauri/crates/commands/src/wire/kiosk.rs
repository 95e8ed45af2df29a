//! The visitors' screen as staff set it up, and what keeps it locked.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::TopicFace;

/// What staff may ask of it.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(tag = "what", rename_all = "snake_case", deny_unknown_fields)]
#[ts(export, export_to = "wire.ts")]
pub enum KioskCommand {
    /// How it is now.
    State,
    /// Changes some of it; what is not named stays.
    Change(KioskChange),
    /// Opens the visitors' screen on this computer and closes the staff window.
    Start,
    /// Writes the files with which the operating system locks the screen too.
    WriteLockFiles {
        /// Where a folder with them is made; without it the window asks.
        #[serde(default)]
        folder: Option<String>,
    },
    /// Looks what is in force on this computer.
    LockCheck,
}

/// What a command comes back with.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(tag = "of", rename_all = "snake_case")]
#[ts(export, export_to = "wire.ts")]
pub enum KioskReply {
    /// Done, nothing to say.
    Done,
    /// How the visitors' screen is set up.
    Screen(KioskView),
    /// What is in force on this computer.
    Lock {
        /// One row per thing that was looked at.
        checks: Vec<LockCheckView>,
    },
    /// The files are written.
    Written {
        /// Where they lie.
        folder: String,
        /// Their names below it.
        files: Vec<String>,
    },
}

/// How the visitors' screen is set up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct KioskView {
    /// Seconds without a touch until it asks whether somebody is still there.
    pub idle_s: u32,
    /// Seconds from then until everything of the visitor is forgotten.
    pub warning_s: u32,
    /// The buttons staff wrote; none stands for the desk's suggestions.
    pub topics: Vec<TopicFace>,
    /// What visitors see where staff wrote none.
    pub usual_topics: Vec<TopicFace>,
    /// The languages staff chose; none stands for all.
    pub languages: Vec<String>,
    /// Every language the visitors' screen speaks.
    pub known_languages: Vec<String>,
    /// Everything to touch lies in the lower part of the screen.
    pub low_reach: bool,
    /// Answers can be read aloud.
    pub speech: bool,
    /// An answer can be taken along.
    pub take_along: bool,
    /// The keyboard is shown on the screen.
    pub keyboard: bool,
    /// A tour for presenters is offered.
    pub demo: bool,
    /// The program starts with the visitors' screen.
    pub start_in_kiosk: bool,
    /// A PIN is set, so that staff can leave the screen with it.
    pub has_pin: bool,
    /// There is a window here that can show it.
    pub has_window: bool,
}

/// A change of some of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
#[ts(export, export_to = "wire.ts", optional_fields)]
pub struct KioskChange {
    /// Seconds without a touch, 20 to 600.
    pub idle_s: Option<u32>,
    /// Seconds of warning, 5 to 60.
    pub warning_s: Option<u32>,
    /// The buttons; an empty list goes back to the desk's suggestions.
    pub topics: Option<Vec<TopicFace>>,
    /// The languages; an empty list goes back to all.
    pub languages: Option<Vec<String>>,
    /// Everything to touch lies low.
    pub low_reach: Option<bool>,
    /// Answers can be read aloud.
    pub speech: Option<bool>,
    /// An answer can be taken along.
    pub take_along: Option<bool>,
    /// The keyboard is shown.
    pub keyboard: Option<bool>,
    /// A tour is offered.
    pub demo: Option<bool>,
    /// The program starts with it.
    pub start_in_kiosk: Option<bool>,
}

/// One thing that keeps the screen locked, or does not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct LockCheckView {
    /// Which one.
    pub id: LockCheckId,
    /// Whether it is in force.
    pub state: LockState,
    /// What was found, lower case.
    pub message: String,
    /// What the person can do; empty where nothing is to be done.
    pub hint: String,
}

/// What is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "wire.ts")]
pub enum LockCheckId {
    /// A PIN to leave with.
    Pin,
    /// The screen comes by itself when the computer starts.
    Starts,
    /// The screen comes back after a crash of the whole session.
    ComesBack,
    /// Nothing but this program has a place on the screen.
    Alone,
    /// No other terminal can be reached by keyboard.
    Terminals,
    /// The account that shows it may change nothing of the computer.
    Account,
}

/// Whether something is in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "wire.ts")]
pub enum LockState {
    /// It is.
    InForce,
    /// It is not.
    NotInForce,
    /// It cannot be told from here.
    Unknown,
}
