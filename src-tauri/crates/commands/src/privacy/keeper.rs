//! The background thread that erases what is due: at the start, and then every ten minutes.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use settings::Settings;
use store::{Erased, Store, StoreError};

use super::schedule::{Clock, due, judge};
use crate::core::unix_seconds;

/// Between two looks.
const PAUSE: Duration = Duration::from_secs(10 * 60);
/// When the last look was, by the clock of then.
const LAST_AT: &str = "privacy_looked_at";
/// Seconds that the program has run since the clock jumped.
const RAN_SECONDS: &str = "privacy_ran_since_jump";

/// Owns the thread; dropping it stops the thread.
pub(crate) struct Keeper {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

struct Shared {
    store: Store,
    /// Held by whoever looks, with the moment of the last look of this run.
    looking: Mutex<Option<Instant>>,
    wanted: Mutex<Wanted>,
    changed: Condvar,
    stop: AtomicBool,
}

#[derive(Clone, Copy, Default)]
struct Wanted {
    look: bool,
    journal: bool,
}

/// What the last look left behind.
pub(super) struct Looks {
    pub(super) last_at: Option<i64>,
    pub(super) waits: bool,
    ran_seconds: i64,
}

impl Looks {
    pub(super) fn of(store: &Store) -> Result<Self, StoreError> {
        let number = |key: &str| -> Result<Option<i64>, StoreError> {
            Ok(store.meta_get(key)?.and_then(|text| text.parse().ok()))
        };
        let ran_seconds = number(RAN_SECONDS)?.unwrap_or(0);
        Ok(Self { last_at: number(LAST_AT)?, waits: ran_seconds > 0, ran_seconds })
    }
}

impl Keeper {
    /// Starts the thread, which begins with a look.
    pub(crate) fn start(store: Store) -> Self {
        let shared = Arc::new(Shared {
            store,
            looking: Mutex::default(),
            wanted: Mutex::default(),
            changed: Condvar::new(),
            stop: AtomicBool::new(false),
        });
        let worker = shared.clone();
        let thread = std::thread::Builder::new()
            .name("retention".into())
            .spawn(move || worker.work())
            .expect("the system can start one more thread");
        Self { shared, thread: Some(thread) }
    }

    /// Looks soon, without waiting for the pause to end.
    pub(crate) fn look(&self) {
        self.want(Wanted { look: true, journal: false });
    }

    /// Something was erased: empties the journal soon, on the thread, so that nobody waits.
    pub(crate) fn empty_journal(&self) {
        self.want(Wanted { look: false, journal: true });
    }

    fn want(&self, more: Wanted) {
        let mut wanted = self.shared.wanted.lock().unwrap_or_else(PoisonError::into_inner);
        wanted.look |= more.look;
        wanted.journal |= more.journal;
        drop(wanted);
        self.shared.changed.notify_all();
    }
}

impl Shared {
    fn work(&self) {
        let mut is_start = true;
        let mut wanted = Wanted { look: true, journal: false };
        while !self.stop.load(Ordering::Acquire) {
            let done = match wanted {
                Wanted { look: false, journal: true } => self.store.empty_journal().map(|_| ()),
                Wanted { .. } => self.look(is_start),
            };
            if let Err(error) = done {
                tracing::warn!(%error, "what is due to be erased is left for later");
            }
            is_start = false;
            wanted = self.wait();
        }
    }

    /// Waits until something is wanted; when nothing is for long enough, a look is due.
    fn wait(&self) -> Wanted {
        let wanted = self.wanted.lock().unwrap_or_else(PoisonError::into_inner);
        let nothing = |wanted: &mut Wanted| {
            !wanted.look && !wanted.journal && !self.stop.load(Ordering::Acquire)
        };
        let waited = self.changed.wait_timeout_while(wanted, PAUSE, nothing);
        let mut wanted = waited.unwrap_or_else(PoisonError::into_inner).0;
        let found = std::mem::take(&mut *wanted);
        match found {
            Wanted { look: false, journal: false } => Wanted { look: true, journal: false },
            found => found,
        }
    }

    fn look(&self, is_start: bool) -> Result<(), StoreError> {
        let mut looked = self.looking.lock().unwrap_or_else(PoisonError::into_inner);
        let (settings, _) = Settings::merged(&self.store.settings_all()?);
        let now = unix_seconds();
        let looks = Looks::of(&self.store)?;
        let since = looked.map_or(0, |last| last.elapsed().as_secs() as i64);
        // The first look at a jumped clock counts as a second, so that the state is seen.
        let ran_seconds = looks.ran_seconds + since;
        let clock = judge(looks.last_at, now, ran_seconds);
        let erased = self.store.erase_due(due(settings.privacy, now, clock, is_start), now)?;
        if clock == Clock::Jumped {
            tracing::info!("the clock jumped; nothing is erased by age for a day of running");
            self.store.meta_set(RAN_SECONDS, &ran_seconds.max(1).to_string())?;
        } else {
            self.store.meta_set(LAST_AT, &now.to_string())?;
            if looks.waits {
                self.store.meta_set(RAN_SECONDS, "0")?;
            }
        }
        *looked = Some(Instant::now());
        // A journal that an earlier look could not empty is emptied by the next.
        if erased != Erased::default() || !is_start {
            self.store.empty_journal()?;
        }
        if erased != Erased::default() {
            tracing::info!(
                conversations = erased.conversations,
                tickets = erased.tickets,
                "what was due is erased"
            );
        }
        Ok(())
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        {
            let _asleep = self.shared.wanted.lock().unwrap_or_else(PoisonError::into_inner);
            self.shared.stop.store(true, Ordering::Release);
        }
        self.shared.changed.notify_all();
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the thread that erases ended with a panic");
        }
    }
}
