//! Downloads one model file: exactly the bytes that were agreed to, or nothing.
//!
//! Nothing here starts by itself. [`offer`] asks a server how large the file is; [`Download`] is a
//! file under way on a thread of its own, which can pause, go on after any accident, and give the
//! file its name only when its size and its sha256 are right. `part.rs` has the rules of the disk,
//! `policy.rs` those of the addresses, `fetch.rs` those of the server's answers.

mod client;
mod error;
mod fetch;
mod offer;
mod part;
mod policy;
mod rate;
mod room;
mod small;
mod work;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use tokio::sync::watch;

pub use error::DownloadError;
pub use offer::{Offer, offer};
pub use part::{Kept, discard_kept, kept};
pub use policy::Policy;
pub use small::{Small, read_small};

use crate::verify::verify_bytes;
use crate::{CatalogError, Entry};
use client::Client;
use part::Part;
use rate::Rate;

/// What to download, and what it must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The model's id.
    pub id: String,
    /// Where it lies.
    pub url: String,
    /// The file's name, without a folder. It never comes from a server.
    pub file: String,
    /// The size that was agreed to.
    pub size_bytes: u64,
    /// The sha256 that it must have, 64 lower-case hex digits.
    pub sha256: String,
}

/// How long things may take, and how much room is left alone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// Until a connection stands.
    pub connect: Duration,
    /// Without an answer, or with fewer bytes than [`Limits::least_bytes_per_second`], so long.
    pub stall: Duration,
    /// Fewer than these are no download but a hanging one.
    pub least_bytes_per_second: u64,
    /// Tries after the first one; new bytes bring them all back.
    pub retries: u32,
    /// Before the first of them; each further wait is twice as long.
    pub first_wait: Duration,
    /// No wait is longer, whatever the server wishes.
    pub longest_wait: Duration,
    /// Between two notes of what is safely on the disk.
    pub note_every: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(20),
            stall: Duration::from_secs(30),
            least_bytes_per_second: 1 << 10,
            retries: 6,
            first_wait: Duration::from_secs(1),
            longest_wait: Duration::from_secs(120),
            note_every: Duration::from_secs(5),
        }
    }
}

/// What a download is doing.
#[derive(Clone, Debug)]
pub enum State {
    /// Bytes come, or are asked for.
    Running,
    /// It tries again in a moment, because of this.
    Retrying(DownloadError),
    /// All bytes are here and are being checked.
    Checking,
    /// It was stopped; what is here is kept.
    Paused,
    /// It was stopped and what was here is deleted.
    Cancelled,
    /// It gave up; what is here is kept, unless it was wrong.
    Failed(DownloadError),
    /// The file is here under its name.
    Done(PathBuf),
}

impl State {
    /// Whether nothing will happen any more.
    pub fn is_over(&self) -> bool {
        match self {
            State::Running | State::Retrying(_) | State::Checking => false,
            State::Paused | State::Cancelled | State::Failed(_) | State::Done(_) => true,
        }
    }
}

/// How far a download is.
#[derive(Clone, Debug)]
pub struct Progress {
    /// What it is doing.
    pub state: State,
    /// Bytes that are here.
    pub have_bytes: u64,
    /// Bytes in all.
    pub size_bytes: u64,
    /// Smoothed over the last seconds; 0 when nothing comes.
    pub bytes_per_second: u64,
}

/// One download on a thread of its own. Dropping it pauses it.
pub struct Download {
    wanted: Wanted,
    shared: Arc<Shared>,
    orders: watch::Sender<Order>,
    thread: Option<JoinHandle<()>>,
}

/// What the owner wishes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    GoOn,
    Pause,
    Cancel,
}

/// What the thread tells.
struct Shared {
    told: Mutex<Told>,
}

struct Told {
    state: State,
    have_bytes: u64,
    rate: Rate,
}

/// Called once on the download's thread when it is over; it must not wait for the download.
pub type OnEnd = Box<dyn FnOnce(&State) + Send>;

