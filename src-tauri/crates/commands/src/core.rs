//! The running desk: store, knowledge, assistant and engines, opened once and shared by every
//! caller.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock};
use std::thread::JoinHandle;
use std::time::{SystemTime, UNIX_EPOCH};

use access::Access;
use assistant::Assistant;
use hardware::Machine;
use knowledge::{Calibration, EmbeddingProgress, Knowledge};
use orders::Orders;
use settings::Settings;
use store::Store;

use crate::backups::Backups;
use crate::downloads::Downloads;
use crate::engines::{Chat, Children, DeskLanguages, EngineChoice, Engines, Maker, Seat};
use crate::exports::Exporter;
use crate::finders::{Finder, Finders, main_language};
use crate::graphics::Graphics;
use crate::host::Host;
use crate::importer::Importer;
use crate::indexer::Indexer;
use crate::opening::Daily;
use crate::packs::Follower;
use crate::privacy::Keeper;
use crate::probing::Probing;
use crate::servers::Servers;
use crate::shelf::{Model, Recommended, Shelf};
use crate::testbench::{Bench, Watch};
use crate::visit::UnderWay;
use crate::watcher::Watcher;
use crate::wire::ApiError;

/// How to open a desk.
pub struct OpenOptions {
    /// Everything the desk owns lies below this folder.
    pub data: PathBuf,
    /// What it runs on.
    pub engine: EngineChoice,
    /// Fill an empty desk with the sample shop.
    pub sample: bool,
    /// A description that stands in for this computer where models are chosen.
    pub machine: Option<Machine>,
    /// The caller's side.
    pub host: Arc<dyn Host>,
}

/// The running desk.
pub struct Core {
    // Dropped in this order: work that uses the engines and the store ends before they do.
    pub(crate) follower: Mutex<Option<Follower>>,
    pub(crate) exporter: Mutex<Option<Exporter>>,
    pub(crate) publishes_to: Mutex<Option<PathBuf>>,
    daily: Mutex<Option<Daily>>,
    pub(crate) keeper: Keeper,
    pub(crate) filling: Mutex<Option<JoinHandle<()>>>,
    pub(crate) downloads: Downloads,
    /// What the chat model computes on.
    pub(crate) graphics: Graphics,
    pub(crate) importer: Importer,
    pub(crate) backups: Arc<Backups>,
    pub(crate) watcher: Watcher,
    _watch: Watch,
    pub(crate) bench: Arc<Bench>,
    pub(crate) indexer: Indexer,
    pub(crate) assistant: Assistant,
    pub(crate) knowledge: Arc<Knowledge>,
    pub(crate) store: Store,
    pub(crate) orders: Arc<Orders>,
    /// The staff PIN.
    pub(crate) access: Access,
    pub(crate) chat: Seat,
    /// Servers that may phrase answers too, and who does now.
    pub(crate) servers: Servers,
    pub(crate) maker: Maker,
    pub(crate) finders: Arc<Finders>,
    pub(crate) children: Children,
    pub(crate) shelf: Shelf,
    /// What the models were chosen for; [`Core::machine_now`] has what has changed since.
    pub(crate) machine: Machine,
    /// Whether [`Core::machine`] is a description that stands in for this computer.
    pub(crate) machine_is_given: bool,
    pub(crate) probing: Probing,
    pub(crate) recommended: Recommended,
    /// Held while the chat model is changed: one change at a time.
    pub(crate) changing: Mutex<()>,
    /// Held while a model is measured: one alone on this computer.
    pub(crate) measuring: Mutex<()>,
    pub(crate) settings: RwLock<Settings>,
    pub(crate) host: Arc<dyn Host>,
    pub(crate) under_way: Mutex<Vec<UnderWay>>,
    pub(crate) preparing: Arc<AtomicBool>,
    /// Where a program without a window serves this desk.
    served_at: OnceLock<SocketAddr>,
}

impl Core {
    /// The folder of everything this desk owns, as an absolute path.
    pub fn folder(&self) -> &Path {
        self.store.folder()
    }

