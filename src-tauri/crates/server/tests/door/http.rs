//! A served desk on the scripted engine, and just enough HTTP to talk to it.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use commands::wire::Generation;
use engine::scripted::{Script, ScriptedEngine};
use serde_json::{Value, json};
use server::{Doors, Keys, Options, Running};
use testkit::TestDesk;

/// A desk behind a door.
pub(crate) struct Door {
    pub(crate) running: Option<Running>,
    pub(crate) desk: TestDesk,
    pub(crate) address: SocketAddr,
    pub(crate) staff: String,
    pub(crate) visitor: String,
}

/// One reply.
#[derive(Clone, Debug)]
pub(crate) struct Reply {
    /// 0 where the connection ended without one.
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

/// A shop whose model has `slots`, pauses so long before each word, and says the sentence of the
/// passages that shares the most words with the question.
pub(crate) fn shop(slots: usize, pause: Duration) -> TestDesk {
    let engine = ScriptedEngine::new(move |request| {
        let text = &request.messages.last().unwrap().text;
        let (passages, question) = text.rsplit_once("Question: ").unwrap();
        let lines = passages.lines().filter(|line| !line.starts_with(['[', '-']));
        let said = lines.collect::<Vec<_>>().join(" ");
        let asked: Vec<&str> = question.split(|c: char| !c.is_alphanumeric()).collect();
        let shared = |sentence: &&str| {
            let words = sentence.split(|c: char| !c.is_alphanumeric());
            words.filter(|word| word.len() > 2 && asked.contains(word)).count()
        };
        let best = said.split('.').max_by_key(shared).unwrap_or_default().trim();
        let reply = format!("ANSWER: {best}.");
        let pieces = reply.split_inclusive(' ').map(String::from).collect();
        Script { pieces, pause, ..Script::default() }
    });
    engine.set_slots(slots);
    let desk = TestDesk::shop_with_engine(engine);
    desk.set_generation(Generation::Always);
    desk
}

pub(crate) fn loopback(doors: Doors) -> Options {
    Options::new("127.0.0.1:0".parse().unwrap(), doors)
}

impl Door {
    pub(crate) fn open(desk: TestDesk, options: Options) -> Self {
        let keys = || Keys::read_or_make(&desk.data().join("keys")).unwrap();
        let (staff, visitor) = (keys().staff().to_owned(), keys().visitor().to_owned());
        let running = Running::start(desk.core.clone(), keys(), options).unwrap();
        let address = running.address();
        Self { running: Some(running), desk, address, staff, visitor }
    }

    pub(crate) fn staffed() -> Self {
        Self::open(shop(2, Duration::ZERO), loopback(Doors::Everybody))
    }

    /// The head of a request that everybody may send.
    pub(crate) fn head(&self, line: &str, key: &str, length: usize) -> String {
        format!(
            "{line} HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {key}\r\nContent-Type: \
             application/json\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n",
            self.address
        )
    }

    pub(crate) fn get(&self, path: &str) -> Reply {
        self.get_with(path, &format!("Host: {}\r\n", self.address))
    }

    pub(crate) fn get_with(&self, path: &str, headers: &str) -> Reply {
        self.raw(format!("GET {path} HTTP/1.1\r\n{headers}Connection: close\r\n\r\n").as_bytes())
    }

    pub(crate) fn post(&self, path: &str, key: &str, body: &Value) -> Reply {
        let body = body.to_string();
        let head = self.head(&format!("POST {path}"), key, body.len());
        self.raw(format!("{head}{body}").as_bytes())
    }

    /// Asks a question as a visitor.
    pub(crate) fn ask(&self, id: &str, question: &str) -> Reply {
        let ask = json!({ "do": "ask", "ask_id": id, "question": question, "language": "en" });
        self.post("/visit", &self.visitor, &ask)
    }

    /// Sends the bytes and reads to the end.
    pub(crate) fn raw(&self, bytes: &[u8]) -> Reply {
        let mut stream = self.connect();
        // A server that refuses early may close before everything was sent.
        let _sent = stream.write_all(bytes);
        read(stream)
    }

    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        stream
    }
}

pub(crate) fn read(mut stream: TcpStream) -> Reply {
    let mut bytes = Vec::new();
    // A connection that is reset has said what it had to say before.
    let _read = stream.read_to_end(&mut bytes);
    let text = String::from_utf8_lossy(&bytes);
    let Some((head, body)) = text.split_once("\r\n\r\n") else {
        return Reply { status: 0, head: text.into_owned(), body: String::new() };
    };
    let status = head.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or_default();
    let is_chunked = head.to_lowercase().contains("transfer-encoding: chunked");
    let body = if is_chunked { joined(body) } else { body.to_owned() };
    Reply { status, head: head.to_owned(), body }
}

impl Reply {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut fields = self.head.lines().filter_map(|line| line.split_once(": "));
        fields.find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// The turn at the end of a stream.
    pub(crate) fn turn(&self) -> Value {
        let last = self.body.lines().last().unwrap_or_default();
        let last: Value = serde_json::from_str(last).unwrap_or_default();
        last["reply"].clone()
    }
}

/// The text of a chunked body, as far as it came.
fn joined(mut rest: &str) -> String {
    let mut body = String::new();
    while let Some((length, after)) = rest.split_once("\r\n") {
        let length = usize::from_str_radix(length, 16).unwrap_or_default();
        if length == 0 || after.len() < length + 2 {
            break;
        }
        body.push_str(&after[..length]);
        rest = &after[length + 2..];
    }
    body
}
