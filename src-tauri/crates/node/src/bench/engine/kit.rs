//! Which program and which model files our side is made of.

use std::path::{Path, PathBuf};

use catalog::{Catalog, Entry, Located, Measured};
use commands::Llama;
use engine::child::{ChildConfig, Limits, Purpose, Tuning};
use serde_json::Value;

use super::broken;
use super::ours::{Drafts, Ours};
use crate::arguments::EngineBench;
use crate::exit::Failure;
use crate::open::Place;

/// As many as the reference is started with.
pub(super) const SLOTS: usize = 8;

/// All slots together, as the reference is started with.
const CONTEXT_TOKENS: u32 = 8192;

/// The sample shop speaks it.
const LANGUAGE: &str = "en";

/// Makes our engines.
pub(super) struct Kit {
    program: PathBuf,
    chat: Entry,
    chat_file: PathBuf,
    embedding: Entry,
    /// What is wrong with the embedding model's file is told by the figure that needs it.
    embedding_file: Option<PathBuf>,
    tuning: Tuning,
}

impl Kit {
    /// Finds the models the desk would choose here. Fails when there is no chat model's file.
    pub(super) fn find(place: &Place, command: &EngineBench) -> Result<Self, Failure> {
        let catalog = Catalog::bundled();
        let choice = catalog::choose(&hardware::detect(), &catalog, &Measured::default(), LANGUAGE);
        let folders = catalog::model_folders(&place.data, None);
        let file = |entry: &Entry| match catalog::locate(entry, &folders, None) {
            Located::Ready { path } => Ok(path),
            Located::Missing => Err(broken(format!("the model file {} is missing", entry.file))),
            Located::Damaged { reason } => Err(broken(reason)),
        };
        let chat = choice
            .best_here(|entry| file(entry).is_ok())
            .or_else(|| catalog.comes_with_the_program())
            .ok_or_else(|| broken("no chat model is here"))?;
        let chat_file = match &command.model {
            Some(path) => path.clone(),
            None => file(chat)?,
        };
        Ok(Self {
            program: Llama::beside_this_program().program,
            chat: chat.clone(),
            chat_file,
            embedding: choice.embedding.clone(),
            embedding_file: file(choice.embedding).ok(),
            tuning: Tuning {
                threads: command.threads,
                slots: Some(SLOTS),
                context_tokens: Some(CONTEXT_TOKENS),
                gpu_layers: command.gpu_layers,
                ..Tuning::default()
            },
        })
    }

    /// The chat model's file.
    pub(super) fn chat_file(&self) -> &Path {
        &self.chat_file
    }

    /// The name of the chat model's file.
    pub(super) fn chat_name(&self) -> Value {
        name(Some(&self.chat_file))
    }

    /// The name of the embedding model's file.
    pub(super) fn embedding_name(&self) -> Value {
        name(self.embedding_file.as_deref())
    }

    /// What the embedding model wants before a passage.
    pub(super) fn passage_prefix(&self) -> &str {
        self.embedding.embedding.as_ref().map_or("", |embedding| &embedding.passage_prefix)
    }

    /// A chat engine that is ready, with a folder for states if it may keep some.
    pub(super) fn chat(&self, drafts: Drafts, states: Option<&Path>) -> Result<Ours, Failure> {
        Ours::start(self.chat_config(drafts, states))
    }

    /// How a chat engine is started.
    pub(super) fn chat_config(&self, drafts: Drafts, states: Option<&Path>) -> ChildConfig {
        let tuning = Tuning {
            without_drafts: drafts == Drafts::Never,
            states: states.map(Path::to_path_buf),
            ..self.tuning.clone()
        };
        self.config(&self.chat, &self.chat_file, Purpose::Chat, tuning)
    }

    /// An embedding engine that is ready.
    pub(super) fn embedder(&self) -> Result<Ours, Failure> {
        let file = self.embedding_file.as_deref();
        let file = file.ok_or_else(|| {
            broken(format!("the model file {} is missing or damaged", self.embedding.file))
        })?;
        let tuning = Tuning {
            threads: self.tuning.threads,
            gpu_layers: self.tuning.gpu_layers,
            ..Tuning::default()
        };
        Ours::start(self.config(&self.embedding, file, Purpose::Embedding, tuning))
    }

    fn config(&self, entry: &Entry, file: &Path, purpose: Purpose, tuning: Tuning) -> ChildConfig {
        let embedding = entry.embedding.as_ref();
        ChildConfig {
            program: self.program.clone(),
            model: file.to_path_buf(),
            model_id: entry.id.clone(),
            purpose,
            query_prefix: embedding.map_or(String::new(), |e| e.query_prefix.clone()),
            passage_prefix: embedding.map_or(String::new(), |e| e.passage_prefix.clone()),
            width: embedding.map_or(0, |embedding| embedding.width as usize),
            identity: entry.sha256.clone(),
            tuning,
            eager: false,
            limits: Limits::default(),
        }
    }
}

fn name(file: Option<&Path>) -> Value {
    file.and_then(Path::file_name).map_or(Value::Null, |name| name.to_string_lossy().into())
}
