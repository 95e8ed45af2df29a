//! What staff get of a desk that learns.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{FaqView, Route};

/// What a learning command returns.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(tag = "of", rename_all = "snake_case")]
#[ts(export, export_to = "wire.ts")]
pub enum LearningReply {
    /// Reply to `gap_inbox`.
    Inbox {
        /// Open ones first, most asked first.
        clusters: Vec<GapClusterView>,
    },
    /// Reply to `write_answer` and `draft_faq`.
    Drafted {
        /// The FAQ's number.
        faq_id: i64,
        /// Other wordings it was given.
        alternatives: Vec<String>,
    },
    /// Reply to `approve_faq` and `ask_gap_again`.
    AskedAgain {
        /// One for each cluster that was asked again.
        clusters: Vec<GapOutcome>,
    },
    /// Reply to `edit_faq` and `restore_faq`.
    Edited {
        /// The new text waits for approval; visitors get the old one.
        waits: bool,
    },
    /// Reply to `faq_history`.
    Faq(FaqDetailView),
    /// Reply to `publish`.
    Published {
        /// The version; `None` when a test failed and it was not to be kept anyway.
        version: Option<VersionView>,
        /// What the tests said; `None` without any.
        run: Option<TestRunView>,
    },
    /// Reply to `versions`.
    Versions {
        /// Newest first.
        versions: Vec<VersionView>,
    },
    /// Reply to `roll_back`.
    RolledBack {
        /// What the tests say now; `None` without any.
        run: Option<TestRunView>,
    },
    /// Reply to `test_cases`.
    Cases {
        /// Oldest first.
        cases: Vec<TestCaseView>,
    },
    /// Reply to `save_test_case`, `test_from_turn` and `import_tests`.
    Saved {
        /// The numbers of the cases.
        ids: Vec<i64>,
    },
    /// Reply to `export_tests`.
    Suite {
        /// One JSON object a line.
        lines: String,
    },
    /// Reply to `run_tests`.
    Run(TestRunView),
    /// Reply to `test_runs`.
    Runs {
        /// Newest first, each with the questions that were not right.
        runs: Vec<TestRunView>,
    },
    /// Reply to `knowledge_doctor`.
    Findings {
        /// The worst first.
        findings: Vec<FindingView>,
    },
    /// Done, nothing to say.
    Done,
}

/// Questions without an answer that ask the same.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct GapClusterView {
    /// Number.
    pub id: i64,
    /// The most typical wording.
    pub label: String,
    /// What became of it.
    pub status: GapStatus,
    /// The answer that was written for it.
    pub faq_id: Option<i64>,
    /// How often it was asked.
    pub count: u32,
    /// When first, seconds since 1970.
    pub first_at: i64,
    /// When last, seconds since 1970.
    pub last_at: i64,
    /// How often for which reason.
    pub reasons: GapReasons,
    /// Each wording without personal data, most asked first.
    pub wordings: Vec<WordingView>,
}

/// One wording.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct WordingView {
    /// The words.
    pub question: String,
    /// How often it was asked.
    pub count: u32,
    /// When last, seconds since 1970.
    pub last_at: i64,
}

/// Why questions count as not answered.
#[derive(Clone, Copy, Debug, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct GapReasons {
    /// The desk refused.
    pub refused: u32,
    /// The desk asked back and nothing was chosen.
    pub asked_back: u32,
    /// The answer did not help.
    pub unhelpful: u32,
    /// A person was asked for afterwards.
    pub handed_over: u32,
}

/// What became of a cluster.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "wire.ts")]
pub enum GapStatus {
    /// It waits for an answer.
    Open,
    /// Its questions are answered.
    Answered,
    /// It needs no answer.
    Ignored,
}

/// A cluster that was asked again.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct GapOutcome {
    /// The cluster's number.
    pub id: i64,
    /// Its most typical wording.
    pub label: String,
    /// What became of it.
    pub status: GapStatus,
    /// Each wording before and after.
    pub questions: Vec<AskedAgain>,
}

/// One question, before and after.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct AskedAgain {
    /// The words.
    pub question: String,
    /// Which lane answered before; `None` where nobody looked.
    pub before: Option<Route>,
    /// Which lane answers now.
    pub after: Route,
    /// What is shown now.
    pub answer: String,
    /// The answer that was written for it is shown, or is among the choices.
    pub is_answered: bool,
}

