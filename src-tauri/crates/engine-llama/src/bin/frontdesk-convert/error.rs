//! What can go wrong, each with the file it concerns and an exit code of its kind.

use std::path::PathBuf;

/// Every failure of this program.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// A file cannot be opened or read.
    #[error("the file {} cannot be read: {source}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The file is something else.
    #[error("the file {} is not a GGUF model", path.display())]
    NotGguf {
        /// The file.
        path: PathBuf,
    },
    /// A model whose header would end llama.cpp's process.
    #[error("the file {} cannot be used: {reason}", path.display())]
    Unsound {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// llama.cpp did not take the model.
    #[error("llama.cpp refused {}: {reason}", path.display())]
    Refused {
        /// The file.
        path: PathBuf,
        /// Its last words.
        reason: String,
    },
    /// The target's folder is not there.
    #[error("the folder of {} does not exist", path.display())]
    NoFolder {
        /// The target.
        path: PathBuf,
    },
    /// Both names are one file's.
    #[error("{} would be written over itself", path.display())]
    SameFile {
        /// The file.
        path: PathBuf,
    },
    /// The target cannot be written.
    #[error("the file {} cannot be written: {source}", path.display())]
    Unwritable {
        /// The target.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// Less text than one window.
    #[error("the text has {tokens} tokens, {least} are needed")]
    TextTooShort {
        /// Tokens it has.
        tokens: usize,
        /// Tokens of a window.
        least: usize,
    },
    /// The models cut the text into different tokens.
    #[error("the two models read other tokens, their predictions cannot be compared")]
    OtherTokens,
    /// No part of llama.cpp suits this processor.
    #[error("no part of llama.cpp in {} suits this processor", folder.display())]
    NoBackends {
        /// Where they were looked for.
        folder: PathBuf,
    },
    /// llama.cpp could not compute a step.
    #[error("llama.cpp could not compute: {reason}")]
    Compute {
        /// What it said.
        reason: String,
    },
    /// llama.cpp's accounting can only be called where its compiler names functions in one way.
    #[cfg(not(all(unix, target_pointer_width = "64")))]
    #[error("llama.cpp's accounting cannot be asked on this system")]
    NoAccounting,
    /// Nobody reads the result.
    #[error("the result cannot be printed: {0}")]
    Output(std::io::Error),
}

impl Error {
    /// The code of the kind of failure; the program's header lists them.
    pub(crate) fn exit_code(&self) -> u8 {
        match self {
            Error::Unreadable { .. }
            | Error::NotGguf { .. }
            | Error::Unsound { .. }
            | Error::Refused { .. }
            | Error::TextTooShort { .. }
            | Error::OtherTokens => 5,
            Error::NoFolder { .. } | Error::SameFile { .. } | Error::Unwritable { .. } => 6,
            Error::NoBackends { .. } | Error::Compute { .. } | Error::Output(_) => 1,
            #[cfg(not(all(unix, target_pointer_width = "64")))]
            Error::NoAccounting => 1,
        }
    }
}
