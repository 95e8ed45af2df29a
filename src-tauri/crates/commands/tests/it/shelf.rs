//! A desk with small made-up models: files with true headers, and an engine for each of them that
//! says the same sentence.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use catalog::bring::Bringing;
use catalog::{Catalog, Entry, Purpose};
use commands::wire::{
    ApiError, Ask, ComputerCommand, ComputerReply, Doctor, Generation, ImportedModelView,
    SettingsChange, StaffCommand, StaffReply, Turn, VisitorCommand, VisitorReply,
};
use commands::{Core, EngineChoice, Host, Made, OpenOptions, Session};
use engine::scripted::{Script, ScriptedEmbedder, ScriptedEngine};
use engine::{Engine, EngineError, GenerateRequest, Health, Reply};
use gguf::sparse::{Sparse, Value};
use hardware::Machine;
use tempfile::TempDir;

/// What every one of these models writes; the shop's texts support it.
const SENTENCE: &str = "ANSWER: Refunds take five working days.";

/// Asked where the model shall write.
pub(crate) const QUESTION: &str = "How long do refunds take for returned walking boots?";

/// Memory that is free on a computer with room for everything.
const PLENTY_BYTES: u64 = 8 << 30;

/// A folder in which a desk, a stick and another program's folder lie.
pub(crate) struct Shelf {
    pub(crate) folder: TempDir,
    pub(crate) catalog: Catalog,
    pub(crate) free_bytes: u64,
    /// Ids of models whose engines are there now.
    pub(crate) alive: Arc<Mutex<Vec<String>>>,
    /// Ids of models whose engines end when they shall write.
    pub(crate) broken: Arc<Mutex<HashSet<String>>>,
    pub(crate) chosen: Vec<PathBuf>,
}

/// An engine under a model's id.
struct Named {
    id: String,
    inner: ScriptedEngine,
    alive: Arc<Mutex<Vec<String>>>,
    broken: Arc<Mutex<HashSet<String>>>,
}

impl Engine for Named {
    fn generate(&self, request: GenerateRequest) -> Result<Reply, EngineError> {
        if self.broken.lock().unwrap().iter().any(|broken| self.id.starts_with(broken.as_str())) {
            return Err(EngineError::Lost { reason: "it ended with signal 6".into() });
        }
        self.inner.generate(request)
    }

    fn health(&self) -> Health {
        self.inner.health()
    }

    fn model_id(&self) -> &str {
        &self.id
    }
}

impl Drop for Named {
    fn drop(&mut self) {
        let mut alive = self.alive.lock().unwrap();
        let place = alive.iter().position(|id| *id == self.id).unwrap();
        alive.remove(place);
    }
}

/// A window in which somebody picks these files.
struct Window(Vec<PathBuf>);

impl Host for Window {
    fn choose_files(&self) -> Option<Vec<PathBuf>> {
        (!self.0.is_empty()).then(|| self.0.clone())
    }
}

impl Shelf {
    /// A desk's folder with the catalogued models `small-a` and `small-b` in it.
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let models = folder.path().join("desk/models");
        fs::create_dir_all(&models).unwrap();
        fs::create_dir(folder.path().join("stick")).unwrap();
        let mut catalog = Catalog::bundled();
        let chat = catalog.for_purpose(Purpose::Chat).next().unwrap().clone();
        catalog.models.retain(|entry| entry.purpose == Purpose::Embedding);
        for (rank, id) in [(2, "small-a"), (1, "small-b")] {
            let file = format!("{id}.gguf");
            let path = models.join(&file);
            write_model(&path, id);
            let entry = Entry { id: id.into(), name: id.into(), file, rank, ..chat.clone() };
            catalog.models.push(with_bytes_of(entry, &path));
        }
        Self {
            folder,
            catalog,
            free_bytes: PLENTY_BYTES,
            alive: Arc::default(),
            broken: Arc::default(),
            chosen: Vec::new(),
        }
    }

    pub(crate) fn desk(&self) -> PathBuf {
        self.folder.path().join("desk")
    }

    /// A model that the catalogue does not know, on a stick.
    pub(crate) fn on_stick(&self, file: &str) -> PathBuf {
        let path = self.folder.path().join("stick").join(file);
        write_model(&path, file);
        path
    }

    pub(crate) fn entry(&self, id: &str) -> &Entry {
        self.catalog.find(id).unwrap()
    }

    pub(crate) fn alive(&self) -> Vec<String> {
        self.alive.lock().unwrap().clone()
    }

    /// Opens the desk with the shop's texts in it and a model that may write.
    pub(crate) fn open(&self) -> Open {
        let (alive, broken) = (self.alive.clone(), self.broken.clone());
        let make = move |entry: &Entry, _: &Path| -> Arc<dyn Engine> {
            alive.lock().unwrap().push(entry.id.clone());
            let inner = ScriptedEngine::new(|_| Script {
                pieces: SENTENCE.split_inclusive(' ').map(String::from).collect(),
                pause: Duration::from_millis(2),
                ..Script::default()
            });
            let (alive, broken) = (alive.clone(), broken.clone());
            Arc::new(Named { id: entry.id.clone(), inner, alive, broken })
        };
        let core = Core::open(OpenOptions {
            data: self.desk(),
            engine: EngineChoice::Made(Made {
                catalog: self.catalog.clone(),
                chat: Arc::new(make),
                embedder: Some(Arc::new(ScriptedEmbedder::new())),
            }),
            sample: false,
            machine: Some(Machine {
                physical_cores: 8,
                performance_cores: 8,
                logical_cores: 8,
                memory_bytes: 16 << 30,
                memory_free_bytes: self.free_bytes,
                ..Machine::default()
            }),
            host: Arc::new(Window(self.chosen.clone())),
        });
        let open = Open { core: core.unwrap() };
        let rules = self.folder.path().join("rules.md");
        fs::write(&rules, testkit::SHOP_DOCUMENT).unwrap();
        open.core.import(&open.staff(), &[rules], false, &mut |_| {}).unwrap();
        open.core.settle();
        open.set_generation(Generation::Always);
        open
    }
}

