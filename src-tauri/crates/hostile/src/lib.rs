//! Web servers that misbehave on purpose, for tests of downloads and of streams.
//!
//! Not part of the product. They listen on loopback only. [`Server`] knows one file, and serves it in
//! as many wrong ways as [`Manner`] has names; it counts what it sent and remembers what it was
//! asked. [`Talker`] sends whatever a test tells it to.
//!
//! Start with [`Server::start`], then [`Manner`]; for streams with [`Talker::start`].

#![warn(missing_docs)]
#![forbid(unsafe_code)]

mod answer;
mod manner;
mod request;
mod talker;

use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

pub use manner::Manner;
pub use request::Asked;
pub use talker::{Act, Heard, Talker};

/// Connections at once; more are closed at once.
const MOST_CONNECTIONS: usize = 64;
/// A connection is given up after so long without a word.
const PATIENCE: Duration = Duration::from_secs(20);

/// The server; dropping it ends every connection.
pub struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

pub(crate) struct Shared {
    pub(crate) file: Vec<u8>,
    pub(crate) elsewhere: Option<SocketAddr>,
    pub(crate) asked: Mutex<Vec<Asked>>,
    pub(crate) sent: AtomicU64,
    /// Microseconds of rest after every piece of a paced answer.
    pub(crate) rest_us: AtomicU64,
    open: AtomicUsize,
    stop: AtomicBool,
}

impl Server {
    /// Serves `file` on a free port of this computer.
    pub fn start(file: Vec<u8>) -> Self {
        Self::start_beside(file, None)
    }

    /// The same, knowing another server to which [`Manner::RedirectElsewhere`] leads.
    pub fn start_beside(file: Vec<u8>, elsewhere: Option<&Server>) -> Self {
        let listener =
            TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("loopback has a free port");
        let address = listener.local_addr().expect("a bound listener has an address");
        let shared = Arc::new(Shared {
            file,
            elsewhere: elsewhere.map(|server| server.address),
            asked: Mutex::default(),
            sent: AtomicU64::new(0),
            rest_us: AtomicU64::new(1_000),
            open: AtomicUsize::new(0),
            stop: AtomicBool::new(false),
        });
        let accepting = shared.clone();
        let thread = std::thread::Builder::new()
            .name("hostile".into())
            .spawn(move || accept(&listener, &accepting))
            .expect("the system can start one more thread");
        Self { address, shared, thread: Some(thread) }
    }

    /// Where the file lies when it is to be served in this manner.
    pub fn url(&self, manner: Manner) -> String {
        format!("http://{}/{}/model.gguf", self.address, manner.name())
    }

    /// Address and port.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Bytes of the file that went out so far, in all answers together.
    pub fn sent_bytes(&self) -> u64 {
        self.shared.sent.load(Ordering::Relaxed)
    }

    /// Every request so far.
    pub fn asked(&self) -> Vec<Asked> {
        self.shared.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The rest after every piece of [`Manner::Paced`]; a piece is 2 KiB.
    pub fn rest(&self, rest: Duration) {
        self.shared.rest_us.store(rest.as_micros() as u64, Ordering::Relaxed);
    }
}

impl Shared {
    pub(crate) fn stops(&self) -> bool {
        self.stop.load(Ordering::Acquire)
    }

    /// Waits, but not beyond the server's end nor anybody's patience.
    pub(crate) fn wait(&self, time: Duration) {
        let step = Duration::from_millis(10);
        let mut left = time.min(PATIENCE);
        while !left.is_zero() && !self.stops() {
            std::thread::sleep(left.min(step));
            left = left.saturating_sub(step);
        }
    }
}

fn accept(listener: &TcpListener, shared: &Arc<Shared>) {
    for stream in listener.incoming() {
        if shared.stops() {
            return;
        }
        let Ok(stream) = stream else { continue };
        if shared.open.fetch_add(1, Ordering::AcqRel) >= MOST_CONNECTIONS {
            shared.open.fetch_sub(1, Ordering::AcqRel);
            continue;
        }
        let serving = shared.clone();
        let spawned = std::thread::Builder::new().name("hostile-answer".into()).spawn(move || {
            // Whoever goes away early is what the tests are about, not a failure of this server.
            let _gone_away = serve(stream, &serving).is_err();
            serving.open.fetch_sub(1, Ordering::AcqRel);
        });
        if spawned.is_err() {
            shared.open.fetch_sub(1, Ordering::AcqRel);
        }
    }
}

fn serve(stream: TcpStream, shared: &Shared) -> std::io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    stream.set_nodelay(true)?;
    answer::give(&mut request::Reader::new(stream), shared)
}

impl Drop for Server {
    fn drop(&mut self) {
        self.shared.stop.store(true, Ordering::Release);
        // Wakes the thread that waits for a connection.
        let woken = TcpStream::connect(self.address);
        if let Some(thread) = self.thread.take()
            && woken.is_ok()
        {
            let _panicked = thread.join().is_err();
        }
    }
}
