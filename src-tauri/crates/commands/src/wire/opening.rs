//! The check before the doors open.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What staff may ask of it.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(tag = "what", rename_all = "snake_case", deny_unknown_fields)]
#[ts(export, export_to = "wire.ts")]
pub enum OpeningCommand {
    /// The last check with its age, and today at a glance.
    State,
    /// Checks now; takes some seconds.
    Run,
}

/// What a command comes back with.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(tag = "of", rename_all = "snake_case")]
#[ts(export, export_to = "wire.ts")]
pub enum OpeningReply {
    /// Reply to both.
    Opening(OpeningView),
}

/// Whether the desk is ready, and what today was like so far.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct OpeningView {
    /// The last check; `None` on a desk that was never checked.
    pub check: Option<CheckView>,
    /// Seconds since that check.
    #[ts(type = "number")]
    pub age_s: i64,
    /// Questions asked today.
    pub questions_today: u32,
    /// Questions that wait for an answer to be written.
    pub open_gaps: u32,
    /// People who wait for a person.
    pub waiting: u32,
}

/// One check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct CheckView {
    /// The worst of its rows.
    pub state: CheckState,
    /// Seconds since 1970.
    #[ts(type = "number")]
    pub at: i64,
    /// What was looked at, always in the same order.
    pub rows: Vec<CheckRow>,
}

/// Whether something needs somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "wire.ts")]
pub enum CheckState {
    /// As it should be.
    Good,
    /// Somebody should look at it today.
    Warn,
    /// Visitors notice it.
    Bad,
}

/// One thing that was looked at. The window has the words for each finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct CheckRow {
    /// Whether it needs somebody.
    pub state: CheckState,
    /// What was found.
    pub finding: Finding,
    /// How many, where the finding counts something.
    pub n: u32,
    /// Which one, where the finding names something.
    pub name: String,
    /// The place of the window where it is mended; empty where there is none.
    pub place: String,
}

/// What there is to find.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "wire.ts")]
pub enum Finding {
    /// The sample questions were answered as they should be.
    QuestionsRight,
    /// Some were not.
    QuestionsWrong,
    /// There is nothing to ask yet.
    QuestionsNone,
    /// The engines work, or are not needed.
    EngineWorks,
    /// An engine stopped.
    EngineStopped,
    /// The files of the models are the right ones.
    ModelsRight,
    /// One is not, or it is gone.
    ModelWrong,
    /// The desk works without a model.
    ModelsNone,
    /// There is room on the disk.
    DiskRoomy,
    /// There is little.
    DiskFull,
    /// The data folder can be written to.
    FolderWritable,
    /// It cannot.
    FolderReadOnly,
    /// The orders are of today.
    OrdersFresh,
    /// They are too old to be shown.
    OrdersOld,
    /// The desk knows no orders.
    OrdersNone,
    /// Every watched folder can be reached.
    FoldersReached,
    /// One cannot.
    FolderAway,
    /// No folder is watched.
    FoldersNone,
    /// The clock is right as far as can be told.
    ClockRight,
    /// It is not.
    ClockWrong,
    /// Nobody waits for a person.
    NobodyWaits,
    /// Somebody does.
    SomebodyWaits,
    /// No draft waits, and no answer is due to be read again.
    NothingDue,
    /// Some are.
    AnswersDue,
    /// The newest backup is of today or yesterday.
    BackupFresh,
    /// It is older.
    BackupOld,
    /// There is none.
    BackupNone,
    /// There is nothing to lose yet.
    BackupNotNeeded,
}
