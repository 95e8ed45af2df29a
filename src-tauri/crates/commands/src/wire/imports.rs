//! What staff see of imports in the background and of watched folders.

use serde::Serialize;
use ts_rs::TS;

use super::ImportReport;

/// One import and how far it is.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct ImportJobView {
    /// Number.
    pub id: i64,
    /// Files and folders that were asked for.
    pub paths: Vec<String>,
    /// Where it stands.
    pub state: ImportJobState,
    /// When it was asked for, seconds since 1970.
    pub created_at: i64,
    /// When it was over, seconds since 1970.
    pub finished_at: Option<i64>,
    /// Files found.
    pub files: u32,
    /// Files that are done.
    pub files_done: u32,
    /// Pieces of the desk that are searched.
    pub pieces: u32,
    /// Of these, searchable by meaning.
    pub pieces_embedded: u32,
    /// Seconds until all of it can be found by meaning, as far as that can be told.
    pub seconds_left: Option<f64>,
}

/// Where an import stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "wire.ts")]
pub enum ImportJobState {
    /// Its folders are being listed.
    Listing,
    /// Files are being read; each can be found by its words as soon as it is done.
    Reading,
    /// All files are read, and pieces are being made searchable by meaning.
    Embedding,
    /// Stopped for a while.
    Paused,
    /// Stopped for good.
    Cancelled,
    /// Everything is done.
    Done,
}

/// One file of an import.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct ImportFileView {
    /// Where it lies.
    pub path: String,
    /// What became of it, once it is done.
    pub report: Option<ImportReport>,
}

/// One watched folder.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct WatchedFolderView {
    /// Number.
    pub id: i64,
    /// Where it lies.
    pub path: String,
    /// When it was last looked at, seconds since 1970.
    pub scanned_at: Option<i64>,
    /// What was wrong then.
    pub problem: Option<String>,
    /// Files known in it.
    pub files: u32,
}
