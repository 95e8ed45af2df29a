//! The whole surface of the product: requests, replies, and who may ask.
//!
//! The window, the headless program and the tests are three callers of one [`Core`]. Visitors and
//! staff have an enum each ([`wire::VisitorCommand`], [`wire::StaffCommand`]); [`Core::visit`] and
//! [`Core::manage`] check the role again, whatever the caller has checked before. This crate knows
//! no window and no HTTP.
//!
//! Start with [`Core::open`], then `visit.rs` and `manage.rs`.

#![warn(missing_docs)]
#![forbid(unsafe_code)]
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a failing test should stop there"))]

mod access;
mod admission;
mod backups;
mod calibration;
mod computer;
mod conversations;
mod convert;
mod core;
mod doctor;
mod downloads;
mod engines;
mod errors;
mod exports;
mod facts;
mod finders;
mod graphics;
mod host;
mod importer;
mod imports;
mod indexer;
mod insights;
mod kiosk;
mod learning;
mod look;
mod manage;
mod network;
mod opening;
mod orders;
mod packs;
mod privacy;
mod probing;
mod programs;
mod sample;
mod sample_desk;
#[cfg(all(test, unix))]
mod scripts;
mod servers;
mod session;
mod setup;
mod sharing;
mod shelf;
mod testbench;
mod tickets;
mod visit;
mod watcher;
mod why;
pub mod wire;

pub use crate::admission::{Load, NotReady, TextSlot};
pub use crate::backups::command_line as backup_files;
pub use crate::computer::{BringProgress, LightCost};
pub use crate::core::{Core, OpenOptions};
pub use crate::host::{Host, NoHost, readable_endings};
pub use assistant::meter::{Figures, Times};
pub use assistant::room::{Fullness, LARGEST_ROOM, USUAL_ROOM};
pub use downloads::DownloadRules;
pub use engines::{EngineChoice, Llama, Made, MakeChat};
pub use exports::{ExportTo, ExportedGap, ExportedTurn};
pub use kiosk::starts_in_kiosk;
pub use packs::{Follow, Following, PublishPack, PublishedPack};
pub use programs::{
    EmbeddedTexts, Said, Speaker, TextSide, WriteEnd, WriteEvent, WriteRequest, Written,
};
pub use servers::GivenServer;
pub use session::Session;
pub use sharing::{Guest, ShareWish, Shared, Sharing};

/// What two wordings of one question have in common; kept answers are found by it.
pub fn question_signature(question: &str) -> String {
    assistant::signature(question)
}
