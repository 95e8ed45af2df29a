//! The headless program from outside: what it prints, how it ends, and what it serves.
//!
//! Every test starts the built program on a folder of its own, with stand-ins for the models. Only
//! `models.rs` needs real ones: it reads them from the folder that `FRONTDESK_MODELS` names, and
//! says so when there is none.
//!
//! Start with `desk.rs`, which runs the program.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

mod bad_input;
mod capacity;
mod contract;
mod desk;
mod exit;
mod http;
mod import;
mod learning;
mod models;
mod order;
mod serve;
mod stream;
