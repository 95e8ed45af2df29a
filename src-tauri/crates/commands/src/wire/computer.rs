//! What staff may ask about this computer: its models, its speed and a plan for more visitors.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{
    ApiError, DownloadOffer, DownloadView, FoundModelView, ImportedModelView, MachineView,
    ModelChoiceView, PlanRequest, PlanView, SpeedView, TierView,
};

/// One thing to do with this computer and its models.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(tag = "what", rename_all = "snake_case", deny_unknown_fields)]
#[ts(export, export_to = "wire.ts")]
pub enum ComputerCommand {
    /// The machine, its tier, and every model with what it would be like here.
    Overview,
    /// What a download would bring, asked of the server it would come from. Nothing is downloaded.
    OfferDownload {
        /// The model's id in the catalogue.
        id: String,
    },
    /// Downloads a model that was offered.
    StartDownload {
        /// The model's id in the catalogue.
        id: String,
        /// The size that the person agreed to, in bytes; another one starts nothing.
        size_bytes: u64,
    },
    /// Stops a download and keeps what is there.
    PauseDownload {
        /// The model's id.
        id: String,
    },
    /// Goes on with a stopped download.
    ResumeDownload {
        /// The model's id.
        id: String,
    },
    /// Stops a download and deletes what is there.
    CancelDownload {
        /// The model's id.
        id: String,
    },
    /// Downloads under way, stopped and failed.
    Downloads,
    /// Lets the person pick model files, then imports them. Only where there is a window.
    ChooseModels,
    /// Imports model files, from a stick or a folder.
    ImportModels {
        /// Files and folders on this computer.
        paths: Vec<String>,
        /// Use them where they lie, without a copy.
        #[serde(default)]
        in_place: bool,
    },
    /// Looks for models that other programs keep on this computer.
    FindModels,
    /// Lets another chat model phrase the answers, without a pause.
    UseModel {
        /// The model's id.
        id: String,
    },
    /// Goes back to the chat model before.
    RollBackModel,
    /// Deletes the file of a model that is not in use.
    DeleteModel {
        /// The model's id.
        id: String,
    },
    /// Measures how fast a chat model is here; takes about 20 seconds.
    Measure {
        /// The model's id; the one in use when there is none.
        #[serde(default)]
        id: Option<String>,
    },
    /// How many people this computer serves, and what more would take.
    Plan(PlanRequest),
    /// The same as a page to print, HTML without anything to load.
    PlanPage(PlanRequest),
    /// Everything somebody who helps needs to know, as text without personal data.
    Report,
    /// The newest lines of the program's log.
    Log {
        /// How many, at most 1,000.
        lines: u32,
    },
    /// The licences of everything that is in the programs.
    Licences,
}

/// Reply to a [`ComputerCommand`].
#[derive(Clone, Debug, Serialize, TS)]
#[serde(tag = "of", rename_all = "snake_case")]
#[ts(export, export_to = "wire.ts")]
pub enum ComputerReply {
    /// Reply to `overview`, `use_model`, `roll_back_model` and `delete_model`.
    Overview(Box<ComputerView>),
    /// Reply to `offer_download`.
    Offer(DownloadOffer),
    /// Reply to `downloads` and to what starts, stops and deletes them.
    Downloads {
        /// Newest first.
        downloads: Vec<DownloadView>,
    },
    /// Reply to `choose_models` and `import_models`.
    Imported {
        /// One a file.
        models: Vec<ImportedModelView>,
    },
    /// Reply to `find_models`.
    Found {
        /// Largest first.
        models: Vec<FoundModelView>,
    },
    /// Reply to `measure`.
    Speed(SpeedView),
    /// Reply to `plan`.
    Plan(Box<PlanView>),
    /// Reply to `log`.
    Log {
        /// Oldest first.
        lines: Vec<String>,
        /// Where the files lie.
        folder: String,
    },
    /// Reply to `plan_page`, `report` and `licences`.
    Text {
        /// The page or the report.
        text: String,
    },
}

/// This computer and its models.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct ComputerView {
    /// The computer.
    pub machine: MachineView,
    /// Its class, the model that suits it best, and why.
    pub tier: TierView,
    /// Every model: of the catalogue, brought by staff, and in use; the recommended one first.
    pub models: Vec<ModelChoiceView>,
    /// The chat model that phrases answers now, if its file is here.
    pub in_use: Option<String>,
    /// The chat model before, if one can go back to it.
    pub previous: Option<String>,
    /// How fast the model in use is here, once measured.
    pub speed: Option<SpeedView>,
    /// What is wrong with models, and what to do.
    pub problems: Vec<ApiError>,
}
