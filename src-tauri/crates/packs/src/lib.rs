//! Signed packs of knowledge on a shelf: one desk puts them there, others follow.
//!
//! A shelf is a folder or an address on the network that holds `manifest.json` and the packs it
//! named, each under a number of its own and never changed. The manifest is signed; whoever follows
//! knows the publisher's key beforehand. This crate does not open a pack: what is in one is the
//! store's business.
//!
//! Start with [`Manifest`], then [`Shelf`] for the one who publishes and [`Source`] for the others.

#![warn(missing_docs)]
#![forbid(unsafe_code)]

mod error;
mod files;
mod keys;
mod manifest;
mod shelf;
mod source;

pub use error::PackError;
pub use keys::{PublicKey, SigningKey};
pub use manifest::{Manifest, Published};
pub use shelf::{Draft, Shelf};
pub use source::{Looked, Source};

/// The file that names the newest pack.
pub const MANIFEST_FILE: &str = "manifest.json";
