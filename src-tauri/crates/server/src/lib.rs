//! The desk over HTTP: the pages and both surfaces, for the programs that let others in.
//!
//! Every request needs a key, whatever address it comes from; the key decides the role. Host and
//! Origin must be this server's own, so that a page on the internet cannot talk to it through a
//! visitor's browser. This crate reads no command line and prints nothing.
//!
//! Start with [`Bound::bind`], for a caller with a runtime of its own, or with [`Running::start`],
//! for a program with a window that switches the server on and off.

#![warn(missing_docs)]
#![forbid(unsafe_code)]
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a failing test should stop there"))]

mod bound;
mod callers;
mod guard;
mod keys;
mod pages;
mod router;
mod running;
mod share;
mod stream;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use commands::Core;

pub use bound::Bound;
pub use callers::{CallerView, Callers};
pub use keys::Keys;
pub use running::Running;
pub use share::Share;

/// Bytes of the largest request.
const LARGEST_BODY: usize = 256 * 1024;

/// Time for answers under way once the server is asked to end.
pub const GRACE: Duration = Duration::from_secs(3);

/// How to serve.
#[derive(Clone, Debug)]
pub struct Options {
    /// Address and port to listen on; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Whom it lets in.
    pub doors: Doors,
}

/// Whom a server lets in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doors {
    /// Staff and visitors, each with their key.
    Everybody,
    /// Visitors alone: no route of the staff is there, and the staff key opens nothing.
    Visitors,
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
    pub(crate) doors: Doors,
}
