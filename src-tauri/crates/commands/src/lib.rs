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

mod convert;
mod core;
mod doctor;
mod engines;
mod errors;
mod indexer;
mod manage;
mod orders;
mod sample;
mod session;
mod visit;
pub mod wire;

pub use crate::core::{Core, Host, NoHost, OpenOptions};
pub use engines::{EngineChoice, Llama};
pub use session::Session;
