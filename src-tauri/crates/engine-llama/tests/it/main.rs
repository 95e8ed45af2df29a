//! The real program with real models: what the desk relies on when it starts an engine.
//!
//! The models are read from the folder that `FRONTDESK_MODELS` names; without it every test that
//! needs one says so and passes.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

mod accounting;
mod chat;
mod child;
mod conversion;
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
mod dispatch;
mod embedding;
mod endings;
#[cfg(target_os = "linux")]
mod graphics;
mod hostile;
mod measuring;
mod parity;
mod refusals;
mod together;
