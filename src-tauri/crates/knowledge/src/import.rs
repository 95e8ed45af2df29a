//! The way in: finds files, reads each, saves each in one transaction.
//!
//! A bad file costs one line of its report. What was known from it before stays.

mod faq_table;
pub(crate) mod file;
mod plain_table;
mod report;
mod walk;

use std::path::PathBuf;

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
        let mut failure = None;
        for found in walk::files(paths) {
            let report = match found {
                Ok(path) => match self.import_file(&path, what) {
                    Ok(report) => report,
                    Err(error) => {
                        failure = Some(error);
                        break;
                    }
                },
                Err(report) => report,
            };
            on_file(&report);
            reports.push(report);
        }
        // Files before a failure are saved, and can be found.
        self.reload()?;
        match failure {
            Some(error) => Err(error),
            None => Ok(reports),
        }
    }
}

#[cfg(test)]
mod tests;
