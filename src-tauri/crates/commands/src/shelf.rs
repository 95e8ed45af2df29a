//! The models that this desk knows, and what their files are like. Looked at again after each
//! change, without a restart.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError, RwLock};

use catalog::{Catalog, Entry, Located, Measured, Purpose};
use hardware::Machine;
use store::{OwnModelRow, Store};

use crate::engines::{Chat, EngineChoice, Maker};
use crate::wire::ModelOrigin;

/// A model and what its file is like.
#[derive(Clone, Debug)]
pub(crate) struct Model {
    pub(crate) entry: Entry,
    pub(crate) located: Located,
    /// Whether this desk should have it: staff chose it, or it suits the computer.
    pub(crate) chosen: bool,
    pub(crate) origin: ModelOrigin,
    /// Threads that were measured to be clearly faster than what the engine takes by itself.
    pub(crate) threads: Option<usize>,
}

/// All models of one desk.
pub(crate) struct Shelf {
    store: Store,
    pub(crate) catalog: Catalog,
    folders: Vec<PathBuf>,
    models: RwLock<Vec<Model>>,
    /// One look at a time: a file of gigabytes is not read twice at once.
    looking: Mutex<()>,
}

/// What suits the computer, as far as it is known at the start.
#[derive(Clone, Debug, Default)]
pub(crate) struct Recommended {
    pub(crate) chat: String,
    pub(crate) embedding: String,
    pub(crate) why: Vec<String>,
}

impl Shelf {
    /// The models there can be on these engines. Stand-ins know none.
    pub(crate) fn open(choice: &EngineChoice, store: Store) -> Self {
        let data = store.folder().to_path_buf();
        catalog::bring::clear_leftovers(&data.join("models"));
        let (catalog, folders) = match choice {
            EngineChoice::Llama(llama) | EngineChoice::Server { llama, .. } => {
                (Catalog::bundled(), catalog::model_folders(&data, llama.resources.as_deref()))
            }
            EngineChoice::Made(made) => (made.catalog.clone(), vec![data.join("models")]),
            EngineChoice::Scripted | EngineChoice::Given { .. } => {
                (Catalog { models: Vec::new() }, Vec::new())
            }
        };
        let shelf =
            Self { store, catalog, folders, models: RwLock::default(), looking: Mutex::default() };
        shelf.look();
        shelf
    }

