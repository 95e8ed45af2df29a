//! A served desk, and just enough HTTP/1.1 to talk to it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::Value;

use crate::desk::Desk;

/// A server that ends with the test.
pub(crate) struct Server {
    child: Child,
    pub(crate) address: SocketAddr,
    pub(crate) staff: String,
    pub(crate) visitor: String,
}

/// One reply.
pub(crate) struct Reply {
    pub(crate) status: u16,
    head: String,
    pub(crate) body: String,
}

/// What a request is made of; every field can be wrong on purpose.
pub(crate) struct Request<'a> {
    pub(crate) start: &'a str,
    pub(crate) host: String,
    pub(crate) headers: Vec<(&'a str, String)>,
    pub(crate) body: String,
}

impl Server {
    /// A server on the sample shop, all of it read.
    pub(crate) fn start(desk: &Desk) -> Self {
        assert_eq!(desk.run(&["search", "boots"]).status, 0);
        Self::start_as_it_is(desk)
    }

    /// Starts a server and reads the one line it prints.
    pub(crate) fn start_as_it_is(desk: &Desk) -> Self {
        Self::run(desk.scripted())
    }

    /// The same for the program with any arguments of its own.
    pub(crate) fn run(mut command: Command) -> Self {
        command.args(["serve", "--listen", "127.0.0.1:0"]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let started: Value = serde_json::from_str(&line).unwrap();
        let text = |field: &str| started[field].as_str().unwrap().to_string();
        let address = text("listening").strip_prefix("http://").unwrap().parse().unwrap();
        let key = |url: String| url.split_once("#key=").unwrap().1.to_string();
        let (staff, visitor) = (key(text("staff_url")), key(text("visitor_url")));
        Self { child, address, staff, visitor }
    }

    /// A well-formed request with a key.
    pub(crate) fn request<'a>(&self, start: &'a str, key: &str, body: &str) -> Request<'a> {
        Request {
            start,
            host: self.address.to_string(),
            headers: vec![
                ("Authorization", format!("Bearer {key}")),
                ("Content-Type", "application/json".into()),
            ],
            body: body.into(),
        }
    }

    pub(crate) fn post(&self, path: &str, key: &str, body: &Value) -> Reply {
        let start = format!("POST {path}");
        self.send(&self.request(&start, key, &body.to_string()))
    }

    pub(crate) fn get(&self, path: &str) -> Reply {
        let start = format!("GET {path}");
        let host = self.address.to_string();
        self.send(&Request { start: &start, host, headers: Vec::new(), body: String::new() })
    }

    /// Sends a request and reads its reply to the end.
    pub(crate) fn send(&self, request: &Request<'_>) -> Reply {
        let mut reply = Vec::new();
        self.open(request).read_to_end(&mut reply).unwrap();
        Reply::parse(&String::from_utf8(reply).unwrap())
    }

    /// Sends a request; the reply is the caller's to read or to leave.
    pub(crate) fn open(&self, request: &Request<'_>) -> TcpStream {
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        let mut text = format!("{} HTTP/1.1\r\nHost: {}\r\n", request.start, request.host);
        for (name, value) in &request.headers {
            text.push_str(&format!("{name}: {value}\r\n"));
        }
        if !request.headers.iter().any(|(name, _)| *name == "Content-Length") {
            text.push_str(&format!("Content-Length: {}\r\n", request.body.len()));
        }
        text.push_str(&format!("Connection: close\r\n\r\n{}", request.body));
        stream.write_all(text.as_bytes()).unwrap();
        stream
    }

    /// Asks the server politely to end and returns its exit status and stderr.
    #[cfg(unix)]
    pub(crate) fn stop(mut self) -> (Option<i32>, String) {
        let id = self.child.id().to_string();
        let sent = std::process::Command::new("kill").args(["-TERM", &id]).status().unwrap();
        assert!(sent.success());
        let status = self.child.wait().unwrap();
        let mut stderr = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut stderr).unwrap();
        assert!(!stderr.contains("panicked"), "{stderr}");
        (status.code(), stderr)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ended = self.child.kill().and_then(|()| self.child.wait());
    }
}

impl Reply {
    fn parse(text: &str) -> Self {
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or_else(|| panic!("{text:?}"));
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        let chunked = head.to_lowercase().contains("transfer-encoding: chunked");
        let body = if chunked { joined(body) } else { body.into() };
        Self { status, head: head.into(), body }
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let fields = self.head.lines().filter_map(|line| line.split_once(": "));
        fields.into_iter().find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, v)| v)
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    /// A stream of one JSON document a line.
    pub(crate) fn lines(&self) -> Vec<Value> {
        self.body.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

/// The text of a chunked body.
fn joined(mut rest: &str) -> String {
    let mut body = String::new();
    while let Some((length, after)) = rest.split_once("\r\n") {
        let length = usize::from_str_radix(length, 16).unwrap();
        if length == 0 {
            return body;
        }
        body.push_str(&after[..length]);
        rest = after[length..].strip_prefix("\r\n").unwrap();
    }
    panic!("the stream has no end: {body}");
}
