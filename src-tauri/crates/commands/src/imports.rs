//! What staff may do with imports in the background and with watched folders.

use std::path::Path;

use knowledge::EmbeddingProgress;
use store::{ImportFileRow, ImportJobRow, JobState};

use crate::core::Core;
use crate::errors;
use crate::importer::Pace;
use crate::wire::{
    ApiError, Code, ImportFileView, ImportJobState, ImportJobView, StaffCommand, StaffReply,
    WatchedFolderView,
};

/// Imports one list holds.
const MOST_JOBS: usize = 50;
/// Files one reply may hold.
const MOST_FILES: u32 = 500;

impl Core {
    /// The commands of this file; every other is a defect of the caller.
    pub(crate) fn manage_imports(&self, command: StaffCommand) -> Result<StaffReply, ApiError> {
        match command {
            StaffCommand::StartImport { paths, faq } => {
                let paths: Vec<_> = paths.into_iter().map(Into::into).collect();
                Ok(StaffReply::ImportStarted { id: self.importer.add(&paths, faq)? })
            }
            StaffCommand::ImportJobs => {
                let jobs = self.store.import_jobs(MOST_JOBS)?;
                let jobs = jobs.into_iter().map(|job| self.job_view(job)).collect();
                Ok(StaffReply::ImportJobs { jobs })
            }
            StaffCommand::ImportJob { id, offset, limit } => {
                let job = self.store.import_job(id)?;
                let job = job.ok_or_else(|| errors::not_found("import", id))?;
                let limit = limit.min(MOST_FILES) as usize;
                let files = self.store.import_files(id, i64::from(offset), limit)?;
                let files = files.into_iter().map(file_view).collect();
                Ok(StaffReply::ImportJob { job: self.job_view(job), files })
            }
            StaffCommand::PauseImport { id } => self.move_import(id, JobState::Paused),
            StaffCommand::ResumeImport { id } => self.move_import(id, JobState::Listing),
            StaffCommand::CancelImport { id } => self.move_import(id, JobState::Cancelled),
            StaffCommand::WatchFolder { path } => self.watch_folder(&path),
            StaffCommand::UnwatchFolder { id, remove_documents } => {
                self.unwatch_folder(id, remove_documents)
            }
            StaffCommand::WatchedFolders => {
                let folders = self.store.watched_folders()?.into_iter();
                let folders = folders.map(|folder| WatchedFolderView {
                    id: folder.id,
                    path: folder.path,
                    scanned_at: folder.scanned_at,
                    problem: folder.problem,
                    files: folder.files as u32,
                });
                Ok(StaffReply::WatchedFolders { folders: folders.collect() })
            }
            _ => Err(ApiError {
                code: Code::Unavailable,
                message: "this is no command about imports".into(),
                hint: None,
            }),
        }
    }

    /// Looks at every watched folder now and returns when the desk has followed.
    pub fn look_at_folders(&self) -> Result<(), ApiError> {
        Ok(self.watcher.look()?)
    }

    fn move_import(&self, id: i64, state: JobState) -> Result<StaffReply, ApiError> {
        // Listing again costs little and gives the same files; what has a report keeps it.
        let known = self.store.import_job(id)?.ok_or_else(|| errors::not_found("import", id))?;
        let state = match state {
            JobState::Listing if known.files > 0 => JobState::Reading,
            other => other,
        };
        match self.store.set_import_state(id, state)? {
            true => {
                self.importer.wake();
                Ok(StaffReply::Done)
            }
            false => Err(ApiError {
                code: Code::Unavailable,
                message: format!("import {id} is over"),
                hint: Some(
                    "Start it again with the same files: what is known is not read twice.".into(),
                ),
            }),
        }
    }

    fn job_view(&self, job: ImportJobRow) -> ImportJobView {
        let progress = self.knowledge.embedding_progress();
        let embedding = job.state == JobState::Done && self.indexer.is_busy();
        let goes_on = embedding || matches!(job.state, JobState::Listing | JobState::Reading);
        ImportJobView {
            id: job.id,
            seconds_left: goes_on
                .then(|| seconds_left(&job, self.importer.pace(), progress))
                .flatten(),
            paths: job.roots,
            state: match job.state {
                JobState::Listing => ImportJobState::Listing,
                JobState::Reading => ImportJobState::Reading,
                JobState::Paused => ImportJobState::Paused,
                JobState::Cancelled => ImportJobState::Cancelled,
                JobState::Done if embedding => ImportJobState::Embedding,
                JobState::Done => ImportJobState::Done,
            },
            created_at: job.created_at,
            finished_at: job.finished_at,
            files: job.files as u32,
            files_done: job.files_done as u32,
            pieces: progress.pieces as u32,
            pieces_embedded: progress.embedded as u32,
        }
    }

    fn watch_folder(&self, path: &str) -> Result<StaffReply, ApiError> {
        let folder = std::path::absolute(path).unwrap_or_else(|_| path.into());
        if !Path::new(&folder).is_dir() {
            return Err(ApiError {
                code: Code::NotFound,
                message: format!("there is no folder {path}"),
                hint: Some("Check the path, and that the share is connected.".into()),
            });
        }
        let id = self.store.watch_folder(&folder.to_string_lossy())?;
        self.watcher.wake();
        Ok(StaffReply::Added { id })
    }

    fn unwatch_folder(&self, id: i64, remove_documents: bool) -> Result<StaffReply, ApiError> {
        let files = self.store.watched_files(id)?;
        if !self.store.unwatch_folder(id)? {
            return Err(errors::not_found("watched folder", id));
        }
        if remove_documents {
            for file in files {
                if let Some(source) = self.store.source_of(&file.uri)? {
                    self.knowledge.remove_source(source.id)?;
                }
            }
        }
        Ok(StaffReply::Done)
    }
}

fn file_view(file: ImportFileRow) -> ImportFileView {
    let report = file.report.and_then(|report| serde_json::from_str(&report).ok());
    ImportFileView { path: file.path, report }
}

/// Reading what is left at the pace so far, and making vectors of all of it.
///
/// `None` until both are known. What unread files will need is taken from those that were read.
fn seconds_left(job: &ImportJobRow, pace: Pace, progress: EmbeddingProgress) -> Option<f64> {
    let bytes_left = (job.bytes - job.bytes_done).max(0) as f64;
    let vectors = progress.seconds_left?;
    if bytes_left == 0.0 {
        return Some(vectors);
    }
    if pace.bytes == 0 || progress.tokens_per_second == 0.0 {
        return None;
    }
    let reading = bytes_left * pace.seconds / pace.bytes as f64;
    let tokens = bytes_left * progress.tokens_seen as f64 / pace.bytes as f64;
    Some(vectors + reading + tokens / progress.tokens_per_second)
}
