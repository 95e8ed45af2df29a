//! What visitors and the desk said, with everything personal masked.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Route, StaffMessage};

/// What staff may ask of it.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(tag = "what", rename_all = "snake_case", deny_unknown_fields)]
#[ts(export, export_to = "wire.ts")]
pub enum ConversationsCommand {
    /// How much was said in all.
    State,
    /// Conversations, newest first.
    List {
        /// Which of them.
        #[serde(default)]
        filter: TalkFilter,
        /// Rows to skip.
        #[serde(default)]
        offset: u32,
        /// Rows to return, at most 200.
        #[serde(default = "default_limit")]
        limit: u32,
    },
    /// One conversation with everything said.
    One {
        /// Its number.
        id: String,
    },
    /// Conversations as a file that staff keep.
    Export {
        /// Which of them.
        #[serde(default)]
        filter: TalkFilter,
        /// How it is written.
        format: ExportFormat,
        /// Where the file goes.
        to: ExportTo,
    },
    /// Erases conversations for good; what can be counted stays.
    Erase {
        /// These, or with `null` all.
        ids: Option<Vec<String>>,
    },
}

/// Which conversations are wanted.
#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export, export_to = "wire.ts", optional_fields)]
pub struct TalkFilter {
    /// Words that a question or an answer must hold.
    #[serde(default)]
    pub contains: Option<String>,
    /// A lane that must have answered in it.
    #[serde(default)]
    pub route: Option<Route>,
    /// Unix seconds; the last question is not older.
    #[serde(default)]
    pub from: Option<i64>,
    /// Unix seconds; the last question is older.
    #[serde(default)]
    pub until: Option<i64>,
}

/// How an export is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "wire.ts")]
pub enum ExportFormat {
    /// A table with one line for each question.
    Csv,
    /// Conversations with their questions.
    Json,
}

/// Where an export goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "to", rename_all = "snake_case", deny_unknown_fields)]
#[ts(export, export_to = "wire.ts")]
pub enum ExportTo {
    /// A folder that the person picks. Only where there is a window.
    Chosen,
    /// A folder on this computer.
    Folder {
        /// Its path.
        path: String,
    },
    /// Back to the caller, who keeps it.
    Page,
}

fn default_limit() -> u32 {
    100
}

/// What a command comes back with.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(tag = "of", rename_all = "snake_case")]
#[ts(export, export_to = "wire.ts")]
pub enum ConversationsReply {
    /// Reply to `state`.
    State(TalkCounts),
    /// Reply to `list`.
    Talks {
        /// The page asked for.
        talks: Vec<TalkView>,
        /// How many match.
        total: u32,
        /// How much was said in all.
        all: TalkCounts,
    },
    /// Reply to `one`.
    Talk(Box<TalkDetail>),
    /// Reply to `export`: a file was written, or its text is here.
    Exported {
        /// The name of the file, with its folder where one was written.
        file: String,
        /// The text, for a caller that keeps it.
        text: Option<String>,
        /// Conversations in it.
        conversations: u32,
        /// Questions in it.
        turns: u32,
    },
    /// Reply to `export` when the person picked no folder.
    Nowhere,
    /// Reply to `erase`.
    Erased {
        /// Conversations that are gone.
        conversations: u32,
        /// Questions that went with them.
        turns: u32,
        /// Questions without an answer that went with them.
        gaps: u32,
        /// Conversations left alone, because somebody waits for a person.
        waiting: u32,
    },
}

/// How much was said in all.
#[derive(Clone, Copy, Debug, Default, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct TalkCounts {
    /// Conversations.
    pub conversations: u32,
    /// Questions in them.
    pub turns: u32,
    /// Conversations in which somebody waits for a person.
    pub waiting: u32,
    /// Questions in those.
    pub waiting_turns: u32,
}

/// One conversation in the list.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct TalkView {
    /// Its number.
    pub id: String,
    /// Unix seconds of the first question.
    pub started_at: i64,
    /// Unix seconds of the last one.
    pub last_at: i64,
    /// BCP 47 language; empty where it is not known.
    pub language: String,
    /// Questions asked.
    pub turns: u32,
    /// The last question, masked; empty where the words were erased.
    pub last_question: String,
    /// The lanes that answered, each once.
    pub routes: Vec<Route>,
    /// Somebody pressed the thumb down, or complained.
    pub unhappy: bool,
    /// The words were erased; only numbers are left.
    pub erased: bool,
    /// The ticket of somebody who still waits.
    pub ticket: Option<i64>,
}

/// One conversation with everything said.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct TalkDetail {
    /// Its number.
    pub id: String,
    /// Oldest first.
    pub turns: Vec<SaidView>,
    /// What staff wrote in it, oldest first.
    pub staff: Vec<StaffMessage>,
}

/// One question and its answer, masked.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct SaidView {
    /// The turn's number, for `why_turn`.
    pub turn_id: i64,
    /// Unix seconds.
    pub at: i64,
    /// BCP 47 language; empty where it is not known.
    pub language: String,
    /// The visitor's words.
    pub question: String,
    /// What was shown.
    pub answer: String,
    /// Which lane answered.
    pub route: Route,
    /// Where the answer is from, in the order of its numbers.
    pub sources: Vec<String>,
    /// The visitor's verdict.
    pub helpful: Option<bool>,
    /// What the visitor wrote beside it.
    pub note: String,
    /// Milliseconds of the whole turn.
    pub total_ms: f64,
    /// The answer was cut short.
    pub interrupted: bool,
    /// The words were erased.
    pub erased: bool,
}
