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
mod hosts;
mod keys;
mod metrics;
mod openai;
mod pages;
mod ready;
mod router;
mod routes;
mod running;
mod share;
mod stream;

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use commands::Core;
use tokio::sync::Semaphore;

pub use bound::Bound;
pub use callers::{CallerView, Callers};
pub use describe::document;
pub use keys::Keys;
pub use routes::{ROUTES, Route, Who};
pub use running::Running;
pub use share::Share;

/// Bytes of the largest request.
const LARGEST_BODY: usize = 256 * 1024;

/// Time for answers under way once the server is asked to end.
pub const GRACE: Duration = Duration::from_secs(3);

/// Time for the head of a request, and for its body, unless a server is told otherwise.
const PATIENCE: Duration = Duration::from_secs(10);

/// The usual [`Options::ping`].
const PING: Duration = Duration::from_secs(10);

/// How to serve.
#[derive(Clone, Debug)]
pub struct Options {
    /// Address and port to listen on; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Whom it lets in.
    pub doors: Doors,
    /// Names under which it may be asked beside the address that was called: `desk.example`, with a
    /// port where that is another than its own.
    pub hosts: Vec<String>,
    /// Proxies that are believed when they say for whom they ask.
    pub proxies: Vec<IpAddr>,
    /// The version of the knowledge from which on `/ready` says yes.
    pub knowledge: i64,
    /// Until the head of a request has arrived, and once more until its body has.
    pub patience: Duration,
    /// How long `/ready` says no before nobody is let in any more.
    pub drain: Duration,
    /// Time for answers under way after that.
    pub grace: Duration,
    /// After this time of silence a stream of events says that it is still there: proxies close
    /// silent ones.
    pub ping: Duration,
}

impl Options {
    /// The usual: no names but the address, no proxies, and an end at once.
    pub fn new(listen: SocketAddr, doors: Doors) -> Self {
        Self {
            listen,
            doors,
            hosts: Vec::new(),
            proxies: Vec::new(),
            knowledge: 0,
            patience: PATIENCE,
            drain: Duration::ZERO,
            grace: GRACE,
            ping: PING,
        }
    }
}

/// Whom a server lets in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doors {
    /// Staff, programs and visitors, each with their key.
    Everybody,
    /// Visitors and programs: no route of the staff is there, and the staff key opens nothing.
    Visitors,
    /// Visitors' page and what it asks, and nothing else.
    Page,
}

impl Doors {
    /// Whether this route is there at all.
    pub fn have(self, route: &Route) -> bool {
        match self {
            Self::Everybody => true,
            Self::Visitors => route.who != Who::Staff,
            Self::Page => route.path == "/visit",
        }
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
    /// Staff are let in from this computer alone.
    #[error("{address} can be reached from other computers, where staff are not let in")]
    StaffOnNetwork {
        /// The address as it was wanted.
        address: SocketAddr,
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
    pub(crate) options: Arc<Options>,
    pub(crate) requests: Arc<metrics::Requests>,
    pub(crate) draining: Arc<AtomicBool>,
    /// Taken by a request for vectors: one at a time, so that a visitor's question finds the model
    /// that makes them free between two batches.
    pub(crate) vectors: Arc<Semaphore>,
}

impl Server {
    /// Whether it is about to end.
    pub(crate) fn is_draining(&self) -> bool {
        self.draining.load(Ordering::Acquire)
    }
}

/// Threads that answer, each question one: those who wait for the model, and those who do not.
const MOST_THREADS: usize = 1_024;

/// A runtime with threads for everybody who may wait at the same time.
pub fn runtime() -> std::io::Result<tokio::runtime::Runtime> {
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    builder.enable_all().max_blocking_threads(MOST_THREADS).build()
}
