//! Backups of the desk: made, looked at, brought back.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::CheckState;

/// What staff may ask of it.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(tag = "what", rename_all = "snake_case", deny_unknown_fields)]
#[ts(export, export_to = "wire.ts")]
pub enum BackupCommand {
    /// The backups there are, and whether the newest one is young enough.
    State,
    /// Makes one now and proves it; a second one goes where [`BackupCommand::KeepAlsoIn`] says.
    Make,
    /// A second place for backups, such as a stick: each one made from now on goes there too,
    /// whenever it is there.
    KeepAlsoIn {
        /// A whole path; empty for nowhere, `None` lets the person choose.
        #[serde(default)]
        folder: Option<String>,
    },
    /// Lets the person choose a file to look at.
    ChooseFile,
    /// Reads a file from end to end, and says what it holds and what a restore would change.
    Check {
        /// The file.
        file: String,
    },
    /// Brings a backup back. The desk as it is now is backed up first.
    Restore {
        /// The file.
        file: String,
        /// Instead of what is here, or in addition.
        how: RestoreHow,
    },
}

/// What becomes of the desk as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "wire.ts")]
pub enum RestoreHow {
    /// The backup takes its place.
    Replace,
    /// It stays; answers and documents that are missing here are added.
    Merge,
}

/// What a command comes back with.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(tag = "of", rename_all = "snake_case")]
#[ts(export, export_to = "wire.ts")]
pub enum BackupReply {
    /// Reply to `state` and `keep_also_in`.
    State(BackupState),
    /// Reply to `make`.
    Made(BackupMade),
    /// Reply to `choose_file`; `None` when the person thought better of it.
    Chosen {
        /// The file.
        file: Option<String>,
    },
    /// Reply to `check`.
    Checked(BackupContent),
    /// Reply to `restore`.
    Restored(RestoredView),
}

/// The backups there are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct BackupState {
    /// Where they lie.
    pub folder: String,
    /// The second place; empty for none.
    pub second_folder: String,
    /// Whether the second place can be reached now.
    pub second_is_there: bool,
    /// Newest first, of both places.
    pub backups: Vec<BackupView>,
    /// Whether the newest one is young enough.
    pub light: CheckState,
    /// Seconds since the newest one that can be read; `None` without one.
    #[ts(type = "number | null")]
    pub newest_age_s: Option<i64>,
    /// Nothing has been put into this desk yet, so there is nothing to lose.
    pub is_empty: bool,
    /// The size of the desk's own file.
    #[ts(type = "number")]
    pub desk_bytes: u64,
}

/// One backup in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct BackupView {
    /// The file with its path.
    pub file: String,
    /// The file's name.
    pub name: String,
    /// Its size.
    #[ts(type = "number")]
    pub bytes: u64,
    /// Seconds since it was made.
    #[ts(type = "number")]
    pub age_s: i64,
    /// Seconds since 1970.
    #[ts(type = "number")]
    pub made_at: i64,
    /// What it was made for; `None` where it cannot be read.
    pub reason: Option<BackupReason>,
    /// Whether it lies in the second place.
    pub is_second: bool,
}

/// What a backup was made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "wire.ts")]
pub enum BackupReason {
    /// Somebody wanted it.
    Manual,
    /// A day had begun.
    Daily,
    /// Before another one was brought back.
    BeforeRestore,
    /// Before files were read.
    BeforeImport,
    /// Before a newer program changed the tables.
    BeforeMigration,
}

/// A backup that was made and read back.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct BackupMade {
    /// The file.
    pub file: String,
    /// Its size.
    #[ts(type = "number")]
    pub bytes: u64,
    /// The size of the database in it.
    #[ts(type = "number")]
    pub desk_bytes: u64,
    /// How long it took, with the proof.
    pub seconds: f64,
    /// Millions of bytes of the database in a second.
    pub mb_per_s: f64,
    /// The second file; empty where there is no second place.
    pub second_file: String,
    /// Why there is no second file although there is a place for it; empty otherwise.
    pub second_problem: String,
}

/// What a backup holds, all of it read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct BackupContent {
    /// The file.
    pub file: String,
    /// Its size.
    #[ts(type = "number")]
    pub bytes: u64,
    /// Seconds since 1970.
    #[ts(type = "number")]
    pub made_at: i64,
    /// Seconds since then.
    #[ts(type = "number")]
    pub age_s: i64,
    /// What it was made for.
    pub reason: BackupReason,
    /// The shop's name.
    pub shop: String,
    /// The version of the program that made it.
    pub program: String,
    /// Whether it is of this desk; of another one nothing that was erased here is known.
    pub is_own: bool,
    /// What is in it.
    pub holds: BackupCounts,
    /// What is here now; `None` where there is no desk.
    pub here: Option<BackupCounts>,
    /// Answers in it that are missing here.
    pub new_answers: u32,
    /// Documents in it that are missing here.
    pub new_documents: u32,
    /// Names of models that its desk had and this computer does not.
    pub missing_models: Vec<String>,
}

/// What there is, in the nouns of a shop.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct BackupCounts {
    /// Approved answers and drafts.
    pub answers: u32,
    /// Documents.
    pub documents: u32,
    /// Questions that were asked.
    pub questions: u32,
    /// Questions without an answer.
    pub open_questions: u32,
    /// Orders that were imported.
    pub orders: u32,
    /// Wishes for a person.
    pub wishes: u32,
}

/// What a restore did.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct RestoredView {
    /// Instead of what was here, or in addition.
    pub how: RestoreHow,
    /// What is here now.
    pub now: BackupCounts,
    /// Answers that were added to those here.
    pub added_answers: u32,
    /// Documents that were added to those here.
    pub added_documents: u32,
    /// Conversations that were in the backup and are erased again, because they were erased here.
    pub erased_again: u32,
    /// The backup of the desk as it was before; empty where there was nothing to lose.
    pub safety: String,
    /// Where the files lie that could not be read any more; empty where they could.
    pub set_aside: String,
    /// How long it took.
    pub seconds: f64,
    /// Millions of bytes of the database in a second.
    pub mb_per_s: f64,
}
