//! Why a pack was not put on a shelf or not taken from it, by what somebody could do about it.

use std::path::PathBuf;

use catalog::download::DownloadError;

/// What can go wrong between a desk that publishes and one that follows.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PackError {
    /// A file could not be read or written.
    #[error("{path} cannot be used: {reason}")]
    File {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// Nothing was published there yet.
    #[error("nothing is published in {place}: there is no manifest.json")]
    Empty {
        /// The folder or address.
        place: String,
    },
    /// The network did not bring it.
    #[error(transparent)]
    Download(#[from] DownloadError),
    /// The manifest is not the document it should be.
    #[error("the manifest cannot be read: {reason}")]
    Unclear {
        /// What is wrong with it.
        reason: String,
    },
    /// A program that is newer wrote the manifest.
    #[error("the manifest is of format {found}, this program knows {known}")]
    NewerFormat {
        /// Its format.
        found: u32,
        /// The one this program knows.
        known: u32,
    },
    /// Somebody else signed it.
    #[error("the manifest is signed by {found}, and {expected} is followed here")]
    Foreign {
        /// The key it names.
        found: String,
        /// The key that is followed.
        expected: String,
    },
    /// The signature does not fit: something was changed after it was signed.
    #[error("the manifest was changed after it was signed, or its signature is wrong")]
    Forged,
    /// An older one than the one in use.
    #[error("version {found} is older than version {known}, which is in use")]
    Older {
        /// Its version.
        found: i64,
        /// The one in use.
        known: i64,
    },
    /// The pack is not the one that was signed.
    #[error("{file} is not the file that was signed: {reason}")]
    WrongBytes {
        /// The pack.
        file: String,
        /// The difference.
        reason: String,
    },
    /// The pack is shorter than the one that was signed: it may still be on its way there.
    #[error("{file} has {found_bytes} of the {expected_bytes} bytes that were signed")]
    Unfinished {
        /// The pack.
        file: String,
        /// What is there.
        found_bytes: u64,
        /// What was signed.
        expected_bytes: u64,
    },
    /// A key is not one.
    #[error("this is no key: {reason}")]
    NoKey {
        /// What is wrong with it.
        reason: String,
    },
    /// There is nothing to go back to.
    #[error("there is no version before version {version} in {place}")]
    NothingBefore {
        /// The newest version.
        version: i64,
        /// The folder.
        place: String,
    },
}

impl PackError {
    /// Whether asking again may help although nothing new is published.
    pub fn may_pass(&self) -> bool {
        match self {
            Self::File { .. }
            | Self::Empty { .. }
            | Self::Download(_)
            | Self::Unfinished { .. } => true,
            Self::Unclear { .. }
            | Self::NewerFormat { .. }
            | Self::Foreign { .. }
            | Self::Forged
            | Self::Older { .. }
            | Self::WrongBytes { .. }
            | Self::NoKey { .. }
            | Self::NothingBefore { .. } => false,
        }
    }

    pub(crate) fn file(path: &std::path::Path, source: &std::io::Error) -> Self {
        Self::File { path: path.to_owned(), reason: source.to_string() }
    }
}
