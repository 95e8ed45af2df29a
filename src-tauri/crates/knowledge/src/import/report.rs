//! What became of a file, in words for the person who chose it.

use std::path::{Path, PathBuf};

/// What the files are taken for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ImportKind {
    /// Each file says itself what it is.
    #[default]
    Auto,
    /// Every table is one of questions and answers.
    Faq,
}

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportState {
    /// All of it can be searched.
    Ready,
    /// Some of it can; the warnings say what is missing.
    Partial,
    /// Nothing was changed.
    Rejected,
    /// The same bytes as before.
    Unchanged,
}

/// Why a file was rejected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileProblem {
    /// What is wrong; lower case, no final stop.
    pub message: String,
    /// What the person can do now.
    pub hint: Option<String>,
}

impl FileProblem {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), hint: None }
    }

    #[must_use]
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

impl From<documents::DocumentError> for FileProblem {
    fn from(error: documents::DocumentError) -> Self {
        Self { message: error.to_string(), hint: error.hint() }
    }
}

/// One file's line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileReport {
    /// The file as it was given or found.
    pub path: PathBuf,
    /// Kind of file, such as `markdown`; empty where that is not known.
    pub kind: &'static str,
    /// What became of it.
    pub state: ImportState,
    /// Searchable pieces.
    pub passages: usize,
    /// Questions and answers.
    pub faqs: usize,
    /// What staff should know.
    pub warnings: Vec<String>,
    /// Why it was rejected.
    pub error: Option<FileProblem>,
}

impl FileReport {
    pub(crate) fn rejected(path: &Path, kind: &'static str, problem: FileProblem) -> Self {
        Self {
            path: path.to_owned(),
            kind,
            state: ImportState::Rejected,
            passages: 0,
            faqs: 0,
            warnings: Vec::new(),
            error: Some(problem),
        }
    }
}
