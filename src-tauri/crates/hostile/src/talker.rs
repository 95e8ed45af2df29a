//! A server that answers each request with whatever bytes a test wants, as slowly as it wants:
//! for tests of clients that read streams.

use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// Bytes of a head that are read.
const LONGEST_HEAD: usize = 64 << 10;
/// Bytes of a body that are read.
const LONGEST_BODY: usize = 4 << 20;
/// No connection lasts longer.
const PATIENCE: Duration = Duration::from_secs(20);
/// A rest is cut into pieces, so that the server ends soon.
const STEP: Duration = Duration::from_millis(5);

/// One thing that the server does with a connection.
#[derive(Clone, Debug)]
pub enum Act {
    /// Sends these bytes as they are.
    Send(Vec<u8>),
    /// Does nothing for a while.
    Rest(Duration),
    /// Does nothing any more, and keeps the connection.
    Hang,
    /// Sends the bytes again and again with a rest between, until nobody listens.
    Repeat(Vec<u8>, Duration),
}

/// A request that came.
#[derive(Clone, Debug, Default)]
pub struct Heard {
    /// Its method.
    pub method: String,
    /// What was asked for.
    pub path: String,
    /// Names in lower case and values, in order.
    pub headers: Vec<(String, String)>,
    /// Its body.
    pub body: String,
}

type Script = dyn Fn(&Heard, usize) -> Vec<Act> + Send + Sync;

/// The server; dropping it ends every connection.
pub struct Talker {
    address: SocketAddr,
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

struct Shared {
    script: Box<Script>,
    heard: Mutex<Vec<Heard>>,
    gone: AtomicUsize,
    stop: AtomicBool,
}

impl Heard {
    /// The value of a header, by its name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

impl Talker {
    /// Answers on a free port of this computer; `script` says how, from the request and how many
    /// came before it. The connection is closed after the last act.
    pub fn start(script: impl Fn(&Heard, usize) -> Vec<Act> + Send + Sync + 'static) -> Self {
        let listener =
            TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("loopback has a free port");
        let address = listener.local_addr().expect("a bound listener has an address");
        let shared = Arc::new(Shared {
            script: Box::new(script),
            heard: Mutex::default(),
            gone: AtomicUsize::new(0),
            stop: AtomicBool::new(false),
        });
        let accepting = shared.clone();
        let thread = std::thread::Builder::new()
            .name("talker".into())
            .spawn(move || accept(&listener, &accepting))
            .expect("the system can start one more thread");
        Self { address, shared, thread: Some(thread) }
    }

    /// Address and port.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Every request so far.
    pub fn heard(&self) -> Vec<Heard> {
        self.shared.heard.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Answers that nobody listened to any more before they were over.
    pub fn gone(&self) -> usize {
        self.shared.gone.load(Ordering::Acquire)
    }
}

impl Drop for Talker {
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

fn accept(listener: &TcpListener, shared: &Arc<Shared>) {
    for stream in listener.incoming() {
        if shared.stop.load(Ordering::Acquire) {
            return;
        }
        let Ok(stream) = stream else { continue };
        let serving = shared.clone();
        let serve = move || {
            // Whoever goes away early is what the tests are about, not a failure of this server.
            let _gone_away = serve(stream, &serving).is_err();
        };
        let _refused = std::thread::Builder::new().name("talk".into()).spawn(serve).is_err();
    }
}

fn serve(mut stream: TcpStream, shared: &Shared) -> io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    stream.set_nodelay(true)?;
    let heard = hear(&mut stream)?;
    let before = {
        let mut all = shared.heard.lock().unwrap_or_else(PoisonError::into_inner);
        all.push(heard.clone());
        all.len() - 1
    };
    let answered = (shared.script)(&heard, before)
        .into_iter()
        .try_for_each(|act| perform(&act, &mut stream, shared));
    if answered.is_err() {
        shared.gone.fetch_add(1, Ordering::AcqRel);
    }
    answered
}

fn perform(act: &Act, stream: &mut TcpStream, shared: &Shared) -> io::Result<()> {
    match act {
        Act::Send(bytes) => stream.write_all(bytes),
        Act::Rest(time) => rest(*time, stream, shared),
        Act::Hang => rest(PATIENCE, stream, shared),
        Act::Repeat(bytes, pause) => {
            let end = Instant::now() + PATIENCE;
            while Instant::now() < end && !shared.stop.load(Ordering::Acquire) {
                stream.write_all(bytes)?;
                rest(*pause, stream, shared)?;
            }
            Ok(())
        }
    }
}

/// Waits, but not for somebody who has gone, nor beyond the server's end.
fn rest(time: Duration, stream: &mut TcpStream, shared: &Shared) -> io::Result<()> {
    let end = Instant::now() + time;
    while Instant::now() < end && !shared.stop.load(Ordering::Acquire) {
        std::thread::sleep(STEP.min(time));
        stream.set_nonblocking(true)?;
        let looked = stream.peek(&mut [0]);
        stream.set_nonblocking(false)?;
        if matches!(looked, Ok(0)) {
            return Err(io::ErrorKind::ConnectionAborted.into());
        }
    }
    Ok(())
}

fn hear(stream: &mut TcpStream) -> io::Result<Heard> {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") && head.len() < LONGEST_HEAD {
        stream.read_exact(&mut byte)?;
        head.push(byte[0]);
    }
    let head = String::from_utf8_lossy(&head);
    let mut lines = head.lines();
    let mut words = lines.next().unwrap_or_default().split(' ').map(String::from);
    let mut heard = Heard {
        method: words.next().unwrap_or_default(),
        path: words.next().unwrap_or_default(),
        ..Heard::default()
    };
    let headers = lines.filter_map(|line| line.split_once(':'));
    heard.headers =
        headers.map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned())).collect();
    let length = heard.header("content-length").and_then(|length| length.parse().ok());
    let mut body = vec![0; length.unwrap_or(0_usize).min(LONGEST_BODY)];
    stream.read_exact(&mut body)?;
    heard.body = String::from_utf8_lossy(&body).into_owned();
    Ok(heard)
}
