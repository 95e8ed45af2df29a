//! Which models exist, which suit a computer, where their files are, and whether they are the
//! right bytes.
//!
//! The opinion about models lives here and nowhere else: [`Catalog`] is data
//! (`models/catalog.json`), [`memory`] says how much of it a model needs, [`choose`] is a pure
//! decision over both, [`locate`] finds a model's file and never hands out one whose hash is
//! wrong, [`download`] brings one byte for byte or not at all. Loading a model is the engine's
//! work.
//!
//! Start with [`Catalog::bundled`], then [`choose`], then [`locate`].

#![warn(missing_docs)]
#![forbid(unsafe_code)]

pub mod bring;
mod choice;
mod document;
pub mod download;
pub mod elsewhere;
pub mod licences;
mod locate;
pub mod memory;
mod verify;

use std::path::PathBuf;

pub use choice::{
    Choice, Measured, Speed, Suits, Tier, Verdict, choose, choose_embedding, expect_speed,
};
pub use document::{
    Calibration, Catalog, Conversion, Embedding, Entry, Origin, Pooling, Purpose, UNKNOWN_LICENCE,
};
pub use gguf::Shape;
pub use locate::{Located, MODELS_VARIABLE, locate, model_folders};
pub use verify::{verify, verify_again};

/// What can be wrong with the catalogue or with a model's file.
#[derive(Debug, thiserror::Error)]
pub enum CatalogError {
    /// The catalogue is not the document it should be.
    #[error("the model catalogue cannot be read: {reason}")]
    Syntax {
        /// What the reader stumbled on.
        reason: String,
    },
    /// One entry of the catalogue is wrong.
    #[error("the model catalogue is wrong at {entry}, field {field}: {reason}")]
    Entry {
        /// The entry's id, or its place when the id itself is wrong.
        entry: String,
        /// The field, with dots for the inner ones.
        field: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A model's file could not be read.
    #[error("cannot read {path}: {source}")]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A model's file is too short or too long.
    #[error("{path} has {found_bytes} bytes where {expected_bytes} are expected")]
    WrongSize {
        /// The file.
        path: PathBuf,
        /// The catalogue's size.
        expected_bytes: u64,
        /// The file's size.
        found_bytes: u64,
    },
    /// A model's file has the right size and other bytes.
    #[error("{path} holds other bytes than the catalogue describes (sha256 {found})")]
    WrongHash {
        /// The file.
        path: PathBuf,
        /// The file's sha256.
        found: String,
    },
    /// A link, where a file is needed.
    #[error("{path} is a link and no file")]
    IsLink {
        /// The link.
        path: PathBuf,
    },
    /// One part of a model that was cut into several files.
    #[error("{path} is only a part of a model that was cut into several files")]
    IsSplit {
        /// The part.
        path: PathBuf,
    },
    /// A folder without models.
    #[error("there is no model file in {path}")]
    NoModels {
        /// The folder.
        path: PathBuf,
    },
    /// A file that poses as a catalogued model.
    #[error("{path} looks like {model} and is damaged: its bytes are others (sha256 {found})")]
    Damaged {
        /// The file.
        path: PathBuf,
        /// The name of the model it looks like.
        model: String,
        /// The file's sha256.
        found: String,
    },
    /// A file whose header no engine should see.
    #[error("{path} cannot be used: {reason}")]
    Unsound {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The same unknown bytes are here already.
    #[error("the model in {path} is here already")]
    AlreadyBrought {
        /// The file.
        path: PathBuf,
        /// Its sha256.
        sha256: String,
    },
    /// Somebody wrote to the file while it was read.
    #[error("{path} changed while it was read")]
    Changed {
        /// The file.
        path: PathBuf,
    },
    /// The disk is too full for a copy.
    #[error(
        "there is no room for a model in {path}: {needed_bytes} bytes are needed beside a reserve, \
         {free_bytes} are free"
    )]
    NoRoom {
        /// The folder.
        path: PathBuf,
        /// The file's size.
        needed_bytes: u64,
        /// What is free.
        free_bytes: u64,
    },
    /// A copy could not be written.
    #[error("cannot write {path}: {source}")]
    Write {
        /// The copy.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// Somebody stopped it.
    #[error("it was stopped")]
    Cancelled,
}
