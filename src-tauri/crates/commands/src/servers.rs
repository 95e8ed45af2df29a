//! Servers that may phrase answers instead of this computer: who speaks, in which order, and what
//! staff may do about it.
//!
//! A server is asked when it is switched on and its model has passed the exam, or staff let every
//! model speak; just as this computer's own model. What none of them answers is quoted.

mod change;
mod given;
mod ledger;
mod look;
mod made;

use std::sync::{Arc, Mutex, PoisonError, RwLock};

use engine::Engine;
use engine_remote::keys::Keys;
use engine_remote::{Ledger, Relay};
use settings::Generation;
use store::Store;

use crate::core::Core;
use crate::engines::EngineChoice;
use crate::wire::{ApiError, EnginesCommand, EnginesReply};

pub use given::GivenServer;
use ledger::StoreLedger;
use made::Made;

/// The servers of a desk, and who speaks now.
pub(crate) struct Servers {
    keys: Keys,
    ledger: Arc<dyn Ledger>,
    /// In the order in which they are asked.
    made: RwLock<Vec<Made>>,
    voice: Mutex<Voice>,
    /// Held while staff change the servers: one change at a time.
    changing: Mutex<()>,
    /// False where the caller of the desk named the one that answers.
    are_asked: bool,
}

/// Who speaks now: the engines that were chosen, and the one that stands for them.
#[derive(Default)]
struct Voice {
    chosen: Vec<Arc<dyn Engine>>,
    engine: Option<Arc<dyn Engine>>,
}

impl Servers {
    /// The servers as they are saved. Nothing is asked, and no key is looked for in a keychain
    /// before the desk stands.
    pub(crate) fn open(choice: &EngineChoice, store: Store, saved: &settings::Engines) -> Self {
        let keys = match choice {
            EngineChoice::Llama(_) | EngineChoice::Server { .. } => Keys::of(store.folder()),
            // Stand-ins must not touch what belongs to the person at this computer.
            EngineChoice::Scripted | EngineChoice::Given { .. } | EngineChoice::Made(_) => {
                Keys::with(store.folder(), None)
            }
        };
        let ledger: Arc<dyn Ledger> = Arc::new(StoreLedger(store));
        let servers = Self {
            keys,
            ledger,
            made: RwLock::default(),
            voice: Mutex::default(),
            changing: Mutex::default(),
            are_asked: !matches!(choice, EngineChoice::Server { .. }),
        };
        servers.make(saved);
        servers
    }

    /// Makes the engines of these rows anew; a row that has not changed keeps its engine, and with
    /// it what is known of the server.
    pub(crate) fn make(&self, saved: &settings::Engines) {
        let mut made = self.made.write().unwrap_or_else(PoisonError::into_inner);
        let before = std::mem::take(&mut *made);
        let rows = saved.in_order().into_iter();
        *made = rows
            .map(|row| {
                let same = before.iter().find(|made| made.row == *row);
                same.cloned().unwrap_or_else(|| Made::of(row, &self.keys, &self.ledger))
            })
            .collect();
    }

    fn made(&self) -> Vec<Made> {
        self.made.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Fetches the keys that lie in a keychain: it may ask a person to unlock it, so nobody waits.
    pub(crate) fn fetch_keys(&self) {
        for made in self.made().iter().filter(|made| made.row.on) {
            made.fetch_key(&self.keys);
        }
    }
}

impl Core {
    /// Does what staff ask of the servers.
    pub(crate) fn servers(&self, command: EnginesCommand) -> Result<EnginesReply, ApiError> {
        match command {
            EnginesCommand::State => {}
            EnginesCommand::Save(change) => self.save_server(&change)?,
            EnginesCommand::Remove { id } => self.remove_server(&id)?,
            EnginesCommand::SetKey { id, key } => self.set_server_key(&id, key.text())?,
            EnginesCommand::SetLocal { place } => self.set_local_place(place)?,
            EnginesCommand::Test { id } => {
                return Ok(EnginesReply::Tested(self.test_server(&id)?));
            }
            EnginesCommand::SitExam { id } => {
                return Ok(EnginesReply::Exam(self.examine_server(&id, &mut |_, _| {})?));
            }
        }
        Ok(EnginesReply::State(self.servers_view()))
    }

    /// Fetches keys from the keychain on a thread of its own; a server that is asked before it has
    /// its key says no, and the next one is asked.
    pub(crate) fn fetch_server_keys(self: &Arc<Self>) {
        let is_there = |made: &Made| made.row.on && made.row.key == settings::ServerKey::Keychain;
        if !self.servers.made().iter().any(is_there) {
            return;
        }
        let core = Arc::downgrade(self);
        let fetch = move || {
            if let Some(core) = core.upgrade() {
                core.servers.fetch_keys();
            }
        };
        let started = std::thread::Builder::new().name("keys".into()).spawn(fetch);
        if let Err(error) = started {
            tracing::warn!(%error, "keys of servers cannot be fetched");
        }
    }

    /// Whether anybody may phrase answers on this desk.
    pub(crate) fn may_generate(&self) -> bool {
        self.local_may_speak() || !self.speaking_servers().is_empty()
    }

    /// The engine that phrases answers now, or would.
    pub(crate) fn voice(&self) -> Option<Arc<dyn Engine>> {
        self.servers.voice.lock().unwrap_or_else(PoisonError::into_inner).engine.clone()
    }

    /// Whom the next question is asked of first.
    fn first_asked(&self) -> Option<Arc<dyn Engine>> {
        let voice = self.servers.voice.lock().unwrap_or_else(PoisonError::into_inner);
        voice.chosen.first().cloned()
    }

    /// Chooses anew who speaks, after anything that may have changed it. A turn that has begun keeps
    /// whom it began with.
    pub(crate) fn let_speak(&self) {
        let local = self.chat.taken().map(|chat| chat.engine);
        let mut chosen = self.speaking_servers();
        match &local {
            Some(local) if self.local_may_speak() => {
                let place = if self.settings().engines.local_last { chosen.len() } else { 0 };
                chosen.insert(place, local.clone());
            }
            // Nobody may speak; whoever sits the exam next is known all the same.
            Some(local) if chosen.is_empty() => chosen.push(local.clone()),
            Some(_) | None => {}
        }
        let mut voice = self.servers.voice.lock().unwrap_or_else(PoisonError::into_inner);
        let same = voice.chosen.len() == chosen.len()
            && voice.chosen.iter().zip(&chosen).all(|(old, new)| Arc::ptr_eq(old, new));
        if same && voice.engine.is_none() == chosen.is_empty() {
            return;
        }
        let engine: Option<Arc<dyn Engine>> = match &chosen[..] {
            [] => None,
            [only] => Some(only.clone()),
            _ => Relay::over(chosen.clone()).map(|relay| Arc::new(relay) as Arc<dyn Engine>),
        };
        *voice = Voice { chosen, engine: engine.clone() };
        self.assistant.speak_with(engine);
    }

    /// The servers that may be asked, in their order.
    fn speaking_servers(&self) -> Vec<Arc<dyn Engine>> {
        let generation = self.settings().generation;
        if generation == Generation::Never || !self.servers.are_asked {
            return Vec::new();
        }
        let made = self.servers.made();
        let on = made.iter().filter(|made| made.row.on);
        let may = on.filter(|made| generation == Generation::Always || self.has_passed(made));
        may.filter_map(|made| Some(made.remote.clone().ok()? as Arc<dyn Engine>)).collect()
    }

    fn has_passed(&self, made: &Made) -> bool {
        self.exam_by_key(&made.exam_key()).is_some_and(|(_, passed)| passed)
    }
}
