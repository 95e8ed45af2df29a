//! The thread that follows a shelf: looks every few seconds, fetches what is new, takes it over.

use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::thread::JoinHandle;
use std::time::Duration;

use ::packs::{Looked, PackError, PublicKey, Source};

use super::errors::refused;
use crate::core::{Core, unix_seconds};
use crate::wire::{ApiError, Code};

/// Fetched packs lie here until they are taken over.
const FOLDER: &str = "packs";

/// What to follow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Follow {
    /// A folder, or an address that begins with `http://` or `https://`.
    pub from: String,
    /// The publisher's key, 64 hex digits.
    pub publisher: String,
    /// Between two looks.
    pub every: Duration,
}

/// How it stands with the desk that is followed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Following {
    /// Where from.
    pub from: String,
    /// The version that was taken over; 0 for none yet.
    pub version: i64,
    /// Seconds since 1970 of the last look.
    pub looked_at: i64,
    /// Why the newest one is not in use, if it is not.
    pub problem: Option<String>,
}

/// The thread; dropping it ends the thread between two looks.
pub(crate) struct Follower {
    state: Arc<Mutex<Following>>,
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Core {
    /// Follows another desk from now on, until this one is closed.
    ///
    /// Looks once before it returns, so that a desk which is restarted begins with what is there; a
    /// publisher that cannot be reached is no reason not to begin. Fails where this desk has
    /// knowledge of its own, and when the key is none.
    pub fn follow(self: &Arc<Self>, follow: Follow) -> Result<(), ApiError> {
        let publisher: PublicKey = follow.publisher.parse().map_err(refused)?;
        if !(Duration::from_millis(100)..=Duration::from_hours(24)).contains(&follow.every) {
            return Err(ApiError {
                code: Code::Invalid,
                message: "that is no time between two looks".into(),
                hint: Some("Use a time from a tenth of a second to a day.".into()),
            });
        }
        self.must_be_empty_or_follow()?;
        let version = self.taken_version()?;
        let state = Following { from: follow.from.clone(), version, ..Following::default() };
        let state = Arc::new(Mutex::new(state));
        let source = Source::new(&follow.from, publisher);
        let mut look = Look {
            core: Arc::downgrade(self),
            source,
            state: state.clone(),
            refused: None,
            told: None,
        };
        look.once();
        let (stop, stopped) = mpsc::channel::<()>();
        let thread = std::thread::Builder::new()
            .name("follower".into())
            .spawn(move || {
                while stopped.recv_timeout(follow.every) == Err(RecvTimeoutError::Timeout) {
                    look.once();
                }
            })
            .map_err(|error| crate::errors::internal(&error))?;
        let follower = Follower { state, stop: Some(stop), thread: Some(thread) };
        *self.follower.lock().unwrap_or_else(PoisonError::into_inner) = Some(follower);
        Ok(())
    }

    /// How it stands with the desk that is followed; `None` where none is.
    pub fn following(&self) -> Option<Following> {
        let follower = self.follower.lock().unwrap_or_else(PoisonError::into_inner);
        follower.as_ref().map(|follower| lock(&follower.state).clone())
    }
}

/// What a look needs.
struct Look {
    core: Weak<Core>,
    source: Source,
    state: Arc<Mutex<Following>>,
    /// Why what is published now is not taken, as long as nothing else is published.
    refused: Option<String>,
    told: Option<String>,
}

/// Why a look brought nothing.
struct Missed {
    error: ApiError,
    /// The same manifest may be fine the next time.
    may_pass: bool,
}

impl From<ApiError> for Missed {
    fn from(error: ApiError) -> Self {
        // A model may be brought and a disk may be emptied; a wrong pack stays wrong.
        let may_pass = matches!(error.code, Code::ModelRefused | Code::DataFolder);
        Self { error, may_pass }
    }
}

impl From<PackError> for Missed {
    fn from(error: PackError) -> Self {
        Self { may_pass: error.may_pass(), error: refused(error) }
    }
}

impl Look {
    /// One look. Whatever goes wrong, what is in use stays in use.
    fn once(&mut self) {
        let Some(core) = self.core.upgrade() else { return };
        let outcome = self.look_and_take(&core);
        let problem = match outcome {
            Ok(None) => self.refused.clone(),
            Ok(Some(version)) => {
                self.refused = None;
                lock(&self.state).version = version;
                None
            }
            Err(Missed { error, may_pass }) => {
                self.refused = (!may_pass).then(|| error.message.clone());
                if may_pass {
                    self.source.forget();
                }
                Some(error.message)
            }
        };
        // Said once for each reason, not for each look.
        if let Some(why) = problem.as_ref().filter(|why| self.told.as_ref() != Some(why)) {
            tracing::warn!(why, "the newest knowledge is not in use");
        }
        self.told.clone_from(&problem);
        let mut state = lock(&self.state);
        state.looked_at = unix_seconds();
        state.problem = problem;
    }

    /// The version that is in use where something new was looked at; `None` where nothing is new.
    fn look_and_take(&mut self, core: &Core) -> Result<Option<i64>, Missed> {
        let manifest = match self.source.look()? {
            Looked::Unchanged => return Ok(None),
            Looked::Fresh(manifest) => manifest,
        };
        let version = manifest.published.version;
        core.may_take(&manifest)?;
        if version == core.taken_version()? {
            return Ok(Some(version));
        }
        let fetched = self.source.fetch(&manifest, &core.folder().join(FOLDER))?;
        let taken = core.take(&manifest, &fetched);
        if let Err(error) = std::fs::remove_file(&fetched) {
            tracing::debug!(%error, "a pack stays in the data folder");
        }
        let taken = taken?;
        let (gone, came) = (taken.gone, taken.came);
        tracing::info!(version, gone, came, "the knowledge of another desk is in use");
        Ok(Some(version))
    }
}

fn lock(state: &Mutex<Following>) -> std::sync::MutexGuard<'_, Following> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Drop for Follower {
    fn drop(&mut self) {
        drop(self.stop.take());
        let Some(thread) = self.thread.take() else { return };
        // The last owner of the desk may be the follower itself.
        if thread.thread().id() != std::thread::current().id() && thread.join().is_err() {
            tracing::error!("the follower ended with a panic");
        }
    }
}
