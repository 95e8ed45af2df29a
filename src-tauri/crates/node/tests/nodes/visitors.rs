//! Visitors who note exactly what came back, and when.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::cluster::SITE;

const PATIENCE: Duration = Duration::from_secs(25);

/// What became of one question.
#[derive(Clone, Debug)]
pub(crate) struct Came {
    /// 0 where no reply began.
    pub(crate) status: u16,
    /// The answer, where it came to its end.
    pub(crate) answer: Option<String>,
    /// Until the first byte of the answer.
    pub(crate) first: Duration,
}

impl Came {
    /// Not a byte came back.
    pub(crate) fn is_lost(&self) -> bool {
        self.status == 0
    }
}

/// Asks one question on a connection of its own.
pub(crate) fn ask(address: SocketAddr, key: &str, question: &str) -> Came {
    let began = Instant::now();
    let mut came = Came { status: 0, answer: None, first: Duration::ZERO };
    // What breaks off is noted by what came until then.
    let _broken = ask_noting(address, key, question, began, &mut came).is_err();
    came
}

fn ask_noting(
    address: SocketAddr,
    key: &str,
    question: &str,
    began: Instant,
    came: &mut Came,
) -> std::io::Result<()> {
    static NUMBER: AtomicUsize = AtomicUsize::new(0);
    let id = format!("v{}", NUMBER.fetch_add(1, Ordering::Relaxed));
    let body = json!({ "do": "ask", "ask_id": id, "question": question, "conversation": id });
    let body = body.to_string();
    let mut reader = connect(address)?;
    let head = format!(
        "POST /visit HTTP/1.1\r\nHost: {SITE}\r\nAuthorization: Bearer {key}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
    reader.get_mut().write_all(head.as_bytes())?;
    let (status, is_chunked) = read_head(&mut reader)?;
    came.status = status;
    let mut text = Vec::new();
    while !is_chunked || !text.ends_with(b"\r\n0\r\n\r\n") {
        let mut piece = [0; 4096];
        let read = reader.read(&mut piece)?;
        if read == 0 {
            break;
        }
        if text.is_empty() {
            came.first = began.elapsed();
        }
        text.extend_from_slice(&piece[..read]);
    }
    let text = String::from_utf8_lossy(&text);
    // The last line of an answer is the reply itself.
    let last = text.lines().rev().find(|line| line.starts_with("{\"reply\""));
    let reply: Option<Value> = last.and_then(|line| serde_json::from_str(line).ok());
    came.answer = reply.and_then(|it| Some(it["reply"]["answer"].as_str()?.to_owned()));
    Ok(())
}

/// The status of a GET; `None` where nobody answers.
pub(crate) fn get(address: SocketAddr, host: &str, path: &str) -> Option<u16> {
    let mut reader = connect(address).ok()?;
    let head = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    reader.get_mut().write_all(head.as_bytes()).ok()?;
    read_head(&mut reader).ok().map(|(status, _)| status)
}

fn connect(address: SocketAddr) -> std::io::Result<BufReader<TcpStream>> {
    let stream = TcpStream::connect_timeout(&address, Duration::from_secs(5))?;
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    Ok(BufReader::new(stream))
}

fn read_head(reader: &mut impl BufRead) -> std::io::Result<(u16, bool)> {
    let broken = || std::io::Error::from(std::io::ErrorKind::UnexpectedEof);
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let status = line.split(' ').nth(1).and_then(|code| code.parse().ok()).ok_or_else(broken)?;
    let mut is_chunked = false;
    loop {
        line.clear();
        if reader.read_line(&mut line)? == 0 {
            return Err(broken());
        }
        if line.trim().is_empty() {
            return Ok((status, is_chunked));
        }
        is_chunked |= line.to_ascii_lowercase().starts_with("transfer-encoding: chunked");
    }
}

/// Visitors who keep asking until they are stopped.
pub(crate) struct Crowd {
    stop: Arc<AtomicBool>,
    came: Arc<Mutex<Vec<Came>>>,
    threads: Vec<JoinHandle<()>>,
}

impl Crowd {
    pub(crate) fn start(address: SocketAddr, key: &str, count: usize, question: &str) -> Self {
        let (stop, came) = (Arc::new(AtomicBool::new(false)), Arc::default());
        let thread = |_| {
            let (key, question) = (key.to_owned(), question.to_owned());
            let (stop, came): (_, Arc<Mutex<Vec<Came>>>) = (stop.clone(), Arc::clone(&came));
            std::thread::spawn(move || {
                while !stop.load(Ordering::Acquire) {
                    let one = ask(address, &key, &question);
                    came.lock().unwrap().push(one);
                    std::thread::sleep(Duration::from_millis(15));
                }
            })
        };
        let threads = (0..count).map(thread).collect();
        Self { stop, came, threads }
    }

    /// How many were answered so far.
    pub(crate) fn answered(&self) -> usize {
        self.came.lock().unwrap().iter().filter(|one| one.answer.is_some()).count()
    }

    /// Lets everybody end and answers what became of them.
    pub(crate) fn end(self) -> Vec<Came> {
        self.stop.store(true, Ordering::Release);
        for thread in self.threads {
            thread.join().unwrap();
        }
        let came = self.came.lock().unwrap();
        came.clone()
    }
}

/// The middle one of some times.
pub(crate) fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
