//! The desk over HTTP: the pages, both surfaces, and the API that other programs know, for the
//! programs that let others in.
//!
//! Every request needs a key, whatever address it comes from; the key decides the role. Host and
//! Origin must be this server's own, so that a page on the internet cannot talk to it through a
//! visitor's browser. This crate reads no command line and prints nothing.
//!
//! Start with [`Bound::bind`], for a caller with a runtime of its own, or with [`Running::start`],
//! for a program with a window that switches the server on and off. [`ROUTES`] has every address.

#![warn(missing_docs)]
#![forbid(unsafe_code)]
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a failing test should stop there"))]

mod body;
mod bound;
mod callers;
mod connections;
mod describe;
mod guard;
mod keys;
mod openai;
mod pages;
mod router;
mod routes;
mod running;
mod stream;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use commands::Core;

pub use bound::Bound;
pub use callers::{CallerView, Callers};
pub use describe::document;
pub use keys::Keys;
pub use routes::{ROUTES, Route, Who};
pub use running::Running;

/// Bytes of the largest request.
const LARGEST_BODY: usize = 256 * 1024;

/// Time for answers under way once the server is asked to end.
pub const GRACE: Duration = Duration::from_secs(3);

/// How to serve.
#[derive(Clone, Debug)]
pub struct Options {
    /// Address and port to listen on; port 0 takes a free one.
    pub listen: SocketAddr,
    /// After this time of silence a stream says that it is still there: proxies close silent ones.
    pub ping: Duration,
}

impl Options {
    /// The usual way to serve at this address.
    pub fn at(listen: SocketAddr) -> Self {
        Self { listen, ping: Duration::from_secs(10) }
    }
}

/// Why a server did not start, or ended.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    /// The address is taken, or is not one of this computer.
    #[error("{address} cannot be listened on: {source}")]
    Listen {
        /// The address as it was wanted.
        address: SocketAddr,
        /// What the system said.
        source: std::io::Error,
    },
    /// The system gave no threads to serve with.
    #[error("the server could not be started: {0}")]
    Start(std::io::Error),
}

/// What every route can reach.
#[derive(Clone)]
pub(crate) struct Server {
    pub(crate) core: Arc<Core>,
    pub(crate) keys: Arc<Keys>,
    pub(crate) callers: Callers,
    pub(crate) address: SocketAddr,
    pub(crate) ping: Duration,
}
