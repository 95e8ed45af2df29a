//! What is kept of people, for how long, and how it goes.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What staff may ask of it.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(tag = "what", rename_all = "snake_case", deny_unknown_fields)]
#[ts(export, export_to = "wire.ts")]
pub enum PrivacyCommand {
    /// What is kept, where, how long, and how much there is now.
    State,
    /// Changes how long; what is due by it is erased at once.
    Change(PrivacyTimes),
    /// How much such times would erase at once.
    WouldErase(PrivacyTimes),
    /// Erases now what was said, whatever its age.
    EraseNow {
        /// Also wishes for a person, even those that nobody has come for.
        tickets: bool,
        /// Also the questions without an answer.
        gaps: bool,
    },
    /// Writes everything that is kept of people into a folder, for whoever asks to see it.
    ExportAll {
        /// A folder on this computer or on a stick.
        folder: String,
    },
}

/// How long texts are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export, export_to = "wire.ts")]
pub struct PrivacyTimes {
    /// Hours for the visitors' screen; 0 until the visitor leaves.
    pub kiosk_hours: u32,
    /// Days for other conversations.
    pub conversation_days: u32,
    /// Days for wishes for a person.
    pub ticket_days: u32,
}

/// What a command comes back with.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(tag = "of", rename_all = "snake_case")]
#[ts(export, export_to = "wire.ts")]
pub enum PrivacyReply {
    /// Reply to `state` and `change`.
    Privacy(PrivacyView),
    /// Reply to `erase_now`.
    Erased(ErasedView),
    /// Reply to `would_erase`.
    WouldErase(ErasedView),
    /// Reply to `export_all`.
    Exported {
        /// The files that were written.
        files: Vec<String>,
        /// Questions in them.
        questions: u32,
        /// Wishes for a person in them.
        tickets: u32,
    },
}

/// What is kept of people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct PrivacyView {
    /// How long.
    pub times: PrivacyTimes,
    /// Where: the data folder.
    pub folder: String,
    /// Conversations on the visitors' screen that are kept now.
    pub kiosk_conversations: u32,
    /// Other conversations that are kept now.
    pub conversations: u32,
    /// Questions with their words, of both.
    pub questions: u32,
    /// Seconds since 1970 of the oldest that is kept.
    #[ts(type = "number | null")]
    pub oldest_at: Option<i64>,
    /// Wishes for a person with words in them.
    pub tickets: u32,
    /// Wordings of questions without an answer, without personal data.
    pub gaps: u32,
    /// Questions of which only route, time and rating are left.
    pub numbers: u32,
    /// Seconds since 1970 of the last look for what is due.
    #[ts(type = "number | null")]
    pub looked_at: Option<i64>,
    /// Nothing is erased by age for a while, because the clock jumped.
    pub waits_for_clock: bool,
    /// Models that this run of the program asked a server about, at the word of staff.
    pub downloads: Vec<String>,
    /// Databases that are asked for orders over a connection, without their passwords.
    pub databases: Vec<String>,
}

/// How much was erased.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct ErasedView {
    /// Conversations.
    pub conversations: u32,
    /// Wishes for a person.
    pub tickets: u32,
    /// Wordings of questions without an answer.
    pub gaps: u32,
    /// Conversations left alone, because somebody in them waits for a person.
    pub waiting: u32,
}
