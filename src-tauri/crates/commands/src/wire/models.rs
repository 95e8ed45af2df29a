//! Models as staff see them: choices, downloads, imports, and models of other programs.

use serde::Serialize;
use ts_rs::TS;

use super::{ApiError, SpeedView};

/// One model and what it would be like on this computer.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct ModelChoiceView {
    /// The model's id.
    pub id: String,
    /// The name people see.
    pub name: String,
    /// `chat` or `embedding`.
    pub purpose: String,
    /// Where it comes from.
    pub origin: ModelOrigin,
    /// One line on what it is good for.
    pub summary: String,
    /// The file's size in bytes.
    pub size_bytes: u64,
    /// Whether that size is known exactly; else the server is asked before anything is downloaded.
    pub size_exact: bool,
    /// Memory it needs while it runs, in bytes.
    pub memory_bytes: u64,
    /// SPDX expression.
    pub licence: String,
    /// Where it would be downloaded from; empty where it cannot be.
    pub host: String,
    /// What the desk thinks of it on this computer.
    pub verdict: ModelVerdict,
    /// Why, in words for the person at the counter.
    pub reason: String,
    /// What to know before using it.
    pub warnings: Vec<String>,
    /// `ready`, `missing` or `damaged`.
    pub state: String,
    /// Whether it phrases answers, or finds passages, now.
    pub in_use: bool,
    /// Exam result from 0 to 1, if it sat one on this computer.
    pub exam: Option<f32>,
    /// How fast it is here, once measured.
    pub speed: Option<SpeedView>,
}

/// Where a model comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "wire.ts")]
pub enum ModelOrigin {
    /// The catalogue knows it byte for byte.
    Catalogue,
    /// Staff brought a file that the catalogue does not know.
    Own,
    /// The file of another program, used where it lies.
    InPlace,
}

/// What the desk thinks of a model on this computer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "wire.ts")]
pub enum ModelVerdict {
    /// The best one for this computer.
    Recommended,
    /// It runs well here.
    Fits,
    /// It fits and is too slow to wait for.
    TooSlow,
    /// It does not fit into the memory that is free.
    TooLarge,
    /// It failed its exam here.
    FailedExam,
}

/// What a download would bring: shown before anybody agrees.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct DownloadOffer {
    /// The model's id.
    pub id: String,
    /// The name people see.
    pub name: String,
    /// Bytes as the server says.
    pub size_bytes: u64,
    /// Bytes that are here already from an earlier try.
    pub have_bytes: u64,
    /// The server's name.
    pub host: String,
    /// SPDX expression of the licence.
    pub licence: String,
    /// Room left on the disk, in bytes.
    pub disk_free_bytes: Option<u64>,
    /// Whether it fits there with room to spare.
    pub fits_on_disk: bool,
}

/// One download.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct DownloadView {
    /// The model's id.
    pub id: String,
    /// The name people see.
    pub name: String,
    /// What it is doing.
    pub state: DownloadState,
    /// Bytes that are here.
    pub have_bytes: u64,
    /// Bytes in all.
    pub size_bytes: u64,
    /// Bytes a second over the last seconds; 0 when nothing comes.
    pub bytes_per_second: u64,
    /// Seconds left at this speed.
    pub seconds_left: Option<u64>,
    /// Why it stopped.
    pub error: Option<ApiError>,
}

/// What a download is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "wire.ts")]
pub enum DownloadState {
    /// Bytes come.
    Running,
    /// It tries again in a moment.
    Retrying,
    /// All bytes are here and are being checked.
    Checking,
    /// Staff stopped it.
    Paused,
    /// It gave up; what is there is kept.
    Failed,
    /// The model is here.
    Done,
}

/// What became of one model file.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct ImportedModelView {
    /// The file as given.
    pub path: String,
    /// The model it became; empty where it was refused.
    pub id: String,
    /// The name people see.
    pub name: String,
    /// Whether the catalogue knows these bytes.
    pub known: bool,
    /// What staff should know.
    pub warnings: Vec<String>,
    /// Why it was refused.
    pub error: Option<ApiError>,
}

/// A model that another program keeps.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct FoundModelView {
    /// The other program, as in `Ollama`, `LM Studio` or `Jan`.
    pub program: String,
    /// Its name there.
    pub name: String,
    /// The file.
    pub path: String,
    /// Bytes.
    pub size_bytes: u64,
    /// The catalogue's id, where the file has that model's bytes or says so by its name there.
    pub id: Option<String>,
}