/// A running desk.
#[derive(Clone)]
pub(crate) struct Open {
    pub(crate) core: Arc<Core>,
}

impl Open {
    pub(crate) fn staff(&self) -> Session {
        Session::staff("test")
    }

    pub(crate) fn set_generation(&self, generation: Generation) {
        let change = SettingsChange { generation: Some(generation), ..SettingsChange::default() };
        self.core.manage(&self.staff(), StaffCommand::ChangeSettings(change)).unwrap();
    }

    pub(crate) fn ask(&self, question: &str) -> Turn {
        let ask = Ask {
            ask_id: "t".into(),
            question: question.into(),
            conversation: None,
            language: None,
        };
        let session = Session::visitor(question);
        match self.core.visit(&session, VisitorCommand::Ask(ask), &mut |_| {}).unwrap() {
            VisitorReply::Turn(turn) => *turn,
            other => panic!("{other:?}"),
        }
    }

    pub(crate) fn try_command(&self, command: ComputerCommand) -> Result<ComputerReply, ApiError> {
        match self.core.manage(&self.staff(), StaffCommand::Computer(command))? {
            StaffReply::Computer(reply) => Ok(*reply),
            other => panic!("{other:?}"),
        }
    }

    pub(crate) fn use_model(&self, id: &str) -> Result<ComputerReply, ApiError> {
        self.try_command(ComputerCommand::UseModel { id: id.into() })
    }

    pub(crate) fn delete(&self, id: &str) -> Result<ComputerReply, ApiError> {
        self.try_command(ComputerCommand::DeleteModel { id: id.into() })
    }

    /// Imports one file.
    pub(crate) fn import(&self, path: &Path, in_place: bool) -> ImportedModelView {
        let paths = vec![path.to_str().unwrap().into()];
        let reply = self.try_command(ComputerCommand::ImportModels { paths, in_place }).unwrap();
        let ComputerReply::Imported { mut models } = reply else { panic!("{reply:?}") };
        assert_eq!(models.len(), 1);
        models.remove(0)
    }

    pub(crate) fn doctor(&self) -> Doctor {
        match self.core.manage(&self.staff(), StaffCommand::Doctor).unwrap() {
            StaffReply::Doctor(doctor) => *doctor,
            other => panic!("{other:?}"),
        }
    }

    /// What the doctor says about the small models.
    pub(crate) fn problems(&self) -> Vec<ApiError> {
        let mut problems = self.doctor().problems;
        problems.retain(|problem| problem.message.contains("small-"));
        problems
    }

    /// The chat model that phrases answers.
    pub(crate) fn in_use(&self) -> String {
        match self.try_command(ComputerCommand::Overview).unwrap() {
            ComputerReply::Overview(view) => view.in_use.unwrap_or_default(),
            other => panic!("{other:?}"),
        }
    }

    /// What a model's file is like.
    pub(crate) fn state(&self, id: &str) -> String {
        let models = self.doctor().models;
        models.into_iter().find(|model| model.id == id).map_or("unknown".into(), |it| it.state)
    }
}

/// A file with a true header; its name makes its bytes different from all others.
fn write_model(path: &Path, name: &str) {
    let mut model = Sparse::new("llama");
    model.key("general.name", Value::Text(format!("A model called {name}")));
    for (key, whole) in [
        ("block_count", 2),
        ("context_length", 512),
        ("embedding_length", 64),
        ("feed_forward_length", 128),
        ("attention.head_count", 4),
        ("attention.head_count_kv", 2),
        ("rope.dimension_count", 16),
    ] {
        model.own(key, Value::Whole(whole));
    }
    model.own("attention.layer_norm_rms_epsilon", Value::Fraction(1e-5));
    model.vocabulary(8);
    model.tensor("token_embd.weight", &[64, 8], "F32");
    model.tensor("output_norm.weight", &[64], "F32");
    model.write(path).unwrap();
    // Two models of one size would be taken for each other's damage.
    let length = fs::metadata(path).unwrap().len() + name.bytes().map(u64::from).sum::<u64>() * 32;
    fs::File::options().write(true).open(path).unwrap().set_len(length).unwrap();
}

fn with_bytes_of(entry: Entry, path: &Path) -> Entry {
    let nothing = Catalog { models: Vec::new() };
    let bringing = Bringing {
        catalog: &nothing,
        folder: path.parent().unwrap(),
        free_bytes: None,
        brought: &[],
        stop: &|| false,
        progress: &|_, _| {},
    };
    let found = bringing.in_place(path).unwrap();
    let shape = gguf::inspect(path).unwrap().shape;
    Entry { size_bytes: found.size_bytes, size_exact: true, sha256: found.sha256, shape, ..entry }
}
