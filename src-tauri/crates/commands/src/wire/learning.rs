//! What staff may ask of a desk that learns. Every command that changes something may say who asks;
//! otherwise the caller's own name is kept.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{GapStatus, TestCaseView};

/// One thing to do with what the desk learns.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(tag = "what", rename_all = "snake_case", deny_unknown_fields)]
#[ts(export, export_to = "wire.ts")]
pub enum LearningCommand {
    /// Clusters of questions without an answer, open ones first, most asked first.
    GapInbox,
    /// Drafts an answer for a cluster; visitors see it once it is approved.
    WriteAnswer {
        /// The cluster's number.
        id: i64,
        /// The answer.
        answer: String,
        /// Its question; the cluster's own when there is none.
        #[serde(default)]
        question: Option<String>,
        /// Other wordings; those of the visitors when there are none.
        #[serde(default)]
        alternatives: Option<Vec<String>>,
        /// Who asks.
        #[serde(default)]
        by: String,
    },
    /// Says what became of a cluster.
    SetGapStatus {
        /// The cluster's number.
        id: i64,
        /// What became of it.
        status: GapStatus,
    },
    /// Asks the questions of a cluster again, and closes it when they are answered.
    AskGapAgain {
        /// The cluster's number.
        id: i64,
    },
    /// Adds a draft with all its dates.
    DraftFaq {
        /// As a visitor would ask it.
        question: String,
        /// Shown word for word once approved.
        answer: String,
        /// Other ways to ask it.
        #[serde(default)]
        alternatives: Vec<String>,
        /// Seconds since 1970 after which it is no longer shown.
        #[serde(default)]
        valid_until: Option<i64>,
        /// Seconds since 1970 of its next review.
        #[serde(default)]
        review_by: Option<i64>,
        /// Who asks.
        #[serde(default)]
        by: String,
    },
    /// Changes the text of an answer; visitors get the old one until the new one is approved.
    EditFaq {
        /// The FAQ's number.
        id: i64,
        /// As a visitor would ask it.
        question: String,
        /// Shown word for word once approved.
        answer: String,
        /// Other ways to ask it.
        #[serde(default)]
        alternatives: Vec<String>,
        /// Seconds since 1970 after which it is no longer shown.
        #[serde(default)]
        valid_until: Option<i64>,
        /// Seconds since 1970 of its next review.
        #[serde(default)]
        review_by: Option<i64>,
        /// Who asks.
        #[serde(default)]
        by: String,
    },
    /// Lets visitors see an answer, and asks the questions it was written for again.
    ApproveFaq {
        /// The FAQ's number.
        id: i64,
        /// Who asks.
        #[serde(default)]
        by: String,
    },
    /// Takes an answer back for good; it stays in the record.
    RetireFaq {
        /// The FAQ's number.
        id: i64,
        /// Who asks.
        #[serde(default)]
        by: String,
    },
    /// Sets when an answer is to be read again and when it ends.
    SetReview {
        /// The FAQ's number.
        id: i64,
        /// Seconds since 1970 of its next review.
        #[serde(default)]
        review_by: Option<i64>,
        /// Seconds since 1970 after which it is no longer shown.
        #[serde(default)]
        valid_until: Option<i64>,
        /// Who asks.
        #[serde(default)]
        by: String,
    },
    /// Everything an answer is and ever was.
    FaqHistory {
        /// The FAQ's number.
        id: i64,
    },
    /// Gives an answer the text of one of its revisions again.
    RestoreFaq {
        /// The revision's number.
        revision: i64,
        /// Who asks.
        #[serde(default)]
        by: String,
    },
    /// Tests the knowledge and keeps it as a version.
    Publish {
        /// The version's name.
        name: String,
        /// Keep it even if a test fails.
        #[serde(default)]
        anyway: bool,
        /// Who asks.
        #[serde(default)]
        by: String,
    },
    /// Every version that is kept, newest first.
    Versions,
    /// Makes documents and answers what they were in a version.
    RollBack {
        /// The version's number.
        version: i64,
        /// Who asks.
        #[serde(default)]
        by: String,
    },
    /// The shop's own questions with what should come of them.
    TestCases,
    /// Saves a question of the test bench; number 0 adds one.
    SaveTestCase {
        /// The case.
        case: TestCaseView,
    },
    /// Adds the question of a turn as a test, with what came of it.
    TestFromTurn {
        /// The turn's number.
        turn_id: i64,
    },
    /// Removes a question of the test bench.
    RemoveTestCase {
        /// The case's number.
        id: i64,
    },
    /// Adds the questions of a suite, one JSON object a line; a name that is known is replaced.
    ImportTests {
        /// The lines.
        lines: String,
    },
    /// The test bench as a suite.
    ExportTests,
    /// Asks every question of the test bench now.
    RunTests,
    /// The newest runs, newest first.
    TestRuns {
        /// How many, at most 50.
        #[serde(default = "default_runs")]
        limit: u32,
    },
    /// What is twice there, contradicts itself, is out of date, or is never used.
    KnowledgeDoctor,
}

fn default_runs() -> u32 {
    10
}
