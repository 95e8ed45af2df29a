//! Models on their way to this computer: what was offered, what is under way, what was left.
//!
//! Nothing here begins by itself. What an earlier run of the program left is listed as paused and
//! stays so until staff go on with it.

mod errors;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use catalog::Entry;
use catalog::download::{
    Download, DownloadError, Kept, Limits, Offer, Policy, Progress, State, Wanted, discard_kept,
    kept, offer,
};

/// What a download may ask, and how patiently it does.
#[derive(Clone, Copy, Debug)]
pub struct DownloadRules {
    /// Which addresses may be asked.
    pub policy: Policy,
    /// How long things may take.
    pub limits: Limits,
}

impl Default for DownloadRules {
    fn default() -> Self {
        Self { policy: Policy::Catalogue, limits: Limits::default() }
    }
}

/// Called after a model has arrived.
type OnArrival = Arc<dyn Fn() + Send + Sync>;

/// All downloads of a desk. Dropping it pauses them.
pub(crate) struct Downloads {
    data: PathBuf,
    book: Mutex<Book>,
}

struct Book {
    rules: DownloadRules,
    on_arrival: OnArrival,
    /// The sizes that staff were shown since the program started, by model.
    offered: HashMap<String, u64>,
    /// The oldest first.
    begun: Vec<Download>,
}

/// One download, as the list shows it.
pub(crate) struct Listed {
    pub(crate) wanted: Wanted,
    pub(crate) progress: Progress,
}

/// Why a download cannot be had, beyond what goes wrong with it.
pub(crate) enum Refusal {
    /// The catalogue has no address for it.
    NoAddress,
    /// The size is not the one that was shown.
    NotOffered { offered_bytes: Option<u64> },
    /// Nothing was left of it.
    NothingLeft,
    /// It was begun from another address than the catalogue's.
    FromElsewhere { host: String },
    /// It cannot be had.
    Failed(DownloadError),
}

impl From<DownloadError> for Refusal {
    fn from(error: DownloadError) -> Self {
        Refusal::Failed(error)
    }
}

impl Downloads {
    pub(crate) fn new(data: &Path) -> Self {
        Self {
            data: data.into(),
            book: Mutex::new(Book {
                rules: DownloadRules::default(),
                on_arrival: Arc::new(|| {}),
                offered: HashMap::new(),
                begun: Vec::new(),
            }),
        }
    }

    pub(crate) fn set_rules(&self, rules: DownloadRules) {
        self.book().rules = rules;
    }

    pub(crate) fn on_arrival(&self, tell: impl Fn() + Send + Sync + 'static) {
        self.book().on_arrival = Arc::new(tell);
    }

    /// Asks the server about a model, and remembers what it said: only that can be agreed to.
    pub(crate) fn offer(&self, entry: &Entry) -> Result<Offer, Refusal> {
        let wanted = Wanted::of(entry, entry.size_bytes).ok_or(Refusal::NoAddress)?;
        let DownloadRules { policy, limits } = self.book().rules;
        let offered = offer(&self.folder(), &wanted, entry.size_exact, policy, limits)?;
        self.book().offered.insert(entry.id.clone(), offered.size_bytes);
        Ok(offered)
    }

    /// Begins what was offered, or stays with it if it is under way.
    pub(crate) fn start(&self, entry: &Entry, size_bytes: u64) -> Result<(), Refusal> {
        let offered_bytes = self.book().offered.get(&entry.id).copied();
        if offered_bytes != Some(size_bytes) {
            return Err(Refusal::NotOffered { offered_bytes });
        }
        self.begin(Wanted::of(entry, size_bytes).ok_or(Refusal::NoAddress)?)
    }

    /// Goes on with what was agreed to earlier, also by an earlier run of the program.
    pub(crate) fn resume(&self, entry: &Entry) -> Result<(), Refusal> {
        let agreed = self.agreed(&entry.id).ok_or(Refusal::NothingLeft)?;
        let wanted = Wanted::of(entry, agreed.size_bytes).ok_or(Refusal::NoAddress)?;
        if wanted != agreed {
            return Err(Refusal::FromElsewhere { host: agreed.host() });
        }
        self.begin(wanted)
    }

