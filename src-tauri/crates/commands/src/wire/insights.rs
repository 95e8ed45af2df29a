//! What the desk did lately, in numbers.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What staff may ask of it.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(tag = "what", rename_all = "snake_case", deny_unknown_fields)]
#[ts(export, export_to = "wire.ts")]
pub enum InsightsCommand {
    /// Whether there is anything to count.
    State,
    /// The last days, today included.
    Overview {
        /// How many days, 1 to 366.
        days: u32,
        /// Minutes that a person would have needed for one answer.
        minutes_each: f64,
    },
}

/// What a command comes back with.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(tag = "of", rename_all = "snake_case")]
#[ts(export, export_to = "wire.ts")]
pub enum InsightsReply {
    /// Reply to `state`.
    State {
        /// Questions that were ever asked.
        questions: u32,
    },
    /// Reply to `overview`.
    Overview(InsightsView),
}

/// Some days of the desk. Days and hours are this computer's own.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct InsightsView {
    /// Every day, oldest first, also those without a question.
    pub days: Vec<DayView>,
    /// All days together.
    pub all: LaneCounts,
    /// Milliseconds within which half of the questions were answered; `null` without a question.
    pub p50_ms: Option<f64>,
    /// Milliseconds within which 95 of 100 were answered.
    pub p95_ms: Option<f64>,
    /// Questions by weekday, Monday first, and hour.
    pub hours: Vec<Vec<u32>>,
    /// Approved answers given most often, the most given first.
    pub top_answers: Vec<TopAnswerView>,
    /// Languages, the most used first; the empty one is not known.
    pub languages: Vec<LanguageCount>,
    /// Answers that helped.
    pub thumbs_up: u32,
    /// Answers that did not.
    pub thumbs_down: u32,
    /// Questions without an answer that wait for one now.
    pub gaps_open: u32,
    /// What the desk saved, as an estimate.
    pub saved: SavedView,
}

/// One day.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct DayView {
    /// `2026-11-22`.
    pub day: String,
    /// Its questions by what became of them.
    pub lanes: LaneCounts,
    /// Milliseconds within which half were answered; `null` without a question.
    pub p50_ms: Option<f64>,
    /// Milliseconds within which 95 of 100 were answered.
    pub p95_ms: Option<f64>,
}

/// Questions by what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct LaneCounts {
    /// Answered with an approved answer.
    pub approved: u32,
    /// Answered from documents, quoted or phrased.
    pub documents: u32,
    /// Led to an order.
    pub orders: u32,
    /// Asked back with suggestions.
    pub asked_back: u32,
    /// Not answered.
    pub refused: u32,
    /// Went to a person.
    pub person: u32,
    /// Greetings, and what is not a question.
    pub other: u32,
    /// All of them.
    pub questions: u32,
}

/// An approved answer that was given.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct TopAnswerView {
    /// The answer's number.
    pub faq_id: i64,
    /// Its question.
    pub question: String,
    /// How often it was given.
    pub count: u32,
}

/// How often a language was used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct LanguageCount {
    /// BCP 47; empty where it is not known.
    pub language: String,
    /// Questions in it.
    pub count: u32,
}

/// What the desk saved: an estimate, answers times minutes.
#[derive(Clone, Copy, Debug, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct SavedView {
    /// Answers given, without those that somebody called unhelpful.
    pub answers: u32,
    /// The minutes that were taken for each.
    pub minutes_each: f64,
    /// Answers times minutes.
    pub minutes: f64,
}
