//! What goes into a turn and what comes out of it.

use std::time::Duration;

use engine::EngineError;
use knowledge::HitKey;

use crate::handover::Talk;
use crate::why::Why;

/// One question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Question {
    /// The visitor's words.
    pub text: String,
    /// Turns with the same id may refer to each other.
    pub conversation: String,
    /// BCP 47 language of the visitor's screen; empty if unknown.
    pub language: String,
    /// The question before this one, from a caller that keeps the conversation itself. Without it
    /// the store is asked.
    pub previous: Option<String>,
}

/// Which lane answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    /// A greeting, thanks or goodbye.
    SmallTalk,
    /// An approved answer, word for word.
    Faq,
    /// Generated; every sentence supported and cited.
    Documents,
    /// The shop's own sentences, chosen by code.
    Quote,
    /// An answer given before to the same question.
    Cache,
    /// Not sure: suggestions.
    DidYouMean,
    /// Nothing in the desk's knowledge answers this.
    Refused,
    /// The visitor looks for an order: a form asks for its number and a proof.
    Order,
    /// The visitor wants a person.
    HandOff,
}

impl Route {
    /// The name in the headless contract and in the store.
    pub fn name(self) -> &'static str {
        match self {
            Self::SmallTalk => "smalltalk",
            Self::Faq => "faq",
            Self::Documents => "documents",
            Self::Quote => "quote",
            Self::Cache => "cache",
            Self::DidYouMean => "did_you_mean",
            Self::Refused => "refused",
            Self::Order => "order",
            Self::HandOff => "handoff",
        }
    }
}

/// Where an answer is from. Attached by code, never written by a model.
#[derive(Clone, Debug, PartialEq)]
pub struct Citation {
    /// Number shown beside the answer, from 1.
    pub n: u32,
    /// The section or FAQ; none for the desk's facts.
    pub key: Option<HitKey>,
    /// File name, `faq` or `facts`.
    pub source: String,
    /// Document title or FAQ question.
    pub title: String,
    /// Heading path.
    pub locator: String,
    /// The supporting words, as they stand in the source.
    pub passage: String,
    /// Fused score.
    pub score: f32,
}

/// What happens while a question is worked on.
#[derive(Clone, Debug, PartialEq)]
pub enum AnswerEvent {
    /// The model writes for others; so many of those who wait come first.
    Waiting(usize),
    /// Which lane answers.
    Routed(Route),
    /// What the answer will be made from.
    Sources(Vec<Citation>),
    /// More of the answer.
    Text(String),
    /// What was shown so far was not supported: show this instead.
    Replaced(String),
}

/// A form that asks for an order number and a proof.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrderForm {
    /// The number that was found in the visitor's words, to be filled in.
    pub number: Option<String>,
}

/// A finished turn.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The saved turn's number.
    pub turn_id: i64,
    /// Which lane answered.
    pub route: Route,
    /// The text shown.
    pub text: String,
    /// Fused score of the best evidence.
    pub score: f32,
    /// Share of the sentences that the evidence supports.
    pub support: f32,
    /// Where it is from.
    pub citations: Vec<Citation>,
    /// Questions to ask instead.
    pub suggestions: Vec<String>,
    /// Whether to show how a person is reached.
    pub offers_person: bool,
    /// The form to show, for an order.
    pub order_form: Option<OrderForm>,
    /// Where the time went.
    pub timing: Timing,
    /// What was found, taken and left, for staff.
    pub why: Why,
    /// Tokens of a generated answer.
    pub tokens: Tokens,
    /// Version of the knowledge.
    pub kb_version: i64,
    /// The model that phrased it.
    pub model: Option<String>,
    /// Cut short by the visitor or by a stopped engine.
    pub interrupted: bool,
    /// Who talks from now on.
    pub talk: Talk,
    /// Why the model's text was cut short, if the engine was the reason.
    pub engine_error: Option<EngineError>,
}

/// Where the time of a turn went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Timing {
    /// Search, embedding included.
    pub retrieve: Duration,
    /// Until the model's first word; zero without a model.
    pub first_token: Duration,
    /// The whole turn.
    pub total: Duration,
}

/// Tokens of a generated answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tokens {
    /// Tokens read.
    pub prompt: u32,
    /// Of these, not computed again.
    pub cached: u32,
    /// Tokens written.
    pub generated: u32,
}