    /// Opens the desk and starts its engines; nothing here waits for a model.
    ///
    /// Fails when the data folder cannot be opened; the error says why and what to do.
    pub fn open(options: OpenOptions) -> Result<Arc<Self>, ApiError> {
        let store = crate::backups::open_store(&options.data)?;
        let (settings, problems) = Settings::merged(&store.settings_all()?);
        for problem in problems {
            tracing::warn!(%problem, "a saved setting is skipped");
        }
        let reader = crate::engines::reader(&options.engine);
        let used_before = Knowledge::embedder_used_before(&store)?;
        let languages = store.languages()?;
        let desk = DeskLanguages {
            window: &settings.language,
            content: languages.first().map(|(language, _)| language.as_str()),
            used_before: used_before.as_deref(),
        };
        let machine_is_given = options.machine.is_some();
        let probing = Probing::start(&options.engine, &options.data, machine_is_given);
        let machine = options
            .machine
            .unwrap_or_else(|| probing.with_cards(hardware::detect_with_disk(&options.data)));
        let shelf = Shelf::open(&options.engine, store.clone());
        let language = main_language(desk.content.unwrap_or_default(), desk.window);
        let recommended = shelf.recommended(&machine, &language);
        let first = shelf.first_chat(&settings.chat_model, &machine);
        let models = shelf.models();
        let servers = Servers::open(&options.engine, store.clone(), &settings.engines);
        let engines = Engines::start(options.engine, &options.data, &models, first.as_ref(), desk);
        let finders = Arc::new(engines.finders);
        let (embedder, calibration) = match finders.first() {
            Some(finder) => (Some(finder.embedder), finder.calibration),
            None => (None, Calibration::default()),
        };
        let knowledge = Knowledge::open(store.clone(), embedder, calibration)?;
        let knowledge = Arc::new(knowledge.with_reader(reader));
        let orders = Orders::open(store.clone(), orders::Rules::default(), unix_seconds)?;
        let orders = Arc::new(orders);
        let access = crate::access::door(store.clone(), &machine)?;
        let chat = engines.chat.taken().map(|chat| chat.engine);
        let assistant = Assistant::new(knowledge.clone(), store.clone(), chat, unix_seconds);
        let indexer = Indexer::start(knowledge.clone(), finders.clone());
        let bench = Bench::new(knowledge.clone(), store.clone(), assistant.clone(), orders.clone());
        let bench = Arc::new(bench);
        let graphics = Graphics::new(store.clone(), probing.answer());
        let backups = Backups::new(store.clone(), crate::backups::model_files(&models))?;
        let core = Arc::new(Self {
            follower: Mutex::default(),
            exporter: Mutex::default(),
            publishes_to: Mutex::default(),
            daily: Mutex::new(None),
            keeper: Keeper::start(store.clone()),
            filling: Mutex::new(None),
            downloads: Downloads::new(&options.data),
            importer: Importer::start(
                store.clone(),
                knowledge.clone(),
                indexer.waker(),
                backups.clone(),
            ),
            backups,
            watcher: Watcher::start(store.clone(), knowledge.clone(), indexer.waker()),
            _watch: Watch::start(bench.clone()),
            bench,
            indexer,
            assistant,
            knowledge,
            store,
            orders,
            access,
            chat: engines.chat,
            servers,
            finders,
            maker: engines.maker,
            children: engines.children,
            shelf,
            machine,
            machine_is_given,
            graphics,
            probing,
            recommended,
            changing: Mutex::default(),
            measuring: Mutex::default(),
            settings: RwLock::new(settings),
            host: options.host,
            under_way: Mutex::new(Vec::new()),
            preparing: Arc::new(AtomicBool::new(false)),
            served_at: OnceLock::new(),
        });
        core.tell_of_finished_downloads();
        core.load_facts()?;
        if options.sample {
            core.fill_if_empty()?;
        }
        core.warm_up_if_it_may_speak();
        core.fetch_server_keys();
        let daily = Daily::start(Arc::downgrade(&core));
        *core.daily.lock().unwrap_or_else(PoisonError::into_inner) = Some(daily);
        Ok(core)
    }

    /// Notes where a program without a window serves this desk, so that staff can be told.
    pub fn note_served_at(&self, address: SocketAddr) {
        self.served_at.get_or_init(|| address);
    }

    /// Where that is; empty where nobody noted it.
    pub(crate) fn served_at(&self) -> String {
        self.served_at.get().map(|address| format!("http://{address}")).unwrap_or_default()
    }

    /// Waits until everything imported so far can be searched by meaning too.
    ///
    /// Returns at once when no embedder answers, or when nothing can be saved: search by words works
    /// without.
    pub fn settle(&self) {
        self.settle_and(&mut |_| {});
    }

