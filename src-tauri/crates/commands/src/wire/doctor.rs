//! What the doctor tells: the computer, its models, the data, and what is wrong.

use serde::Serialize;
use ts_rs::TS;

use super::{ApiError, HealthView};

/// Everything a person needs to see when something is wrong.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct Doctor {
    /// The computer.
    pub machine: MachineView,
    /// Which model was chosen, and why.
    pub tier: TierView,
    /// Models of the catalogue and whether their files are right.
    pub models: Vec<ModelView>,
    /// What the desk knows.
    pub data: DataView,
    /// State of both engines.
    pub engine: HealthView,
    /// What runs.
    pub build: BuildView,
    /// What is wrong and what to do.
    pub problems: Vec<ApiError>,
    /// What is not wrong and good to know.
    pub notes: Vec<NoteView>,
}

/// Something that staff should know of this computer.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct NoteView {
    /// In words for the person at the counter.
    pub message: String,
    /// What they can do.
    pub hint: String,
}

/// The computer.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct MachineView {
    /// Operating system and version.
    pub system: String,
    /// The processor's name.
    pub processor: String,
    /// Cores that do arithmetic.
    pub physical_cores: u32,
    /// Threads the system shows.
    pub logical_cores: u32,
    /// Bytes.
    pub memory_bytes: u64,
    /// Bytes that are free now.
    pub memory_free_bytes: u64,
    /// Cores that are as fast as the fastest.
    pub performance_cores: u32,
    /// The processor's family, as in `x86_64`.
    pub architecture: String,
    /// Instruction sets that matter for speed, as in `avx2`.
    pub instructions: Vec<String>,
    /// Bytes free on the disk with the data folder, if the system says.
    pub disk_free_bytes: Option<u64>,
    /// `mains`, `battery` or `unknown`.
    pub power: String,
    /// What it runs inside, as in `WSL` or `container`.
    pub virtualised: Option<String>,
    /// Graphics cards that the engine can use.
    pub devices: Vec<DeviceView>,
    /// Why no graphics card is used, where there might have been one.
    pub without_graphics: Option<String>,
}

/// A graphics card.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct DeviceView {
    /// The engine's name for it.
    pub name: String,
    /// The maker's name for it.
    pub description: String,
    /// Through what it is used, as in `Vulkan`.
    pub backend: String,
    /// `discrete`, `integrated` or `software`.
    pub kind: String,
    /// Bytes.
    pub memory_bytes: u64,
    /// Bytes that are free now.
    pub memory_free_bytes: u64,
}

/// What runs.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct BuildView {
    /// Version of this program.
    pub version: String,
    /// Build of the engine; empty where no engine answers.
    pub engine: String,
    /// What the chat engine computes on: the processor's library or a graphics card; empty while
    /// it does not run.
    pub computes_on: String,
    /// Seconds since 1970 by this computer's clock.
    pub clock: i64,
}

/// The chosen models.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct TierView {
    /// Short id of the class this computer is in, `t0` to `t6`.
    pub id: String,
    /// The class in words.
    pub name: String,
    /// Id of the chat model that suits it best, empty where none does.
    pub model: String,
    /// `phrase` where a model phrases answers now, else `quote`.
    pub answers: String,
    /// Reasons in words a person understands.
    pub why: Vec<String>,
}

/// One model of the catalogue.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct ModelView {
    /// The catalogue's id.
    pub id: String,
    /// `chat` or `embedding`.
    pub purpose: String,
    /// Bytes.
    pub size_bytes: u64,
    /// Names the file's bytes: its sha256.
    pub sha256: String,
    /// SPDX expression.
    pub licence: String,
    /// `ready`, `missing` or `damaged`.
    pub state: String,
    /// Exam result from 0 to 1, if it sat one on this computer.
    pub exam: Option<f32>,
}

/// What the desk knows.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct DataView {
    /// Where it lies.
    pub folder: String,
    /// Sources.
    pub sources: u32,
    /// Searchable pieces.
    pub passages: u32,
    /// Of these, searchable by meaning.
    pub embedded: u32,
    /// Approved answers.
    pub faqs: u32,
    /// Turns kept.
    pub turns: u32,
    /// Version of the knowledge.
    pub kb_version: i64,
    /// SQLite's version.
    pub sqlite: String,
}