impl Download {
    /// Begins, or goes on with what is left of an earlier try, in `folder`.
    ///
    /// `remember` is the folder in which [`verify`](crate::verify) remembers checks. Fails at once
    /// when the address is not allowed, the room does not suffice, or another program is at it.
    pub fn start(
        folder: &Path,
        remember: Option<&Path>,
        wanted: Wanted,
        policy: Policy,
        limits: Limits,
        on_end: OnEnd,
    ) -> Result<Self, DownloadError> {
        wanted.check()?;
        let client = Client::new(&wanted.url, policy, limits)?;
        let part = Part::open(folder, &wanted)?;
        if let Err(error) = room::check(folder, wanted.size_bytes, part.have()) {
            if part.have() == 0 {
                part.discard();
            }
            return Err(error);
        }
        let shared = Arc::new(Shared {
            told: Mutex::new(Told {
                state: State::Running,
                have_bytes: part.have(),
                rate: Rate::new(Instant::now()),
            }),
        });
        let (orders, heard) = watch::channel(Order::GoOn);
        let (telling, remember) = (shared.clone(), remember.map(Path::to_path_buf));
        let thread = std::thread::Builder::new()
            .name("download".into())
            .spawn(move || {
                let state = work::run(part, &client, limits, &telling, heard, remember.as_deref());
                telling.set_state(state.clone());
                on_end(&state);
            })
            .map_err(|error| DownloadError::Disk {
                path: folder.into(),
                reason: error.to_string(),
            })?;
        Ok(Self { wanted, shared, orders, thread: Some(thread) })
    }

    /// What is being downloaded.
    pub fn wanted(&self) -> &Wanted {
        &self.wanted
    }

    /// How far it is.
    pub fn progress(&self) -> Progress {
        let told = self.shared.lock();
        let is_running = matches!(told.state, State::Running);
        Progress {
            state: told.state.clone(),
            have_bytes: told.have_bytes,
            size_bytes: self.wanted.size_bytes,
            bytes_per_second: if is_running { told.rate.per_second(Instant::now()) } else { 0 },
        }
    }

    /// Asks it to stop and to keep what is here.
    pub fn pause(&self) {
        self.order(Order::Pause);
    }

    /// Asks it to stop and to delete what is here.
    pub fn cancel(&self) {
        self.order(Order::Cancel);
    }

    /// Waits until it is over.
    pub fn wait(&mut self) -> Progress {
        self.join();
        self.progress()
    }

    fn order(&self, order: Order) {
        // A thread that is gone needs no order.
        let _gone = self.orders.send(order).is_err();
    }

    fn join(&mut self) {
        let Some(thread) = self.thread.take() else { return };
        // The last owner may let go of it on the download's own thread.
        if thread.thread().id() != std::thread::current().id() && thread.join().is_err() {
            tracing::error!("a download ended with a panic");
        }
    }
}

impl Drop for Download {
    fn drop(&mut self) {
        self.pause();
        self.join();
    }
}

impl Shared {
    fn lock(&self) -> std::sync::MutexGuard<'_, Told> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set_state(&self, state: State) {
        self.lock().state = state;
    }

    /// Tells how much is here, and how much of it has just come.
    fn set_have(&self, have_bytes: u64, new_bytes: u64) {
        let mut told = self.lock();
        told.have_bytes = have_bytes;
        if new_bytes > 0 {
            told.rate.add(new_bytes, Instant::now());
        }
    }
}

impl Wanted {
    /// A model of the catalogue, in the size that was agreed to; `None` where it has no address.
    pub fn of(entry: &Entry, size_bytes: u64) -> Option<Self> {
        Some(Self {
            id: entry.id.clone(),
            url: entry.url.clone()?,
            file: entry.file.clone(),
            size_bytes,
            sha256: entry.sha256.clone(),
        })
    }

    /// Checks that `path` holds exactly these bytes; see [`verify`](crate::verify).
    pub fn verify(&self, path: &Path, cache: Option<&Path>) -> Result<(), CatalogError> {
        verify_bytes(path, Some(self.size_bytes), &self.sha256, cache)
    }

    /// The host of its address, for people.
    pub fn host(&self) -> String {
        let rest = self.url.split_once("://").map_or(self.url.as_str(), |(_, rest)| rest);
        rest.split(['/', '?', '#']).next().unwrap_or_default().to_string()
    }

    /// The rules that any caller's wishes must keep.
    fn check(&self) -> Result<(), DownloadError> {
        let unfit = |reason: &str| Err(DownloadError::Unfit { reason: reason.into() });
        if !is_plain_file_name(&self.file) {
            return unfit("the file's name must be a plain one");
        }
        if self.size_bytes == 0 {
            return unfit("the size must not be 0");
        }
        if !is_sha256(&self.sha256) {
            return unfit("the sha256 must be 64 lower-case hex digits");
        }
        Ok(())
    }
}

/// A name that stays one file in one folder on every system, and no part or note of a download.
fn is_plain_file_name(name: &str) -> bool {
    !name.starts_with('.')
        && (name.ends_with(".gguf") || name.ends_with(".pack"))
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'))
}

fn is_sha256(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}

#[cfg(test)]
mod tests;
