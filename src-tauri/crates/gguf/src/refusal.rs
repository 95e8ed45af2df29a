//! Why a file is not let through, as the rest of a sentence.

use std::io;

use crate::printable;

/// Why a file is refused, in words that follow "the file cannot be used:".
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// The system could not read on.
    #[error("it cannot be read: {0}")]
    Unreadable(#[from] io::Error),
    /// The first bytes are something else's.
    #[error("it is not a GGUF model")]
    NotGguf,
    /// A layout that is not known.
    #[error("{0}")]
    Version(String),
    /// The file is shorter than its header says.
    #[error("it ends within {place}, it is corrupted or incomplete")]
    Ends {
        /// What was read then.
        place: String,
    },
    /// A count or a length beyond the limits.
    #[error("{place} has {count} {what}, {limit} at most are accepted")]
    TooMany {
        /// Where.
        place: String,
        /// Of what.
        what: &'static str,
        /// How many.
        count: u64,
        /// How many there may be.
        limit: u64,
    },
    /// A header without a model.
    #[error("it has no weights")]
    NoTensors,
    /// A key that is missing, of the wrong kind or out of bounds.
    #[error("the key `{key}` {problem}")]
    Key {
        /// Its name, made printable.
        key: String,
        /// What is wrong, as the rest of the sentence.
        problem: String,
    },
    /// A tensor that cannot be as it is described.
    #[error("the tensor `{tensor}` {problem}")]
    Tensor {
        /// Its name, made printable.
        tensor: String,
        /// What is wrong, as the rest of the sentence.
        problem: String,
    },
}

impl Refusal {
    pub(crate) fn key(key: &str, problem: impl Into<String>) -> Refusal {
        Refusal::Key { key: printable(key.as_bytes()), problem: problem.into() }
    }

    pub(crate) fn tensor(tensor: &str, problem: impl Into<String>) -> Refusal {
        Refusal::Tensor { tensor: printable(tensor.as_bytes()), problem: problem.into() }
    }
}
