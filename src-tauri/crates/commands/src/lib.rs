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
mod opening;
mod orders;
mod privacy;
mod probing;
mod sample;
#[cfg(all(test, unix))]
mod scripts;
mod session;
mod setup;
mod shelf;
mod testbench;
mod tickets;
mod visit;
mod watcher;
mod why;
pub mod wire;

pub use crate::backups::command_line as backup_files;
pub use crate::computer::{BringProgress, LightCost};
pub use crate::core::{Core, OpenOptions};
pub use crate::host::{Host, NoHost, readable_endings};
pub use downloads::DownloadRules;
pub use engines::{EngineChoice, Llama, Made, MakeChat};
pub use kiosk::starts_in_kiosk;
pub use session::Session;

/// What two wordings of one question have in common; kept answers are found by it.
pub fn question_signature(question: &str) -> String {
    assistant::signature(question)
}
