//! Lets servers that speak the common chat interface phrase answers: llama-server, Ollama, vLLM,
//! SGLang, LiteLLM, the clouds, another Frontdesk node.
//!
//! A [`Remote`] is one server, seen as an [`engine::Engine`]: it asks, reads what comes with
//! suspicion, and knows its limits of time, number and money. A [`Relay`] asks several in an order
//! of preference. Which servers there are, and where what they cost is kept, is the caller's
//! business; nothing here touches a disk but [`keys`].
//!
//! Start with [`Remote`], then [`Address`] for where questions may go, and `talk.rs` for one
//! question.

#![warn(missing_docs)]
#![forbid(unsafe_code)]
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a failing test should stop there"))]

mod address;
mod allowance;
mod breaker;
mod chunk;
mod client;
mod dialect;
mod error;
mod events;
pub mod keys;
mod offered;
mod product;
mod reach;
mod relay;
mod remote;
mod said;
mod talk;
mod thoughts;
mod trial;
mod veil;

pub use address::{Address, Place};
pub use allowance::{Allowance, Ledger, NoLedger, Prices, Spending};
pub use error::RemoteError;
pub use keys::Key;
pub use product::Product;
pub use relay::Relay;
pub use remote::{Limits, Remote, ServerConfig, Standing};
pub use trial::{Trial, try_out};
pub use veil::Mask;
