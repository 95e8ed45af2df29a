//! The background thread that looks at watched folders and follows what changes in them.
//!
//! Looking again and again needs no help of the system and works on network shares. A file is
//! looked into only when its size or its time changed; what it says is compared by its hash.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use knowledge::{ImportKind, Knowledge, KnowledgeError};
use store::{Store, WatchedFileRow, WatchedFolderRow};

use crate::importer::saved;
use crate::indexer::Wake;

/// Between two looks at all folders.
const PAUSE: Duration = Duration::from_secs(30);

/// Owns the thread; dropping it stops the thread after the file it is reading.
pub(crate) struct Watcher {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

struct Shared {
    store: Store,
    knowledge: Arc<Knowledge>,
    indexer: Wake,
    /// Held by whoever looks at the folders.
    looking: Mutex<()>,
    wanted: Mutex<bool>,
    changed: Condvar,
    stop: AtomicBool,
}

impl Watcher {
    pub(crate) fn start(store: Store, knowledge: Arc<Knowledge>, indexer: Wake) -> Self {
        let shared = Arc::new(Shared {
            store,
            knowledge,
            indexer,
            looking: Mutex::default(),
            wanted: Mutex::new(true),
            changed: Condvar::new(),
            stop: AtomicBool::new(false),
        });
        let worker = shared.clone();
        let thread = std::thread::Builder::new()
            .name("watcher".into())
            .spawn(move || worker.work())
            .expect("the system can start one more thread");
        Self { shared, thread: Some(thread) }
    }

    /// Looks soon, without waiting for the pause to end.
    pub(crate) fn wake(&self) {
        *self.shared.wanted.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.shared.changed.notify_all();
    }

    /// Looks at every folder now and returns when that is done.
    pub(crate) fn look(&self) -> Result<(), KnowledgeError> {
        self.shared.look()
    }
}

impl Shared {
    fn work(&self) {
        while !self.stop.load(Ordering::Acquire) {
            if let Err(error) = self.look() {
                tracing::warn!(%error, "watched folders are left for later");
            }
            let wanted = self.wanted.lock().unwrap_or_else(PoisonError::into_inner);
            let nothing = |wanted: &mut bool| !*wanted && !self.stop.load(Ordering::Acquire);
            let waited = self.changed.wait_timeout_while(wanted, PAUSE, nothing);
            *waited.unwrap_or_else(PoisonError::into_inner).0 = false;
        }
    }

    fn look(&self) -> Result<(), KnowledgeError> {
        let _alone = self.looking.lock().unwrap_or_else(PoisonError::into_inner);
        for folder in self.store.watched_folders()? {
            let problem = self.follow(&folder)?;
            if problem != folder.problem
                && let Some(problem) = &problem
            {
                tracing::info!(folder = folder.path, problem, "a watched folder");
            }
            self.store.folder_scanned(folder.id, unix_seconds(), problem)?;
        }
        Ok(())
    }

    /// Makes the desk's knowledge equal to one folder; returns what was wrong with the folder.
    fn follow(&self, folder: &WatchedFolderRow) -> Result<Option<String>, KnowledgeError> {
        let known = self.store.watched_files(folder.id)?;
        let mut gone: HashMap<String, WatchedFileRow> =
            known.into_iter().map(|file| (file.path.clone(), file)).collect();
        let root = Path::new(&folder.path);
        if !root.is_dir() {
            return Ok(Some(kept("the folder cannot be reached", gone.len())));
        }
        let mut problem = None;
        let mut any = false;
        for found in Knowledge::files_of(&[root.to_owned()]) {
            if self.stop.load(Ordering::Acquire) {
                return Ok(folder.problem.clone());
            }
            match found {
                Ok(path) => {
                    any = true;
                    let before = gone.remove(&*path.to_string_lossy());
                    self.follow_file(folder.id, &path, before.as_ref())?;
                }
                Err(report) => {
                    let why = report.error.map_or(String::new(), |error| error.message);
                    problem.get_or_insert_with(|| format!("{}: {why}", report.path.display()));
                }
            }
        }
        // A share that is not connected looks like an empty folder.
        if !any && !gone.is_empty() {
            return Ok(Some(kept("the folder is empty or not connected", gone.len())));
        }
        if problem.is_none() {
            for file in gone.values() {
                if let Some(source) = self.store.source_of(&file.uri)? {
                    self.knowledge.remove_source(source.id)?;
                }
                self.store.file_gone(folder.id, &file.path)?;
            }
        }
        Ok(problem)
    }

    fn follow_file(
        &self,
        folder_id: i64,
        path: &Path,
        before: Option<&WatchedFileRow>,
    ) -> Result<(), KnowledgeError> {
        let Ok(metadata) = std::fs::metadata(path) else { return Ok(()) };
        let (bytes, modified) = (metadata.len() as i64, nanoseconds(&metadata));
        if before.is_some_and(|file| (file.bytes, file.modified) == (bytes, modified)) {
            return Ok(());
        }
        let report = self.knowledge.import_one(path, ImportKind::Auto)?;
        self.indexer.wake();
        let uri = std::fs::canonicalize(path).unwrap_or_else(|_| PathBuf::from(path));
        let file = WatchedFileRow {
            path: path.to_string_lossy().into_owned(),
            uri: uri.to_string_lossy().into_owned(),
            bytes,
            modified,
            report: saved(&report),
        };
        Ok(self.store.file_seen(folder_id, file)?)
    }
}

fn kept(why: &str, files: usize) -> String {
    match files {
        0 => why.to_owned(),
        _ => format!("{why}; what is known from it stays"),
    }
}

fn nanoseconds(metadata: &std::fs::Metadata) -> i64 {
    let modified = metadata.modified().unwrap_or(UNIX_EPOCH);
    modified.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_nanos() as i64)
}

fn unix_seconds() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs() as i64)
}

impl Drop for Watcher {
    fn drop(&mut self) {
        {
            let _asleep = self.shared.wanted.lock().unwrap_or_else(PoisonError::into_inner);
            self.shared.stop.store(true, Ordering::Release);
        }
        self.shared.changed.notify_all();
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the watcher ended with a panic");
        }
    }
}
