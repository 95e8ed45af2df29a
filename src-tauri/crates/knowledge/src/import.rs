//! The way in: finds files, reads each, saves each in one transaction.
//!
//! A bad file costs one line of its report. What was known from it before stays.

mod faq_table;
pub(crate) mod file;
mod plain_table;
mod report;
mod walk;

use std::path::{Path, PathBuf};
use std::sync::PoisonError;

pub use report::{FileProblem, FileReport, ImportKind, ImportState};

use crate::{Knowledge, KnowledgeError};

impl Knowledge {
    /// Imports files and folders; folders with all they hold, in the order of names.
    ///
    /// `on_file` is called after each file. Search by words works at once; vectors are made by
    /// [`Knowledge::embed_pending`]. Fails only when the desk's own file does.
    pub fn import(
        &self,
        paths: &[PathBuf],
        what: ImportKind,
        on_file: &mut dyn FnMut(&FileReport),
    ) -> Result<Vec<FileReport>, KnowledgeError> {
        let mut reports = Vec::new();
        for found in walk::files(paths) {
            let report = match found {
                Ok(path) => self.import_one(&path, what)?,
                Err(report) => report,
            };
            on_file(&report);
            reports.push(report);
        }
        Ok(reports)
    }

    /// Imports one file. When this returns, its words can be found.
    pub fn import_one(&self, path: &Path, what: ImportKind) -> Result<FileReport, KnowledgeError> {
        let _turn = self.importing.lock().unwrap_or_else(PoisonError::into_inner);
        let report = self.import_file(path, what)?;
        if matches!(report.state, ImportState::Ready | ImportState::Partial) {
            self.reload()?;
        }
        Ok(report)
    }

    /// The files that a list of files and folders means, in the order of names; for a path that
    /// gives none, the report that says why.
    pub fn files_of(paths: &[PathBuf]) -> Vec<Result<PathBuf, FileReport>> {
        walk::files(paths)
    }
}

#[cfg(test)]
mod tests;
