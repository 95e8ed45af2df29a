//! The background thread that reads files: one job after the other, one file after the other.
//!
//! What is to be done lies in the store, so a program that was killed goes on with the first file
//! that has no report. A file that was saved but not reported is found unchanged.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use knowledge::{FileReport, ImportKind, Knowledge, KnowledgeError};
use store::{ImportFileRow, ImportJobRow, JobState, NewImportFile, Store};

use crate::backups::Backups;
use crate::convert;
use crate::indexer::Wake;

/// Pause after the desk's own file could not be written.
const RETRY: Duration = Duration::from_secs(5);
/// Imports that are remembered after they are over.
const REMEMBERED: usize = 50;
/// The saved word for tables of questions and answers.
const FAQ: &str = "faq";
const AUTO: &str = "auto";

/// Owns the thread; dropping it stops the thread after the file it is reading.
pub(crate) struct Importer {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

struct Shared {
    backups: Arc<Backups>,
    store: Store,
    knowledge: Arc<Knowledge>,
    indexer: Wake,
    wanted: Mutex<bool>,
    changed: Condvar,
    stop: AtomicBool,
    pace: Mutex<Pace>,
}

/// How fast files were read since the program started.
#[derive(Clone, Copy, Default)]
pub(crate) struct Pace {
    pub(crate) bytes: u64,
    pub(crate) seconds: f64,
}

impl Importer {
    /// Starts the thread; it begins with whatever an earlier run left unfinished.
    pub(crate) fn start(
        store: Store,
        knowledge: Arc<Knowledge>,
        indexer: Wake,
        backups: Arc<Backups>,
    ) -> Self {
        let shared = Arc::new(Shared {
            backups,
            store,
            knowledge,
            indexer,
            wanted: Mutex::new(true),
            changed: Condvar::new(),
            stop: AtomicBool::new(false),
            pace: Mutex::default(),
        });
        let worker = shared.clone();
        let thread = std::thread::Builder::new()
            .name("importer".into())
            .spawn(move || worker.work())
            .expect("the system can start one more thread");
        Self { shared, thread: Some(thread) }
    }

    /// Notes an import; it begins at once, or when those before it are done.
    pub(crate) fn add(&self, roots: &[PathBuf], only_faq: bool) -> Result<i64, store::StoreError> {
        let roots: Vec<String> =
            roots.iter().map(|root| absolute(root).to_string_lossy().into_owned()).collect();
        let id = self.shared.store.add_import_job(if only_faq { FAQ } else { AUTO }, &roots)?;
        self.wake();
        Ok(id)
    }

    /// There is something new to do.
    pub(crate) fn wake(&self) {
        *self.shared.wanted.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.shared.changed.notify_all();
    }

    /// How fast files are read.
    pub(crate) fn pace(&self) -> Pace {
        *self.shared.pace.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The same place, whatever folder the next start is in.
fn absolute(path: &std::path::Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

impl Shared {
    fn work(&self) {
        loop {
            let mut wanted = self.wanted.lock().unwrap_or_else(PoisonError::into_inner);
            while !*wanted && !self.stops() {
                wanted = self.changed.wait(wanted).unwrap_or_else(PoisonError::into_inner);
            }
            *wanted = false;
            drop(wanted);
            if self.stops() {
                return;
            }
            if let Err(error) = self.work_off() {
                tracing::warn!(%error, "an import is put off");
                let mut wanted = self.wanted.lock().unwrap_or_else(PoisonError::into_inner);
                *wanted = true;
                let waited = self.changed.wait_timeout(wanted, RETRY);
                drop(waited.unwrap_or_else(PoisonError::into_inner));
            }
        }
    }

    fn stops(&self) -> bool {
        self.stop.load(Ordering::Acquire)
    }

    /// Does all jobs there are, the oldest first.
    fn work_off(&self) -> Result<(), KnowledgeError> {
        while !self.stops() {
            let Some(job) = self.store.next_import_job()? else { return Ok(()) };
            match job.state {
                JobState::Listing => self.list(&job)?,
                JobState::Reading => self.read_files(&job)?,
                JobState::Paused | JobState::Cancelled | JobState::Done => return Ok(()),
            }
        }
        Ok(())
    }

    fn list(&self, job: &ImportJobRow) -> Result<(), KnowledgeError> {
        self.backups.before_import();
        let roots: Vec<PathBuf> = job.roots.iter().map(PathBuf::from).collect();
        let files = Knowledge::files_of(&roots).into_iter().map(|found| match found {
            Ok(path) => NewImportFile {
                bytes: std::fs::metadata(&path).map_or(0, |metadata| metadata.len() as i64),
                path: path.to_string_lossy().into_owned(),
                report: None,
            },
            Err(report) => NewImportFile {
                path: report.path.to_string_lossy().into_owned(),
                bytes: 0,
                report: Some(saved(&report)),
            },
        });
        Ok(self.store.list_import_files(job.id, files.collect())?)
    }

    fn read_files(&self, job: &ImportJobRow) -> Result<(), KnowledgeError> {
        let kind = if job.kind == FAQ { ImportKind::Faq } else { ImportKind::Auto };
        while !self.stops() && self.store.import_state(job.id)? == Some(JobState::Reading) {
            match self.store.next_import_file(job.id)? {
                Some(file) => self.read_file(job, &file, kind)?,
                None => {
                    self.store.set_import_state(job.id, JobState::Done)?;
                    self.store.forget_import_jobs(REMEMBERED)?;
                }
            }
        }
        Ok(())
    }

    fn read_file(
        &self,
        job: &ImportJobRow,
        file: &ImportFileRow,
        kind: ImportKind,
    ) -> Result<(), KnowledgeError> {
        let started = Instant::now();
        let report = self.knowledge.import_one(&PathBuf::from(&file.path), kind)?;
        {
            let mut pace = self.pace.lock().unwrap_or_else(PoisonError::into_inner);
            pace.bytes += file.bytes.max(0) as u64;
            pace.seconds += started.elapsed().as_secs_f64();
        }
        // First the work for the model, then the report: who waits for both must not find none.
        self.indexer.wake();
        Ok(self.store.report_import_file(job.id, file.ord, &saved(&report))?)
    }
}

/// A report as it is kept.
pub(crate) fn saved(report: &FileReport) -> String {
    serde_json::to_string(&convert::report(report)).unwrap_or_default()
}

impl Drop for Importer {
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
            tracing::error!("the importer ended with a panic");
        }
    }
}
