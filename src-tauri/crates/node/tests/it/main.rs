//! The headless program from outside: what it prints, how it ends, and what it serves.
//!
//! Every test starts the built program on a folder of its own, with stand-ins for the models.
//! `models.rs` and some of `own_models.rs` need real ones: they read them from the folder that
//! `FRONTDESK_MODELS` names, and say so when there is none.
//!
//! Start with `desk.rs`, which runs the program.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

mod backup;
mod bad_input;
mod capacity;
mod computer;
mod contract;
mod desk;
mod engines;
mod exit;
mod get;
mod http;
mod import;
mod learning;
mod models;
mod order;
mod own_models;
mod pin;
mod programs;
mod serve;
mod shared;
mod stream;
mod tls;
