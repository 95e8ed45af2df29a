//! What staff see of a desk's thresholds: what they are, what they were measured with, and which
//! answers need other wordings.

use serde::Serialize;
use ts_rs::TS;

/// A desk's thresholds.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct CalibrationView {
    /// False while the model's usual thresholds hold.
    pub measured: bool,
    /// The knowledge they were measured on; 0 where nothing was measured.
    pub kb_version: i64,
    /// Whether the knowledge has changed since.
    pub outdated: bool,
    /// Below this the desk refuses.
    pub refuse_below: f32,
    /// From this on it answers.
    pub answer_from: f32,
    /// The same for the model in general.
    pub usual_refuse_below: f32,
    /// The same for the model in general.
    pub usual_answer_from: f32,
    /// Utterances about anything else that were tried.
    pub off_topic: u32,
    /// Of these, how many would be answered.
    pub let_through: u32,
    /// The desk's own questions that were tried, each without the row that holds it.
    pub own_questions: u32,
    /// Of these, how many would be answered.
    pub kept: u32,
    /// Answers that need other wordings, the least found first; empty while nine of ten own
    /// questions are kept.
    pub needs_wordings: Vec<WeakFaqView>,
}

/// An approved answer that a visitor's own words hardly find.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct WeakFaqView {
    /// The FAQ's number.
    pub id: i64,
    /// Its question.
    pub question: String,
}
