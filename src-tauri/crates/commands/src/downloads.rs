//! Models on their way to this computer: what was offered, what is under way, what was left.
//!
//! Nothing here begins by itself. What an earlier run of the program left is listed as paused and
//! stays so until staff go on with it.

mod errors;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use catalog::download::{
    Download, DownloadError, Kept, Limits, Offer, Policy, Progress, State, Wanted, discard_kept,
    kept, offer,
};
use catalog::{Catalog, Entry};

/// Where models are downloaded from, and how patiently.
#[derive(Clone, Debug)]
pub struct DownloadSource {
    /// The models that may be downloaded, with their addresses.
    pub catalog: Catalog,
    /// Which addresses may be asked.
    pub policy: Policy,
    /// How long things may take.
    pub limits: Limits,
}

impl Default for DownloadSource {
    fn default() -> Self {
        Self { catalog: Catalog::bundled(), policy: Policy::Catalogue, limits: Limits::default() }
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
    source: Arc<DownloadSource>,
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
    /// No model of the catalogue has this id.
    Unknown,
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
                source: Arc::default(),
                on_arrival: Arc::new(|| {}),
                offered: HashMap::new(),
                begun: Vec::new(),
            }),
        }
    }

    pub(crate) fn set_source(&self, source: DownloadSource) {
        self.book().source = Arc::new(source);
    }

    pub(crate) fn on_arrival(&self, tell: impl Fn() + Send + Sync + 'static) {
        self.book().on_arrival = Arc::new(tell);
    }

    pub(crate) fn source(&self) -> Arc<DownloadSource> {
        self.book().source.clone()
    }

    /// Asks the server about a model, and remembers what it said: only that can be agreed to.
    pub(crate) fn offer(&self, id: &str) -> Result<(Entry, Offer), Refusal> {
        let source = self.source();
        let entry = source.catalog.find(id).ok_or(Refusal::Unknown)?;
        let wanted = Wanted::of(entry, entry.size_bytes).ok_or(Refusal::NoAddress)?;
        let offered =
            offer(&self.folder(), &wanted, entry.size_exact, source.policy, source.limits)?;
        self.book().offered.insert(id.into(), offered.size_bytes);
        Ok((entry.clone(), offered))
    }

    /// Begins what was offered, or stays with it if it is under way.
    pub(crate) fn start(&self, id: &str, size_bytes: u64) -> Result<(), Refusal> {
        let offered_bytes = self.book().offered.get(id).copied();
        if offered_bytes != Some(size_bytes) {
            return Err(Refusal::NotOffered { offered_bytes });
        }
        self.begin(id, size_bytes)
    }

    /// Goes on with what was agreed to earlier, also by an earlier run of the program.
    pub(crate) fn resume(&self, id: &str) -> Result<(), Refusal> {
        let agreed = self.agreed(id).ok_or(Refusal::NothingLeft)?;
        let source = self.source();
        let entry = source.catalog.find(id).ok_or(Refusal::Unknown)?;
        let wanted = Wanted::of(entry, agreed.size_bytes).ok_or(Refusal::NoAddress)?;
        if wanted != agreed {
            return Err(Refusal::FromElsewhere { host: agreed.host() });
        }
        self.begin(id, agreed.size_bytes)
    }

    /// Stops and keeps.
    pub(crate) fn pause(&self, id: &str) -> Result<(), Refusal> {
        self.stop(id, Download::pause)
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

    fn begin(&self, id: &str, size_bytes: u64) -> Result<(), Refusal> {
        let mut book = self.book();
        let runs = |download: &Download| !download.progress().state.is_over();
        if book.begun.iter().any(|download| download.wanted().id == id && runs(download)) {
            return Ok(());
        }
        let source = book.source.clone();
        let entry = source.catalog.find(id).ok_or(Refusal::Unknown)?;
        let wanted = Wanted::of(entry, size_bytes).ok_or(Refusal::NoAddress)?;
        book.begun.retain(|download| download.wanted().id != id);
        let on_arrival = book.on_arrival.clone();
        let download = Download::start(
            &self.folder(),
            Some(&self.data),
            wanted,
            source.policy,
            source.limits,
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
