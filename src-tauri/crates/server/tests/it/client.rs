//! A served desk, and a client that sends exactly what it is told to.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::{Value, json};
use server::{Doors, Keys, Options, Running};
use testkit::TestDesk;

/// A desk with a server on it.
pub(crate) struct Served {
    pub(crate) desk: TestDesk,
    pub(crate) server: Running,
    pub(crate) staff: String,
    pub(crate) visitor: String,
    pub(crate) program: String,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Served {
    /// The small shop of the tests.
    pub(crate) fn shop() -> Self {
        Self::on(TestDesk::shop())
    }

    pub(crate) fn on(desk: TestDesk) -> Self {
        Self::with(desk, |_| {})
    }

    /// A server with other options than the usual.
    pub(crate) fn with(desk: TestDesk, change: impl FnOnce(&mut Options)) -> Self {
        let keys = Keys::read_or_make(&desk.data().join("keys")).unwrap();
        let [staff, visitor, program] =
            [keys.staff(), keys.visitor(), keys.program()].map(str::to_owned);
        let mut options = Options::new("127.0.0.1:0".parse().unwrap(), Doors::Everybody);
        change(&mut options);
        let server = Running::start(desk.core.clone(), keys, options).unwrap();
        Self { desk, server, staff, visitor, program }
    }

    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.server.address()).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        stream
    }

    /// Sends bytes and returns all that comes back until the server closes.
    pub(crate) fn raw(&self, bytes: &[u8]) -> String {
        let mut stream = self.connect();
        stream.write_all(bytes).unwrap();
        read_all(&mut stream)
    }

    /// Opens a request; the reply is the caller's to read or to leave.
    pub(crate) fn open(&self, start: &str, key: &str, body: &str, more: &[&str]) -> TcpStream {
        let mut stream = self.connect();
        stream.write_all(self.request(start, key, body, more).as_bytes()).unwrap();
        stream
    }

    /// The bytes of a well-formed request.
    pub(crate) fn request(&self, start: &str, key: &str, body: &str, more: &[&str]) -> String {
        let mut text = format!("{start} HTTP/1.1\r\nHost: {}\r\n", self.server.address());
        if !key.is_empty() {
            text.push_str(&format!("Authorization: Bearer {key}\r\n"));
        }
        if !body.is_empty() {
            text.push_str(&format!("Content-Length: {}\r\n", body.len()));
            text.push_str("Content-Type: application/json\r\n");
        }
        for line in more {
            text.push_str(&format!("{line}\r\n"));
        }
        format!("{text}Connection: close\r\n\r\n{body}")
    }

    pub(crate) fn send(&self, start: &str, key: &str, body: &str) -> Reply {
        Reply::parse(&read_all(&mut self.open(start, key, body, &[])))
    }

    pub(crate) fn post(&self, path: &str, key: &str, body: &Value) -> Reply {
        self.send(&format!("POST {path}"), key, &body.to_string())
    }

    /// Asks the chat as a program.
    pub(crate) fn chat(&self, body: Value) -> Reply {
        self.post("/v1/chat/completions", &self.program, &body)
    }

    /// Asks the desk one question.
    pub(crate) fn ask(&self, question: &str) -> Value {
        let reply = self.chat(question_of(question));
        assert_eq!(reply.status, 200, "{reply:?}");
        reply.json()
    }

    /// The server is as well as it was.
    pub(crate) fn check_it_answers(&self) {
        let answer = self.ask("Do you sell gift cards?");
        assert!(content(&answer).starts_with("Yes, gift cards"), "{answer}");
    }
}

/// A request with one question to the desk.
pub(crate) fn question_of(question: &str) -> Value {
    json!({"model": "frontdesk", "messages": [{"role": "user", "content": question}]})
}

/// The text of a whole answer.
pub(crate) fn content(answer: &Value) -> &str {
    answer["choices"][0]["message"]["content"].as_str().unwrap_or_else(|| panic!("{answer}"))
}

/// All that comes until the other side closes, or breaks off.
pub(crate) fn read_all(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        match stream.read(&mut buffer) {
            Ok(0) | Err(_) => return String::from_utf8(bytes).unwrap(),
            Ok(length) => bytes.extend(&buffer[..length]),
        }
    }
}

impl Reply {
    pub(crate) fn parse(text: &str) -> Self {
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or_else(|| panic!("{text:?}"));
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        let chunked = head.to_lowercase().contains("transfer-encoding: chunked");
        let body = if chunked { joined(body) } else { body.to_owned() };
        Self { status, head: head.to_owned(), body }
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut fields = self.head.lines().filter_map(|line| line.split_once(": "));
        fields.find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The events of a stream; the mark of its end is left out and must be there.
    pub(crate) fn events(&self) -> Vec<Value> {
        let mut lines: Vec<&str> =
            self.body.split("\n\n").filter_map(|line| line.strip_prefix("data: ")).collect();
        assert_eq!(lines.pop(), Some("[DONE]"), "{self:?}");
        lines.into_iter().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// An error in the shape that OpenAI's clients read, and nothing of the inside in it.
    pub(crate) fn check_refused(&self, status: u16, code: &str) {
        assert_eq!(self.status, status, "{self:?}");
        let error = &self.json()["error"];
        assert_eq!(error["code"], code, "{self:?}");
        assert!(error["type"].is_string() && error.get("param").is_some(), "{self:?}");
        let message = error["message"].as_str().unwrap();
        assert!(message.ends_with(['.', '!', '?']), "{message}");
        for inside in ["panicked", "src/", ".rs", "/tmp", "f64", "struct ", "Option<"] {
            assert!(!message.contains(inside), "{message}");
        }
    }
}

/// The text of a chunked body, as far as it came.
fn joined(mut rest: &str) -> String {
    let mut body = String::new();
    while let Some((length, after)) = rest.split_once("\r\n") {
        let length = usize::from_str_radix(length, 16).unwrap();
        let Some(part) = after.get(..length).filter(|_| length > 0) else { break };
        body.push_str(part);
        rest = after[length..].strip_prefix("\r\n").unwrap_or_default();
    }
    body
}
