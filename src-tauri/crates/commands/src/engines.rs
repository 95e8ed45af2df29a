//! The two engines of a desk: one finds passages, one phrases answers.

mod chat;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use catalog::Entry;
use documents::Reader;
use engine::child::{Child, ChildConfig, Limits, Purpose, Tuning};
use engine::scripted::{ScriptedEmbedder, ScriptedEngine};
use engine::{Embedder, Engine};
use knowledge::{Calibration, Thresholds};

pub(crate) use chat::{Chat, Maker, Seat};
pub use chat::{Made, MakeChat};

use crate::finders::{Finder, Finders, Source};
use crate::servers::GivenServer;
use crate::shelf::Model;

/// Which engines a desk runs on.
pub enum EngineChoice {
    /// llama.cpp in child processes.
    Llama(Llama),
    /// A server phrases answers; llama.cpp finds passages.
    Server {
        /// For the model that finds passages.
        llama: Llama,
        /// Who is asked.
        server: GivenServer,
    },
    /// Deterministic stand-ins without a model.
    Scripted,
    /// Engines made by the caller, for tests.
    Given {
        /// Phrases answers.
        chat: Option<Arc<dyn Engine>>,
        /// Finds passages.
        embedder: Option<Arc<dyn Embedder>>,
    },
    /// Stand-ins made by the caller for each chat model, for tests of changing models.
    Made(Made),
}

/// What starting llama.cpp needs.
#[derive(Clone, Debug, Default)]
pub struct Llama {
    /// The `frontdesk-engine` program.
    pub program: PathBuf,
    /// Folder of resources that came with the program, if it was installed.
    pub resources: Option<PathBuf>,
    /// Threads for each model; `None` lets the engine decide.
    pub threads: Option<usize>,
    /// How long things may take; tests shorten it.
    pub limits: Limits,
}

impl Llama {
    /// The engine that lies beside the running program, wherever both are installed.
    pub fn beside_this_program() -> Self {
        let name = format!("frontdesk-engine{}", std::env::consts::EXE_SUFFIX);
        let program = std::env::current_exe()
            .ok()
            .and_then(|program| Some(program.parent()?.join(&name)))
            .unwrap_or_else(|| PathBuf::from(name));
        Self { program, ..Self::default() }
    }
}

/// Who reads files: a locked child for each, but for tests that bring their own engines.
pub(crate) fn reader(choice: &EngineChoice) -> Reader {
    match choice {
        EngineChoice::Llama(_) | EngineChoice::Server { .. } | EngineChoice::Scripted => {
            Reader::beside_this_program()
        }
        EngineChoice::Given { .. } | EngineChoice::Made(_) => Reader::within(),
    }
}

/// What is known of a desk before its engines start.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct DeskLanguages<'a> {
    /// Of the staff window; empty where staff chose none.
    pub(crate) window: &'a str,
    /// Of most of what the shop has written.
    pub(crate) content: Option<&'a str>,
    /// The model whose vectors were in use the last time.
    pub(crate) used_before: Option<&'a str>,
}

/// Engines in place.
pub(crate) struct Engines {
    pub(crate) chat: Seat,
    pub(crate) finders: Finders,
    pub(crate) children: Children,
    /// Where another chat engine would come from.
    pub(crate) maker: Maker,
}

/// The processes behind the engines: to start early, and to look after. Stand-ins have none.
#[derive(Clone, Default)]
pub(crate) struct Children {
    chat: Seat,
    embedding: Option<Arc<Child>>,
}

impl Engines {
    /// Starts what is needed for the first question; `chat` is the model that shall phrase answers.
    pub(crate) fn start(
        choice: EngineChoice,
        data: &Path,
        models: &[Model],
        chat: Option<&Model>,
        desk: DeskLanguages<'_>,
    ) -> Self {
        match choice {
            EngineChoice::Llama(llama) => Self::llama(llama, data, models, chat, desk),
            EngineChoice::Server { llama, server } => {
                let found = Self::llama(llama, data, models, None, desk);
                Self { maker: Maker::Nowhere, ..found }.speaking_with(server.chat())
            }
            EngineChoice::Scripted => Self::given(
                Some(Chat::given(Arc::new(ScriptedEngine::repeating_the_passage()))),
                Some(Arc::new(ScriptedEmbedder::new())),
                Maker::Nowhere,
            ),
            EngineChoice::Given { chat, embedder } => {
                Self::given(chat.map(Chat::given), embedder, Maker::Nowhere)
            }
            EngineChoice::Made(made) => {
                let maker = Maker::Made(made.chat);
                Self::given(chat.and_then(|model| model.chat(&maker)), made.embedder, maker)
            }
        }
    }