    /// Every model as it was at the last look; of the catalogue first.
    pub(crate) fn models(&self) -> Vec<Model> {
        self.models.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn find(&self, id: &str) -> Option<Model> {
        let models = self.models.read().unwrap_or_else(PoisonError::into_inner);
        models.iter().find(|model| model.entry.id == id).cloned()
    }

    /// Where the desk's own copies lie.
    pub(crate) fn folder(&self) -> PathBuf {
        self.store.folder().join("models")
    }

    /// Looks at every file again. One that has not changed since it was checked is not read.
    pub(crate) fn look(&self) {
        let _one = self.looking.lock().unwrap_or_else(PoisonError::into_inner);
        let brought = self.store.own_models().unwrap_or_else(|error| {
            tracing::warn!(%error, "the models that staff brought cannot be listed");
            Vec::new()
        });
        let cache = Some(self.store.folder());
        let mut models: Vec<Model> = Vec::new();
        for entry in &self.catalog.models {
            let (located, origin) = match catalog::locate(entry, &self.folders, cache) {
                ready @ Located::Ready { .. } => (ready, ModelOrigin::Catalogue),
                other => elsewhere(entry, other, &brought, cache),
            };
            models.push(self.model(entry.clone(), located, origin));
        }
        let own = brought.iter().filter(|row| self.catalog.by_sha256(&row.sha256).is_none());
        models.extend(own.filter_map(|row| self.own_model(row, cache)));
        *self.models.write().unwrap_or_else(PoisonError::into_inner) = models;
    }

    /// A file that the catalogue does not know. One whose row cannot be read is left out.
    fn own_model(&self, row: &OwnModelRow, cache: Option<&Path>) -> Option<Model> {
        let entry = crate::computer::own_entry(row)?;
        let (path, origin) = match row.in_place {
            true => (PathBuf::from(&row.path), ModelOrigin::InPlace),
            false => (self.folder().join(&row.path), ModelOrigin::Own),
        };
        let located = at(&path, &entry, cache);
        Some(self.model(entry, located, origin))
    }

    fn model(&self, entry: Entry, located: Located, origin: ModelOrigin) -> Model {
        let speed = self.store.speed(&entry.sha256).ok().flatten();
        let threads = speed.and_then(|speed| usize::try_from(speed.threads_better?).ok());
        Model { entry, located, chosen: false, origin, threads }
    }

    /// What suits this computer and this language, whatever is here.
    pub(crate) fn recommended(&self, machine: &Machine, language: &str) -> Recommended {
        if self.catalog.models.is_empty() {
            let why = vec!["stand-ins without a model".into()];
            return Recommended { why, ..Recommended::default() };
        }
        let choice = catalog::choose(machine, &self.catalog, &Measured::default(), language);
        let chat = self.catalog.comes_with_the_program().or(choice.chat);
        Recommended {
            chat: chat.map_or(String::new(), |entry| entry.id.clone()),
            embedding: choice.embedding.id.clone(),
            why: choice.why,
        }
    }

    /// The chat model to begin with: the one staff chose, else the best for this computer of those
    /// of the catalogue whose files are here.
    pub(crate) fn first_chat(&self, chosen: &str, machine: &Machine) -> Option<Model> {
        let models = self.models();
        let ready = |id: &str| {
            let is_chat = |model: &&Model| {
                model.entry.id == id
                    && model.entry.purpose == Purpose::Chat
                    && matches!(model.located, Located::Ready { .. })
            };
            models.iter().find(is_chat).cloned()
        };
        if self.catalog.models.is_empty() {
            return None;
        }
        // The language decides about the embedding model only.
        let choice = catalog::choose(machine, &self.catalog, &Measured::default(), "");
        ready(chosen).or_else(|| ready(&choice.best_here(|entry| ready(&entry.id).is_some())?.id))
    }
}

/// A catalogued file that another program keeps.
fn elsewhere(
    entry: &Entry,
    here: Located,
    brought: &[OwnModelRow],
    cache: Option<&Path>,
) -> (Located, ModelOrigin) {
    let same = |row: &&OwnModelRow| row.sha256 == entry.sha256;
    let found = brought.iter().filter(same).map(|row| at(Path::new(&row.path), entry, cache));
    match found.min_by_key(|located| !matches!(located, Located::Ready { .. })) {
        Some(located) if here == Located::Missing || matches!(located, Located::Ready { .. }) => {
            (located, ModelOrigin::InPlace)
        }
        _ => (here, ModelOrigin::Catalogue),
    }
}

/// What the one file is like that a model can have.
fn at(path: &Path, entry: &Entry, cache: Option<&Path>) -> Located {
    match catalog::verify(path, entry, cache) {
        Ok(()) => Located::Ready { path: path.into() },
        Err(catalog::CatalogError::Read { source, .. })
            if source.kind() == std::io::ErrorKind::NotFound =>
        {
            Located::Missing
        }
        Err(error) => Located::Damaged { reason: error.to_string() },
    }
}

impl Model {
    /// Its file, if it is the right one.
    pub(crate) fn file(&self) -> Option<PathBuf> {
        match &self.located {
            Located::Ready { path } => Some(path.clone()),
            Located::Missing | Located::Damaged { .. } => None,
        }
    }

    /// A chat engine on its file, not yet started.
    pub(crate) fn chat(&self, maker: &Maker) -> Option<Chat> {
        maker.make(&self.entry, &self.file()?, self.threads)
    }
}
