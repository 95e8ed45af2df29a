//! The chat model that phrases answers: where it sits, and how another is made.

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use catalog::{Catalog, Entry};
use engine::child::{Child, Limits, Purpose, Tuning};
use engine::{Embedder, Engine};

use super::{Llama, config, exam_key, with_states};

/// Makes a chat engine for a model and its file.
pub type MakeChat = dyn Fn(&Entry, &Path) -> Arc<dyn Engine> + Send + Sync;

/// Stand-ins for every model of a catalogue of the caller's.
pub struct Made {
    /// The models there are; their files are looked for in the desk's own folder only.
    pub catalog: Catalog,
    /// Makes a chat engine.
    pub chat: Arc<MakeChat>,
    /// Finds passages.
    pub embedder: Option<Arc<dyn Embedder>>,
}

/// One chat model at work, or about to be.
#[derive(Clone)]
pub(crate) struct Chat {
    pub(crate) engine: Arc<dyn Engine>,
    /// The process behind it; stand-ins have none.
    pub(crate) child: Option<Arc<Child>>,
    /// The key of its exam: the mark belongs to these bytes.
    pub(crate) exam_key: String,
    /// The memory it needs, in bytes.
    pub(crate) memory_bytes: u64,
}

/// The place that one chat model has at a time. Clones are the same place.
#[derive(Clone, Default)]
pub(crate) struct Seat(Arc<RwLock<Option<Chat>>>);

/// Where chat engines come from.
pub(crate) enum Maker {
    /// Processes of the engine's program.
    Llama {
        llama: Llama,
        /// The desk's folder, for states.
        data: PathBuf,
    },
    /// The caller's stand-ins.
    Made(Arc<MakeChat>),
    /// There is one engine and no other.
    Nowhere,
}

/// How a new file is tried: one failure is enough, and it may take a while to load.
const TRIAL: fn(Limits) -> Limits = |usual| Limits { most_failures: 1, ..usual };

impl Chat {
    /// An engine that the caller made.
    pub(crate) fn given(engine: Arc<dyn Engine>) -> Self {
        let exam_key = engine.model_id().to_string();
        Self { engine, child: None, exam_key, memory_bytes: 0 }
    }

    pub(crate) fn id(&self) -> &str {
        self.engine.model_id()
    }

    /// Whether it takes memory now.
    pub(crate) fn runs(&self) -> bool {
        self.child.as_ref().is_none_or(|child| child.process_id().is_some())
    }
}

impl Seat {
    pub(crate) fn new(chat: Option<Chat>) -> Self {
        Self(Arc::new(RwLock::new(chat)))
    }

    pub(crate) fn taken(&self) -> Option<Chat> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The process behind it.
    pub(crate) fn child(&self) -> Option<Arc<Child>> {
        self.taken()?.child
    }

    /// Puts another in this place; the one before is handed back.
    pub(crate) fn give(&self, chat: Option<Chat>) -> Option<Chat> {
        std::mem::replace(&mut *self.0.write().unwrap_or_else(PoisonError::into_inner), chat)
    }
}

impl Maker {
    /// Whether there is a choice of chat models at all.
    pub(crate) fn has_choice(&self) -> bool {
        !matches!(self, Self::Nowhere)
    }

    /// An engine for this file, not yet started. `threads` are those that were measured to be the
    /// fastest; a number that the caller of the desk wants comes first.
    pub(crate) fn make(&self, entry: &Entry, file: &Path, threads: Option<usize>) -> Option<Chat> {
        self.make_with(entry, file, |llama, data| {
            let mut config = config(llama, entry, file.into(), Purpose::Chat);
            config.tuning.threads = config.tuning.threads.or(threads);
            Child::new(with_states(config, data))
        })
    }

    /// The same for a file that nobody knows: it leaves nothing behind and is given up at once.
    pub(crate) fn make_for_trial(&self, entry: &Entry, file: &Path) -> Option<Chat> {
        self.make_with(entry, file, |llama, _| {
            let mut config = config(llama, entry, file.into(), Purpose::Chat);
            config.limits = TRIAL(config.limits);
            config.tuning = Tuning { context_tokens: Some(TRIAL_TOKENS), ..config.tuning };
            Child::new(config)
        })
    }

    fn make_with(
        &self,
        entry: &Entry,
        file: &Path,
        child: impl FnOnce(&Llama, &Path) -> Child,
    ) -> Option<Chat> {
        let (exam_key, memory_bytes) = (exam_key(entry), entry.memory_bytes());
        match self {
            Self::Llama { llama, data } => {
                let child = Arc::new(child(llama, data));
                Some(Chat { engine: child.clone(), child: Some(child), exam_key, memory_bytes })
            }
            Self::Made(make) => {
                Some(Chat { engine: make(entry, file), child: None, exam_key, memory_bytes })
            }
            Self::Nowhere => None,
        }
    }
}

/// Tokens of a trial: enough for a greeting, and little memory.
const TRIAL_TOKENS: u32 = 512;
