//! What visitors get: the desk, a turn and its events, a passage.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{
    ApiError, ConversationState, ConversationView, HandedOver, KioskFace, LogoView, LookFace,
    OrderForm, OrderReply, UnlockView,
};

/// What happens while a question is worked on, in this order.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(tag = "event", rename_all = "snake_case")]
#[ts(export, export_to = "wire.ts")]
pub enum TurnEvent {
    /// The model writes for others; told again whenever the number changes.
    Waiting {
        /// So many of those who wait come first.
        ahead: u32,
    },
    /// Which lane answers.
    Routed {
        /// The lane.
        route: Route,
    },
    /// What the answer will be made from.
    Sources {
        /// Best first.
        citations: Vec<Citation>,
    },
    /// A piece of the answer; append it.
    Token {
        /// Whole characters, never half of one.
        text: String,
    },
    /// The streamed text was not supported; show this instead.
    Replaced {
        /// The text to show.
        text: String,
    },
    /// The finished turn; its answer is the truth.
    Done {
        /// The turn.
        turn: Box<Turn>,
    },
    /// The turn ended with an error.
    Failed {
        /// What failed and what to do.
        error: ApiError,
    },
}

/// Which lane answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "wire.ts")]
pub enum Route {
    /// A greeting, thanks or goodbye.
    Smalltalk,
    /// An approved answer, word for word.
    Faq,
    /// Generated; every sentence supported and cited.
    Documents,
    /// The shop's own sentences, chosen by code.
    Quote,
    /// An answer given before to the same question.
    Cache,
    /// Order look-up.
    Order,
    /// Not sure: three suggestions.
    DidYouMean,
    /// Nothing in the desk's knowledge answers this.
    Refused,
    /// The visitor wants a person.
    Handoff,
    /// Not a question this desk takes.
    Blocked,
}

/// One question and its answer, as the headless contract fixes it.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct Turn {
    /// The caller's id, echoed.
    pub id: String,
    /// The saved turn's number; 0 where nothing was saved.
    pub turn_id: i64,
    /// The conversation it belongs to.
    pub conversation: String,
    /// The question as asked.
    pub question: String,
    /// Which lane answered.
    pub route: Route,
    /// The text shown.
    pub answer: String,
    /// Fused score of the best evidence, about 0 to 1.2.
    pub score: f32,
    /// Share of the answer's sentences that the evidence supports, 0 to 1.
    pub support: f32,
    /// Where the answer is from, numbered from 1.
    pub citations: Vec<Citation>,
    /// Questions the desk can answer, for did-you-mean and refusals.
    pub suggestions: Vec<String>,
    /// The form to show where the visitor looks for an order.
    pub order_form: Option<OrderForm>,
    /// How to reach a person; filled for refusals and hand-overs.
    pub hand_over: Option<String>,
    /// Milliseconds.
    pub timing: Timing,
    /// Tokens.
    pub tokens: Tokens,
    /// Version of the knowledge that answered.
    pub kb_version: i64,
    /// The model that phrased the answer, if one did.
    pub model: Option<String>,
    /// Who talks in the conversation from now on.
    pub state: ConversationState,
    /// The number under which staff know of it, once a person was asked for.
    pub ticket: Option<i64>,
    /// The answer was cut short by the visitor or by a stopped engine.
    pub interrupted: bool,
    /// What went wrong, if something did.
    pub error: Option<ApiError>,
}

/// Where an answer is from.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct Citation {
    /// Number shown beside the answer, from 1.
    pub n: u32,
    /// File name, `faq` or `facts`.
    pub source: String,
    /// The document's title, or the FAQ's question.
    pub title: String,
    /// Heading path, joined by ` > `.
    pub locator: String,
    /// The supporting words.
    pub passage: String,
    /// Fused score.
    pub score: f32,
}

/// Where the time of a turn went.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct Timing {
    /// Search, embedding included.
    pub retrieve_ms: f64,
    /// Until the first word could be shown; 0 without a model.
    pub first_token_ms: f64,
    /// The whole turn.
    pub total_ms: f64,
}

/// Tokens of a generated answer; all 0 without a model.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct Tokens {
    /// Tokens of the prompt.
    pub prompt: u32,
    /// Of these, not computed again.
    pub cached: u32,
    /// Tokens written.
    pub generated: u32,
}

/// What a visitor's command returns.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(tag = "is", rename_all = "snake_case")]
#[ts(export, export_to = "wire.ts")]
pub enum VisitorReply {
    /// Reply to `greet`.
    Desk(Desk),
    /// Reply to `logo`.
    Logo(LogoView),
    /// Reply to `ask`: the finished turn again.
    Turn(Box<Turn>),
    /// Reply to `hand_over`.
    HandedOver(HandedOver),
    /// Reply to `conversation`.
    Conversation(ConversationView),
    /// Reply to `open_source`.
    Passage(PassageView),
    /// Reply to `verify_order`.
    Order(Box<OrderReply>),
    /// Reply to `unlock`.
    Unlock(UnlockView),
    /// Done, nothing to say.
    Done,
}

/// The face of the desk.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct Desk {
    /// The shop's name.
    pub name: String,
    /// One friendly line.
    pub welcome: String,
    /// Questions to start with, at most four.
    pub suggestions: Vec<String>,
    /// How to reach a person.
    pub hand_over: String,
    /// Documents the desk reads from.
    pub documents: u32,
    /// Approved answers.
    pub answers: u32,
    /// The saved staff language; empty follows the computer.
    pub language: String,
    /// Who this caller is.
    pub role: Role,
    /// The engine's state in short.
    pub health: Health,
    /// True while the sample shop is still being read.
    pub preparing: bool,
    /// How the visitors' screen behaves.
    pub kiosk: KioskFace,
    /// The shop's own look.
    pub look: LookFace,
}

/// Who is asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "wire.ts")]
pub enum Role {
    /// Anyone in front of the screen.
    Visitor,
    /// Somebody who works here.
    Staff,
}

/// The engine's state, said truthfully.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "state", rename_all = "snake_case")]
#[ts(export, export_to = "wire.ts")]
pub enum Health {
    /// The model is being loaded.
    Warming,
    /// Answers at once.
    Ready,
    /// Working, with others waiting.
    Busy {
        /// How many wait.
        waiting: u32,
    },
    /// Not needed yet; it starts with the first question that wants it.
    Idle,
    /// Not working; search and approved answers go on.
    Failed {
        /// Why, in one sentence.
        reason: String,
    },
}

/// A whole passage with the part that matters.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct PassageView {
    /// File name, or `faq`.
    pub source: String,
    /// Document title or FAQ question.
    pub title: String,
    /// Heading path, joined by ` > `.
    pub locator: String,
    /// The whole passage.
    pub text: String,
    /// Parts of `text` to highlight, as character positions `[start, end)`.
    pub highlights: Vec<[u32; 2]>,
}
