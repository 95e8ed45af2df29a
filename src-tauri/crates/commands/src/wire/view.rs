//! What staff get: lists and reports.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{
    AccessReply, ApiError, BackupReply, CalibrationView, Caution, ComputerReply,
    ConversationsReply, Doctor, EnginesReply, FactsView, FaqStatus, Generation, Health,
    ImportFileView, ImportJobView, InsightsReply, KioskReply, LearningReply, LookReply,
    NetworkView, OpeningReply, OrderProposal, OrderSourceView, PrivacyReply, SetupReply,
    TicketDetail, TicketView, WatchedFolderView,
};

/// The settings as staff see them.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct SettingsView {
    /// When a language model may phrase answers.
    pub generation: Generation,
    /// How sure the desk must be before it answers.
    pub caution: Caution,
    /// BCP 47 language of the staff window; empty follows the computer.
    pub language: String,
    /// What the desk says when it has no answer.
    pub refusal: String,
    /// How to reach a person.
    pub hand_over: String,
    /// Whether somebody else must approve what one person wrote.
    pub second_person: bool,
    /// Whether the staff window shows what only experts need.
    pub expert: bool,
}

/// What a staff command returns.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(tag = "is", rename_all = "snake_case")]
#[ts(export, export_to = "wire.ts")]
pub enum StaffReply {
    /// Reply to `doctor`.
    Doctor(Box<Doctor>),
    /// Reply to `health`.
    Health(HealthView),
    /// Reply to `sources`.
    Sources {
        /// Every source.
        sources: Vec<SourceView>,
    },
    /// Reply to `faqs`.
    Faqs {
        /// The page asked for.
        faqs: Vec<FaqView>,
        /// How many there are in all.
        total: u32,
    },
    /// Reply to `add_faq`.
    Added {
        /// The new row's number.
        id: i64,
    },
    /// Reply to `import` and `choose_and_import`.
    Imported {
        /// One report a file.
        reports: Vec<ImportReport>,
    },
    /// Reply to `start_import`.
    ImportStarted {
        /// The import's number.
        id: i64,
    },
    /// Reply to `import_jobs`.
    ImportJobs {
        /// Newest first.
        jobs: Vec<ImportJobView>,
    },
    /// Reply to `import_job`.
    ImportJob {
        /// How far it is.
        job: ImportJobView,
        /// The files asked for.
        files: Vec<ImportFileView>,
    },
    /// Reply to `watched_folders`.
    WatchedFolders {
        /// In the order of paths.
        folders: Vec<WatchedFolderView>,
    },
    /// Reply to `gaps`.
    Gaps {
        /// Most asked first.
        gaps: Vec<GapView>,
    },
    /// Reply to `learning`.
    Learning(Box<LearningReply>),
    /// Reply to `computer`.
    Computer(Box<ComputerReply>),
    /// Reply to `access`.
    Access(Box<AccessReply>),
    /// Reply to `kiosk`.
    Kiosk(Box<KioskReply>),
    /// Reply to `look`.
    Look(Box<LookReply>),
    /// Reply to `setup`.
    Setup(Box<SetupReply>),
    /// Reply to `conversations`.
    Conversations(Box<ConversationsReply>),
    /// Reply to `insights`.
    Insights(Box<InsightsReply>),
    /// Reply to `opening`.
    Opening(Box<OpeningReply>),
    /// Reply to `privacy`.
    Privacy(Box<PrivacyReply>),
    /// Reply to `network`.
    Network(Box<NetworkView>),
    /// Reply to `engines`.
    Engines(Box<EnginesReply>),
    /// Reply to `backup`.
    Backup(Box<BackupReply>),
    /// Reply to `calibration`.
    Calibration(CalibrationView),
    /// Reply to `search`.
    Hits {
        /// Best first.
        hits: Vec<SearchHit>,
    },
    /// Reply to `propose_orders`.
    OrderProposal(OrderProposal),
    /// Reply to `activate_orders`: what became of it.
    OrdersActive {
        /// As an import tells it.
        report: ImportReport,
    },
    /// Reply to `order_sources`.
    OrderSources {
        /// Oldest first.
        sources: Vec<OrderSourceView>,
    },
    /// Reply to `sit_exam`.
    Exam(ExamView),
    /// Reply to `facts`.
    Facts(FactsView),
    /// Reply to `tickets`.
    Tickets {
        /// Newest first.
        tickets: Vec<TicketView>,
    },
    /// Reply to `ticket`.
    Ticket(Box<TicketDetail>),
    /// Reply to `why_turn`.
    Why {
        /// An object: reason, thresholds, passages, times.
        #[ts(type = "Record<string, unknown>")]
        why: serde_json::Value,
    },
    /// Reply to `settings` and `change_settings`.
    Settings(SettingsView),
    /// Done, nothing to say.
    Done,
}

