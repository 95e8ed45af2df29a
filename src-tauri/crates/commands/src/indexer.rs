//! The background thread that makes missing vectors, so that imports return at once and a
//! question never waits for one.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use knowledge::{Knowledge, KnowledgeError};

use crate::finders::Finders;

/// Pause after an engine that did not answer.
const RETRY: Duration = Duration::from_secs(2);

/// Owns the thread; dropping it stops the thread between two batches.
pub(crate) struct Indexer {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Shared {
    wanted: Mutex<bool>,
    changed: Condvar,
    stop: AtomicBool,
    busy: AtomicBool,
    /// The last vectors could not be saved; they are tried again, and nobody waits for that.
    unsaved: AtomicBool,
}

impl Indexer {
    /// Starts the thread; it begins with whatever an earlier run left unfinished.
    pub(crate) fn start(knowledge: Arc<Knowledge>, finders: Arc<Finders>) -> Self {
        let shared = Arc::new(Shared { wanted: Mutex::new(true), ..Shared::default() });
        let worker = shared.clone();
        let thread = std::thread::Builder::new()
            .name("indexer".into())
            .spawn(move || worker.work(&knowledge, &finders))
            .expect("the system can start one more thread");
        Self { shared, thread: Some(thread) }
    }

    /// There is something new to make vectors for.
    pub(crate) fn wake(&self) {
        self.waker().wake();
    }

    /// For others that make work for the thread.
    pub(crate) fn waker(&self) -> Wake {
        Wake(self.shared.clone())
    }

    /// Whether the last vectors could not be saved, as on a full disk.
    pub(crate) fn cannot_save(&self) -> bool {
        self.shared.unsaved.load(Ordering::Acquire)
    }

    /// Whether vectors are being made or are about to be.
    pub(crate) fn is_busy(&self) -> bool {
        self.shared.busy.load(Ordering::Acquire)
            || *self.shared.wanted.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Wakes the thread.
#[derive(Clone)]
pub(crate) struct Wake(Arc<Shared>);

impl Wake {
    pub(crate) fn wake(&self) {
        *self.0.wanted.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.0.changed.notify_all();
    }
}

impl Shared {
    fn work(&self, knowledge: &Knowledge, finders: &Finders) {
        // Said once for each time the engine goes and comes, not for each try.
        let mut told: Option<String> = None;
        loop {
            let mut wanted = self.wanted.lock().unwrap_or_else(PoisonError::into_inner);
            while !*wanted && !self.stop.load(Ordering::Acquire) {
                wanted = self.changed.wait(wanted).unwrap_or_else(PoisonError::into_inner);
            }
            if self.stop.load(Ordering::Acquire) {
                return;
            }
            self.busy.store(true, Ordering::Release);
            *wanted = false;
            drop(wanted);
            let stop = || self.stop.load(Ordering::Acquire);
            finders.consider(knowledge);
            let made = knowledge.embed_pending(&stop, &mut |_, _| {});
            // A change meanwhile ends it: the thresholds are measured when all is quiet.
            let changed = || stop() || *self.wanted.lock().unwrap_or_else(PoisonError::into_inner);
            let made = made.and_then(|_| knowledge.calibrate(&changed));
            let unsaved = matches!(made, Err(KnowledgeError::Store(_)));
            self.unsaved.store(unsaved, Ordering::Release);
            self.busy.store(false, Ordering::Release);
            match &made {
                Ok(_) if told.take().is_some() => tracing::info!("vectors are made again"),
                Ok(_) => {}
                Err(error) => {
                    let why = error.to_string();
                    if told.as_ref() != Some(&why) {
                        tracing::warn!(error = why, "vectors are put off");
                    }
                    told = Some(why);
                }
            }
            if made.is_err() {
                let mut wanted = self.wanted.lock().unwrap_or_else(PoisonError::into_inner);
                *wanted = true;
                let waited = self.changed.wait_timeout(wanted, RETRY);
                drop(waited.unwrap_or_else(PoisonError::into_inner));
            }
        }
    }
}

impl Drop for Indexer {
    fn drop(&mut self) {
        {
            // Under the lock: between its look at `stop` and its wait, the thread would miss it.
            let _asleep = self.shared.wanted.lock().unwrap_or_else(PoisonError::into_inner);
            self.shared.stop.store(true, Ordering::Release);
        }
        self.shared.changed.notify_all();
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the indexer ended with a panic");
        }
    }
}