    /// The same, and tells again and again how far it is.
    pub fn settle_and(&self, tell: &mut dyn FnMut(EmbeddingProgress)) {
        self.end_filling();
        while self.indexer.is_busy() && self.embedder_works() && !self.indexer.cannot_save() {
            tell(self.knowledge.embedding_progress());
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
    }

    fn embedder_works(&self) -> bool {
        use engine::Health;
        self.finder()
            .is_some_and(|finder| !matches!(finder.embedder.health(), Health::Failed { .. }))
    }

    /// The model that finds passages now.
    pub(crate) fn finder(&self) -> Option<Finder> {
        self.finders.in_use(&self.knowledge)
    }

    /// Loads the chat model early where it will be asked, so that the first visitor does not wait.
    pub(crate) fn warm_up_if_it_may_speak(&self) {
        self.let_speak();
        if self.local_may_speak() {
            if let Some(child) = self.children.chat_child() {
                self.graphics.decide_for(&child);
            }
            self.children.warm_up_chat();
        }
    }

    /// Whether this computer's own model may phrase answers on this desk.
    pub(crate) fn local_may_speak(&self) -> bool {
        match self.settings().generation {
            settings::Generation::Never => false,
            settings::Generation::Always => self.chat.taken().is_some(),
            settings::Generation::WhenProven => self.exam_mark().is_some_and(|(_, passed)| passed),
        }
    }

    /// The chat model's mark and whether it passed, if it sat the exam on this computer.
    pub(crate) fn exam_mark(&self) -> Option<(f32, bool)> {
        self.exam_by_key(&self.chat.taken()?.exam_key)
    }

    /// Every model this desk knows, with what its file was like at the last look.
    pub(crate) fn models(&self) -> Vec<Model> {
        let chosen = self.chosen_chat();
        let mut models = self.shelf.models();
        for model in &mut models {
            model.chosen = [&chosen, &self.recommended.embedding].contains(&&model.entry.id);
        }
        models
    }

    /// The id of the chat model this desk should have: the one staff chose, else the one at work,
    /// else what suits the computer.
    pub(crate) fn chosen_chat(&self) -> String {
        let by_staff = self.settings().chat_model;
        if !by_staff.is_empty() {
            return by_staff;
        }
        let at_work = self.chat.taken().filter(|_| self.maker.has_choice());
        at_work.map_or_else(|| self.recommended.chat.clone(), |chat| chat.id().to_owned())
    }

    /// Model files came or went: looks at them again, and begins to use what was missed.
    pub(crate) fn models_changed(&self) {
        self.shelf.look();
        self.finders.set_models(&self.shelf.models());
        self.backups.set_models(crate::backups::model_files(&self.shelf.models()));
        self.indexer.wake();
        // While the chat model is being changed, its place may be empty on purpose.
        let Ok(_nobody_changes_it) = self.changing.try_lock() else { return };
        if self.chat.taken().is_none() && self.maker.has_choice() {
            let first = self.shelf.first_chat(&self.settings().chat_model, &self.machine);
            if let Some(chat) = first.and_then(|model| model.chat(&self.maker)) {
                self.seat(Some(chat));
                self.warm_up_if_it_may_speak();
            }
        }
    }

    /// From the next question on this one phrases answers. Hands back the one before, which ends
    /// when it is dropped and the last turn with it is over.
    pub(crate) fn seat(&self, chat: Option<Chat>) -> Option<Chat> {
        let before = self.chat.give(chat);
        if self.local_may_speak()
            && let Some(child) = self.children.chat_child()
        {
            self.graphics.decide_for(&child);
        }
        self.let_speak();
        before
    }

    /// Everything below was replaced: what is kept in memory of it is read again.
    pub(crate) fn load_again(&self) -> Result<(), ApiError> {
        self.read_settings_again()?;
        self.finders.set_language(&self.settings().language);
        self.servers.make(&self.settings().engines);
        self.servers.fetch_keys();
        self.let_speak();
        self.knowledge.load_again()?;
        self.orders.reload()?;
        self.load_facts()?;
        self.indexer.wake();
        self.importer.wake();
        self.keeper.look();
        Ok(())
    }

    /// The settings as they are.
    pub(crate) fn settings(&self) -> Settings {
        self.settings.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Reads the saved settings, which another desk or a backup brought.
    pub(crate) fn read_settings_again(&self) -> Result<(), ApiError> {
        let (settings, problems) = Settings::merged(&self.store.settings_all()?);
        for problem in problems {
            tracing::warn!(%problem, "a saved setting is skipped");
        }
        *self.settings.write().unwrap_or_else(PoisonError::into_inner) = settings;
        Ok(())
    }

    /// Changes settings and saves the difference before anybody sees it.
    pub(crate) fn change_settings(
        &self,
        change: impl FnOnce(&mut Settings),
    ) -> Result<Settings, ApiError> {
        let mut settings = self.settings.write().unwrap_or_else(PoisonError::into_inner);
        let mut changed = settings.clone();
        change(&mut changed);
        for ((key, old), (_, new)) in settings.pairs().into_iter().zip(changed.pairs()) {
            if old != new {
                self.store.setting_set(key, &new)?;
            }
        }
        *settings = changed.clone();
        Ok(changed)
    }
}

/// Seconds since 1970; 0 on a clock before that.
pub(crate) fn unix_seconds() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs() as i64)
}
