//! One file that holds a whole desk: written, proved, listed and read back.
//!
//! The file is an ordinary ZIP of four parts, sealed with the SHA-256 of all its bytes. Texts of
//! documents, answers, settings, facts and the logo are rows of the database in it; models are
//! named by their hashes and left out. Secrets of the computer are not in it (`store::copies`).
//! This crate knows files and no desk: who calls it gives it the copy, and takes one back.
//!
//! Start with [`make`] and [`unpack`]; `seal` is why a changed bit is seen, `rotation` is what is
//! kept, `shelf` what there is.

#![warn(missing_docs)]
#![forbid(unsafe_code)]
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a failing test should stop there"))]

mod error;
mod manifest;
mod place;
mod read;
mod rotation;
mod seal;
mod shelf;
mod write;

pub use error::BackupError;
pub use manifest::{Manifest, ModelFile, Part, Reason};
pub use place::Staging;
pub use read::{Unpacked, read_manifest, unpack};
pub use rotation::{Kept, to_remove};
pub use shelf::{Listed, list, remove_leftovers};
pub use write::{About, Made, copy_file, make};

/// The ending of a backup's name.
pub const EXTENSION: &str = "fdz";

#[cfg(test)]
mod tests;
