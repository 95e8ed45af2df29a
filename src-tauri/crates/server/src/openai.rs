//! The API that other programs know: chat, models and embeddings as OpenAI's clients ask for them.
//!
//! No conversation is kept here: what was said before comes with each request, so any node can
//! answer the next one. The model `frontdesk` is the whole desk, and says nothing that the desk
//! would not say on its own page; `frontdesk-raw` is the bare model.

pub(crate) mod chat;
mod cut;
mod desk;
pub(crate) mod door;
pub(crate) mod embeddings;
pub(crate) mod error;
mod grammar;
pub(crate) mod models;
mod raw;
pub(crate) mod reply;
pub(crate) mod request;
mod stream;
mod wording;
mod work;

use std::net::IpAddr;
use std::time::{SystemTime, UNIX_EPOCH};

use commands::Session;

/// The whole desk.
pub(crate) const DESK: &str = "frontdesk";

/// The bare model.
pub(crate) const RAW: &str = "frontdesk-raw";

/// Who asks, as the core tells callers apart: the programs of one computer are one party, and take
/// turns with the visitors.
fn session(asker: IpAddr) -> Session {
    Session::visitor(&format!("http program {asker}"))
}

/// A name that nobody can guess from another.
fn random_id(prefix: &str) -> String {
    let mut bytes = [0; 16];
    if getrandom::fill(&mut bytes).is_err() {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        bytes = now.as_nanos().to_le_bytes();
    }
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{prefix}{hex}")
}

fn unix_seconds() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs()
}