/// State of both engines.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct HealthView {
    /// The model that phrases answers.
    pub chat: Health,
    /// The model that finds passages.
    pub embedding: Health,
}

/// One source.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct SourceView {
    /// Number.
    pub id: i64,
    /// File name.
    pub source: String,
    /// Title.
    pub title: String,
    /// `pdf`, `docx`, `odt`, `pptx`, `table`, `html`, `markdown`, `text`, `email` or `faq`.
    pub kind: String,
    /// Searchable pieces.
    pub passages: u32,
    /// Of these, already searchable by meaning.
    pub embedded: u32,
    /// Approved answers that came with it.
    pub faqs: u32,
    /// What staff should know.
    pub warnings: Vec<String>,
}

/// One approved answer.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct FaqView {
    /// Number.
    pub id: i64,
    /// The question.
    pub question: String,
    /// The answer, shown word for word.
    pub answer: String,
    /// Other ways to ask it.
    pub alternatives: Vec<String>,
    /// Draft, approved or retired.
    pub status: FaqStatus,
    /// A new text of it waits for approval; visitors still get this one.
    pub waits: bool,
    /// How often it was shown since the desk began.
    pub used: u32,
}

/// A question the desk could not answer.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct GapView {
    /// The visitor's words.
    pub question: String,
    /// How often it was asked.
    pub count: u32,
    /// When last, seconds since 1970.
    pub last_at: i64,
}

/// What became of one file.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct ImportReport {
    /// As given.
    pub path: String,
    /// The kind as of a source, or empty where nobody could tell.
    pub kind: String,
    /// What became of it.
    pub state: ImportState,
    /// Searchable pieces.
    pub passages: u32,
    /// Approved answers.
    pub faqs: u32,
    /// Orders.
    pub orders: u32,
    /// What staff should know.
    pub warnings: Vec<String>,
    /// Why it was rejected.
    pub error: Option<ApiError>,
}

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "wire.ts")]
pub enum ImportState {
    /// All of it can be searched.
    Ready,
    /// Some of it can; the warnings say what is missing.
    Partial,
    /// Nothing was changed.
    Rejected,
    /// The same bytes as before.
    Unchanged,
}

/// Evidence for a question, as the headless contract fixes it.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct SearchHit {
    /// File name, or `faq`.
    pub source: String,
    /// Document title or FAQ question.
    pub title: String,
    /// Heading path, joined by ` > `.
    pub locator: String,
    /// The passage, or the FAQ's answer.
    pub text: String,
    /// Fused score.
    pub score: f32,
    /// Cosine of meaning, -1 to 1.
    pub cosine: f32,
    /// Share of the question's words found, by weight.
    pub bm25: f32,
}

/// How the chat model did in its exam on this computer.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct ExamView {
    /// The model's id.
    pub model: String,
    /// Share of right answers, 0 to 1.
    pub mark: f32,
    /// Whether the model may phrase answers.
    pub passed: bool,
    /// Sentences with a number or name that the passages did not hold.
    pub invented: u32,
    /// Right and asked of the questions the passages answer.
    pub answerable: [u32; 2],
    /// Right and asked of the questions they do not answer.
    pub unanswerable: [u32; 2],
    /// Right and asked of the questions with a trap.
    pub traps: [u32; 2],
    /// Right and asked of the shop's own questions.
    pub own: [u32; 2],
    /// Seconds it took.
    pub seconds: f64,
    /// Why it passed or not, in sentences; the verdict first.
    pub reasons: Vec<String>,
}
