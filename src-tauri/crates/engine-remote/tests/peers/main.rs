//! A real llama-server as an engine, beside the desk's own one on the same small model.
//!
//! `cargo xtask test peers` builds llama-server from its sources and names it by
//! `FRONTDESK_LLAMA_SERVER`; the models are in the folder that `FRONTDESK_MODELS` names, and
//! `frontdesk-engine` lies beside the other programs. Without them the tests say so and do nothing.
//!
//! Start with `llama_server.rs`, which runs it.

#![allow(clippy::unwrap_used, reason = "a failing test should stop there")]

mod figures;
mod llama_server;
mod the_server_is_asked;

/// One server at a time: they share the cores with what asks them.
static ONE_AT_A_TIME: std::sync::Mutex<()> = std::sync::Mutex::new(());
