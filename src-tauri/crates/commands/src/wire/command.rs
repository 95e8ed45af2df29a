//! What callers send: one enum per surface.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{ActivateOrders, VerifyOrder};

/// What a visitor may ask for. Everything else is refused before it is looked at.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
#[ts(export, export_to = "wire.ts")]
pub enum VisitorCommand {
    /// The name of the desk, its welcome and its suggested questions.
    Greet,
    /// Answers one question; events stream while it is worked on.
    Ask(Ask),
    /// Stops an answer that is being worked on.
    Cancel {
        /// The id the caller gave with [`Ask`].
        ask_id: String,
    },
    /// Says whether an answer helped.
    Rate {
        /// The turn's number from [`Turn::turn_id`].
        turn_id: i64,
        /// Thumbs up or down.
        helpful: bool,
    },
    /// The whole passage behind a citation of a turn this conversation has seen.
    OpenSource {
        /// The turn's number from [`Turn::turn_id`].
        turn_id: i64,
        /// The citation's number, from 1.
        n: u32,
    },
    /// Tries to open an order with its number and something only its owner knows.
    VerifyOrder(VerifyOrder),
    /// Forgets the conversation: the visitor has gone.
    StartOver {
        /// The conversation to forget.
        conversation: String,
    },
}

/// One question.
#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export, export_to = "wire.ts", optional_fields)]
pub struct Ask {
    /// Chosen by the caller; needed to cancel.
    #[serde(default)]
    pub ask_id: String,
    /// The visitor's words, at most 1,000 characters are read.
    pub question: String,
    /// Turns with the same conversation id may refer to each other.
    #[serde(default)]
    pub conversation: Option<String>,
    /// BCP 47 language of the visitor's screen.
    #[serde(default)]
    pub language: Option<String>,
}

/// What staff may ask for.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
#[ts(export, export_to = "wire.ts")]
pub enum StaffCommand {
    /// Engine, models, data and machine, with what is wrong and what to do.
    Doctor,
    /// The engine's state alone, cheap enough to ask every few seconds.
    Health,
    /// Every source with its counts and warnings.
    Sources,
    /// Approved answers, newest first.
    Faqs {
        /// Text the question or answer must contain; empty for all.
        #[serde(default)]
        contains: String,
        /// Rows to skip.
        #[serde(default)]
        offset: u32,
        /// Rows to return, at most 500.
        #[serde(default = "default_limit")]
        limit: u32,
    },
    /// Adds one question and its answer as a draft.
    AddFaq {
        /// As a visitor would ask it.
        question: String,
        /// Shown word for word once approved.
        answer: String,
        /// Other ways to ask it.
        #[serde(default)]
        alternatives: Vec<String>,
    },
    /// Lets visitors see an answer, or takes it back.
    SetFaqStatus {
        /// The FAQ's number.
        id: i64,
        /// `draft`, `approved` or `retired`.
        status: FaqStatus,
    },
    /// Lets the person pick files, then imports them. Only where there is a window.
    ChooseAndImport,
    /// Imports files and folders by path.
    Import {
        /// Files and folders on this computer.
        paths: Vec<String>,
    },
    /// Removes a document and everything made from it.
    RemoveSource {
        /// The source's number.
        id: i64,
    },
    /// Questions the desk could not answer, most asked first.
    Gaps,
    /// Evidence for a question with its scores, no answer.
    Search {
        /// The question.
        question: String,
        /// How many hits, at most 50.
        #[serde(default = "default_top")]
        top: u32,
    },
    /// Drafts which column of a table of orders holds what.
    ProposeOrders {
        /// A CSV file, `shop.db#table`, or a database's URL with `#table`.
        from: String,
    },
    /// Checks a table of orders with real rows, and lets visitors look their orders up.
    ActivateOrders(ActivateOrders),
    /// Where orders come from.
    OrderSources,
    /// Forgets a source and its orders.
    RemoveOrderSource {
        /// The source's number.
        id: i64,
    },
    /// Forgets the wrong tries of an order.
    UnlockOrder {
        /// The order's number.
        number: String,
    },
    /// Lets the chat model sit its exam on this computer; takes a minute or more.
    SitExam,
    /// The settings as they are.
    Settings,
    /// Changes settings; what is not named stays.
    ChangeSettings(SettingsChange),
}

fn default_limit() -> u32 {
    100
}

fn default_top() -> u32 {
    5
}

/// The state of an approved answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "wire.ts")]
pub enum FaqStatus {
    /// Not shown to visitors.
    Draft,
    /// Shown word for word.
    Approved,
    /// Taken back; kept for the record.
    Retired,
}

/// Settings staff may change; `None` leaves a value as it is.
#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export, export_to = "wire.ts", optional_fields)]
pub struct SettingsChange {
    /// When a language model may phrase answers.
    #[serde(default)]
    pub generation: Option<Generation>,
    /// How sure the desk must be before it answers.
    #[serde(default)]
    pub caution: Option<Caution>,
    /// BCP 47 language of the staff window.
    #[serde(default)]
    pub language: Option<String>,
}

/// When a language model may phrase answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "wire.ts")]
pub enum Generation {
    /// Only a model that passed its exam on this computer.
    #[default]
    WhenProven,
    /// Always, switched on by hand.
    Always,
    /// Never: the desk quotes.
    Never,
}

/// How sure the desk must be before it answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "wire.ts")]
pub enum Caution {
    /// Refuses more, never guesses.
    Careful,
    /// The measured default.
    #[default]
    Balanced,
    /// Answers more, is wrong more often.
    Talkative,
}