/// Everything an answer is and ever was.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct FaqDetailView {
    /// The answer as it is.
    pub faq: FaqView,
    /// Seconds since 1970 after which it is no longer shown.
    pub valid_until: Option<i64>,
    /// Seconds since 1970 of its next review.
    pub review_by: Option<i64>,
    /// Who wrote its text.
    pub changed_by: String,
    /// A new text that waits for approval.
    pub waiting: Option<FaqEditView>,
    /// Newest first.
    pub history: Vec<RevisionView>,
}

/// A text that waits for approval.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct FaqEditView {
    /// The question.
    pub question: String,
    /// The answer.
    pub answer: String,
    /// Other ways to ask it.
    pub alternatives: Vec<String>,
    /// Who wrote it.
    pub by: String,
}

/// What an answer was from some moment on.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct RevisionView {
    /// Number; needed to restore it.
    pub id: i64,
    /// Seconds since 1970.
    pub at: i64,
    /// Who changed it.
    pub by: String,
    /// What was done, such as `edited`.
    pub what: String,
    /// The question.
    pub question: String,
    /// The answer.
    pub answer: String,
    /// Other ways to ask it.
    pub alternatives: Vec<String>,
    /// `draft`, `approved`, `retired` or `removed`.
    pub status: String,
}

/// One published version.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct VersionView {
    /// Number.
    pub id: i64,
    /// Name.
    pub name: String,
    /// Seconds since 1970.
    pub at: i64,
    /// Who published it.
    pub by: String,
    /// Version of the knowledge.
    pub kb_version: i64,
    /// Answers visitors could see.
    pub faqs: u32,
    /// Documents and tables.
    pub sources: u32,
    /// The run of the tests that was shown.
    pub run_id: Option<i64>,
}

/// One question of the test bench.
#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
#[ts(export, export_to = "wire.ts")]
pub struct TestCaseView {
    /// Number; 0 adds one.
    pub id: i64,
    /// Its name in a suite.
    pub name: String,
    /// What it is about.
    pub kind: String,
    /// The question.
    pub question: String,
    /// It should be refused; otherwise it should be answered.
    pub must_refuse: bool,
    /// The lane that should answer; `documents` and `quote` count as one.
    pub route: Option<Route>,
    /// File name the answer should be from, `faq` for an approved answer.
    pub source: Option<String>,
    /// The approved answer it should get.
    pub faq_id: Option<i64>,
    /// One of these must be in the answer; nothing asks for nothing.
    pub gold: Vec<String>,
    /// None of these may be in the answer.
    pub must_not: Vec<String>,
}

/// One run of the test bench.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct TestRunView {
    /// Number.
    pub id: i64,
    /// Seconds since 1970.
    pub at: i64,
    /// What started it.
    pub reason: String,
    /// Version of the knowledge that was tested.
    pub kb_version: i64,
    /// Seconds it took.
    pub seconds: f64,
    /// Questions asked.
    pub asked: u32,
    /// Of these, as they should be.
    pub passed: u32,
    /// Questions that were right in the run before.
    pub broke: Vec<TestResultView>,
    /// Questions that were not right in the run before.
    pub mended: Vec<TestResultView>,
    /// Every question that is not right now.
    pub failed: Vec<TestResultView>,
    /// What was changed since the run before.
    pub changes: Vec<String>,
}

/// What became of one question.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct TestResultView {
    /// The case's number.
    pub case_id: i64,
    /// The question.
    pub question: String,
    /// `right`, `asked_back`, `refused` or `wrong`.
    pub outcome: String,
    /// What was not as it should be.
    pub why: String,
    /// The lane that answered.
    pub route: String,
    /// The answer.
    pub answer: String,
}

/// One thing to look at.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct FindingView {
    /// What is wrong.
    pub kind: FindingKind,
    /// What was found, with the passages quoted.
    pub message: String,
    /// What to do about it.
    pub hint: String,
    /// What it is about: `faq:7`, `source:3`.
    pub keys: Vec<String>,
}

/// What is wrong with a piece of knowledge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "wire.ts")]
pub enum FindingKind {
    /// Two answers to one question, or one answer twice.
    Duplicate,
    /// Two sources give different figures for the same.
    Contradiction,
    /// Somebody should read it again.
    ReviewDue,
    /// It ends soon, or has ended.
    Expiring,
    /// It states prices or hours, and nobody is asked to check them.
    NoExpiry,
    /// The file is different from what was read.
    FileChanged,
    /// The file is not there any more.
    FileMissing,
    /// No answer was taken from it.
    NeverUsed,
    /// It says nothing.
    EmptyAnswer,
    /// It is too long to be read at a counter.
    LongAnswer,
}