    /// Stops and keeps.
    pub(crate) fn pause(&self, id: &str) -> Result<(), Refusal> {
        match self.stop(id, Download::pause) {
            // What an earlier run left stands still already.
            Err(Refusal::NothingLeft) if self.agreed(id).is_some() => Ok(()),
            stopped => stopped,
        }
    }

    /// Stops and deletes.
    pub(crate) fn cancel(&self, id: &str) -> Result<(), Refusal> {
        let left = self.left().into_iter().find(|kept| kept.wanted.id == id);
        let stopped = self.stop(id, Download::cancel);
        match left {
            Some(kept) => Ok(discard_kept(&self.folder(), &kept.wanted.file)?),
            None => stopped,
        }
    }

    /// The models that this run of the program asked a server about, fetched or not.
    pub(crate) fn asked_for(&self) -> Vec<String> {
        let book = self.book();
        let begun = book.begun.iter().map(|download| download.wanted().id.clone());
        let mut names: Vec<String> = book.offered.keys().cloned().chain(begun).collect();
        names.sort();
        names.dedup();
        names
    }

    /// Everything under way, stopped or over; the newest first.
    pub(crate) fn list(&self) -> Vec<Listed> {
        let book = self.book();
        let begun = book.begun.iter().rev().map(|download| Listed {
            wanted: download.wanted().clone(),
            progress: download.progress(),
        });
        let mut listed: Vec<Listed> = begun.collect();
        drop(book);
        for Kept { wanted, have_bytes, in_use } in self.left() {
            if !listed.iter().any(|known| known.wanted.file == wanted.file) {
                // Another program may be at it; then it is not ours to call it stopped.
                let state = if in_use { State::Running } else { State::Paused };
                let size_bytes = wanted.size_bytes;
                let progress = Progress { state, have_bytes, size_bytes, bytes_per_second: 0 };
                listed.push(Listed { wanted, progress });
            }
        }
        listed
    }

    fn begin(&self, wanted: Wanted) -> Result<(), Refusal> {
        let mut book = self.book();
        let is_under_way = book.begun.iter().any(|download| {
            download.wanted().id == wanted.id && !download.progress().state.is_over()
        });
        if is_under_way {
            return Ok(());
        }
        book.begun.retain(|download| download.wanted().id != wanted.id);
        let on_arrival = book.on_arrival.clone();
        let download = Download::start(
            &self.folder(),
            Some(&self.data),
            wanted,
            book.rules.policy,
            book.rules.limits,
            Box::new(move |state| {
                if matches!(state, State::Done(_)) {
                    on_arrival();
                }
            }),
        )?;
        book.begun.push(download);
        Ok(())
    }

    /// Gives an order and waits until it is obeyed, without holding up anybody else meanwhile.
    fn stop(&self, id: &str, order: impl Fn(&Download)) -> Result<(), Refusal> {
        let taken = {
            let mut book = self.book();
            let at = book.begun.iter().position(|download| download.wanted().id == id);
            at.map(|at| book.begun.remove(at))
        };
        let mut download = taken.ok_or(Refusal::NothingLeft)?;
        order(&download);
        // It may have arrived in the meantime, or be past help: then the list goes on saying so.
        if let State::Done(_) | State::Failed(_) = download.wait().state {
            self.book().begun.push(download);
        }
        Ok(())
    }

    /// What staff agreed to when this download began.
    fn agreed(&self, id: &str) -> Option<Wanted> {
        let book = self.book();
        let begun = book.begun.iter().map(Download::wanted).find(|wanted| wanted.id == id).cloned();
        drop(book);
        begun.or_else(|| {
            self.left().into_iter().map(|kept| kept.wanted).find(|wanted| wanted.id == id)
        })
    }

    fn left(&self) -> Vec<Kept> {
        kept(&self.folder())
    }

    /// Where models of this desk lie; one of the places where models are looked for.
    fn folder(&self) -> PathBuf {
        self.data.join("models")
    }

    fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
