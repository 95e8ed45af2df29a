//! The desk in front of a real llama-server.
//!
//! `cargo xtask test peers` builds it from its sources and names it by `FRONTDESK_LLAMA_SERVER`; the
//! models are in the folder that `FRONTDESK_MODELS` names. Without them the tests say so and do
//! nothing. How the server itself is asked is tested in `engine-remote`.

#![allow(clippy::unwrap_used, reason = "a failing test should stop there")]

#[path = "../it/desk.rs"]
#[expect(dead_code, reason = "other tests use more of it")]
mod desk;
#[path = "../it/http.rs"]
#[expect(dead_code, reason = "other tests use more of it")]
mod http;
#[path = "../../../engine-remote/tests/peers/llama_server.rs"]
#[expect(dead_code, reason = "other tests use more of it")]
mod llama_server;
mod the_desk_answers;

/// One server at a time: they share the cores with the desk.
static ONE_AT_A_TIME: std::sync::Mutex<()> = std::sync::Mutex::new(());