    fn speaking_with(self, chat: Chat) -> Self {
        self.chat.give(Some(chat));
        self
    }

    /// The stand-in's cosine is the share of words in common, so its scale starts at nothing.
    fn given(chat: Option<Chat>, embedder: Option<Arc<dyn Embedder>>, maker: Maker) -> Self {
        let chat = Seat::new(chat);
        Self {
            children: Children { chat: chat.clone(), embedding: None },
            chat,
            finders: Finders::given(embedder.map(|embedder| Finder {
                embedder,
                child: None,
                calibration: Calibration {
                    c0: 0.0,
                    r: 0.7,
                    alpha: 0.6,
                    usual: Thresholds { refuse_below: 0.33, answer_from: 0.48 },
                },
            })),
            maker,
        }
    }

    fn llama(
        llama: Llama,
        data: &Path,
        models: &[Model],
        chat: Option<&Model>,
        desk: DeskLanguages<'_>,
    ) -> Self {
        let maker = Maker::Llama { llama: llama.clone(), data: data.into() };
        let chat = Seat::new(chat.and_then(|model| model.chat(&maker)));
        let source = Source::new(llama, models);
        let finders = Finders::start(source, desk.window, desk.content, desk.used_before);
        let embedding = finders.first().and_then(|finder| finder.child);
        Self { children: Children { chat: chat.clone(), embedding }, chat, finders, maker }
    }
}

impl Children {
    /// Loads the chat model, which is slow to start.
    pub(crate) fn warm_up_chat(&self) {
        if let Some(chat) = self.chat.child() {
            chat.warm_up();
        }
    }

    /// The process that phrases answers.
    pub(crate) fn chat_child(&self) -> Option<Arc<Child>> {
        self.chat.child()
    }

    /// Gives those that failed too often another chance. Only staff may cause this: visitors ask
    /// the same question again, and a question may be what made them fail.
    pub(crate) fn try_again(&self) {
        let all = [&self.chat.child(), &self.embedding];
        all.into_iter().flatten().filter(|child| child.stands_down()).for_each(|it| it.warm_up());
    }

    /// What the running chat engine computes on.
    pub(crate) fn chat_computes_on(&self) -> Option<String> {
        Some(self.chat.child()?.hello()?.computes_on)
    }

    /// What somebody who looks after this computer should know of how they run.
    pub(crate) fn notes(&self) -> Vec<String> {
        let note = |name: &str, child: &Option<Arc<Child>>| {
            let why = child.as_ref()?.without_graphics()?;
            Some(format!("the {name} engine leaves the graphics card alone: {why}"))
        };
        let notes = [note("chat", &self.chat.child()), note("embedding", &self.embedding)];
        notes.into_iter().flatten().collect()
    }
}

/// What the model made of the instructions and of often used passages is kept from one start to
/// the next. It holds nothing that a visitor wrote, and can be deleted at any time.
fn with_states(config: ChildConfig, data: &Path) -> ChildConfig {
    let states = Some(data.join("states").join(&config.model_id));
    ChildConfig { tuning: Tuning { states, ..config.tuning }, ..config }
}

pub(crate) fn config(
    llama: &Llama,
    entry: &Entry,
    model: PathBuf,
    purpose: Purpose,
) -> ChildConfig {
    let embedding = entry.embedding.as_ref();
    let (query_prefix, passage_prefix) = embedding
        .map(|embedding| (embedding.query_prefix.clone(), embedding.passage_prefix.clone()))
        .unwrap_or_default();
    ChildConfig {
        program: llama.program.clone(),
        model,
        model_id: entry.id.clone(),
        identity: identity(entry),
        query_prefix,
        passage_prefix,
        width: embedding.map_or(0, |embedding| embedding.width as usize),
        purpose,
        tuning: Tuning { threads: llama.threads, ..Tuning::default() },
        // Every question needs the embedder; the chat model waits until it is wanted.
        eager: purpose == Purpose::Embedding,
        limits: llama.limits,
    }
}

/// Names the exam of a model: the mark belongs to these bytes.
pub(crate) fn exam_key(entry: &Entry) -> String {
    format!("{}:{}", entry.id, entry.sha256)
}

/// Names the vectors of a model: its file and its prefixes.
pub(crate) fn identity(entry: &Entry) -> String {
    let prefixes = entry.embedding.as_ref();
    let (query, passage) = prefixes
        .map(|embedding| (embedding.query_prefix.as_str(), embedding.passage_prefix.as_str()))
        .unwrap_or_default();
    format!("{}|{query}|{passage}", entry.sha256)
}

#[cfg(test)]
mod tests;
