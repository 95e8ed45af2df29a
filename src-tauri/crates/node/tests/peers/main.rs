//! The desk and the real llama-server, both on the same small model.
//!
//! `cargo xtask test peers` builds llama-server from its sources and names it by
//! `FRONTDESK_LLAMA_SERVER`; the models are in the folder that `FRONTDESK_MODELS` names, and
//! `frontdesk-engine` lies beside `frontdesk-node`. Without them the tests say so and do nothing.
//!
//! Start with `llama_server.rs`, which runs it.

#![allow(clippy::unwrap_used, reason = "a failing test should stop there")]

#[path = "../it/desk.rs"]
#[expect(dead_code, reason = "other tests use more of it")]
mod desk;
mod figures;
#[path = "../it/http.rs"]
#[expect(dead_code, reason = "other tests use more of it")]
mod http;
mod llama_server;
mod the_desk_answers;
mod the_server_is_asked;

/// One server at a time: they share the cores with the desk.
static ONE_AT_A_TIME: std::sync::Mutex<()> = std::sync::Mutex::new(());
