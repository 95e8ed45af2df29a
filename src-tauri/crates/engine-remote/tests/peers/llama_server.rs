//! A real llama-server that ends with the test. The tests of the desk use this file too.

use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use engine::{Engine, Event, Finish, GenerateRequest};
use engine_remote::{Address, Allowance, Key, Limits, NoLedger, Place, Remote, ServerConfig};
use serde_json::Value;

/// The file of the small chat model.
pub(crate) const MODEL: &str = "SmolLM2-135M-Instruct.IQ4_NL.gguf";
/// The key that the server wants.
pub(crate) const KEY: &str = "peer-key-4711";

/// Threads that it computes on.
pub(crate) const THREADS: &str = "1";

/// No answer takes longer.
const PATIENCE: Duration = Duration::from_secs(300);

/// The server, which writes two texts at the same time.
pub(crate) struct LlamaServer {
    child: Child,
    address: SocketAddr,
    /// The folder with models.
    pub(crate) models: PathBuf,
    _alone: MutexGuard<'static, ()>,
}

impl LlamaServer {
    /// Starts it; `None`, and a line that says why, where it or the models are not here.
    pub(crate) fn start() -> Option<Self> {
        let program = named("FRONTDESK_LLAMA_SERVER")?;
        let models = PathBuf::from(named("FRONTDESK_MODELS")?);
        let alone = crate::ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
        let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = free.local_addr().unwrap();
        drop(free);
        let mut command = Command::new(program);
        command.arg("--model").arg(models.join(MODEL));
        command.args([
            "--host",
            "127.0.0.1",
            "--port",
            &address.port().to_string(),
            "--api-key",
            KEY,
        ]);
        command.args(["--parallel", "2", "--ctx-size", "8192", "--slots", "--offline"]);
        // On a busy computer threads that wait for each other take seconds for a token.
        command.args(["--threads", THREADS]);
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let child = child.spawn().unwrap();
        let mut server = Self { child, address, models, _alone: alone };
        let end = Instant::now() + Duration::from_secs(60);
        while !server.get("/health").is_ok_and(|reply| reply.starts_with("HTTP/1.1 200")) {
            assert!(server.child.try_wait().unwrap().is_none(), "llama-server has ended");
            assert!(Instant::now() < end, "llama-server does not become ready");
            std::thread::sleep(Duration::from_millis(50));
        }
        Some(server)
    }

    /// Its address with the part that all requests share.
    pub(crate) fn base(&self) -> String {
        format!("http://{}/v1", self.address)
    }

    /// The server as an engine, asked with this key.
    pub(crate) fn remote(&self, key: &str) -> Remote {
        let config = ServerConfig {
            id: "peer".into(),
            address: Address::read(&self.base(), Place::Computer).unwrap(),
            model: String::new(),
            allowance: Allowance::default(),
            // However busy this computer is, here it is not time that ends an answer.
            limits: Limits {
                first_byte: PATIENCE,
                idle: PATIENCE,
                total: PATIENCE,
                ..Limits::default()
            },
        };
        Remote::new(config, Some(Key::read(key).unwrap()), None, Arc::new(NoLedger))
    }

    /// Texts that it is writing.
    pub(crate) fn writing(&self) -> usize {
        let reply = self.get("/slots").unwrap();
        let (_, text) = reply.split_once("\r\n\r\n").unwrap();
        let slots: Value = serde_json::from_str(text).unwrap();
        let slots = slots.as_array().unwrap();
        slots.iter().filter(|slot| slot["is_processing"] == true).count()
    }

    /// One whole reply.
    fn get(&self, path: &str) -> io::Result<String> {
        let mut stream = TcpStream::connect(self.address)?;
        stream.set_read_timeout(Some(Duration::from_secs(10)))?;
        let address = self.address;
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {KEY}\r\nConnection: \
             close\r\n\r\n"
        )?;
        let mut reply = String::new();
        stream.read_to_string(&mut reply)?;
        Ok(reply)
    }
}

impl Drop for LlamaServer {
    fn drop(&mut self) {
        let _ended = self.child.kill().and_then(|()| self.child.wait());
    }
}

fn named(variable: &str) -> Option<OsString> {
    let value = std::env::var_os(variable).filter(|value| !value.is_empty());
    if value.is_none() {
        skip(&format!("{variable} is not set; run `cargo xtask test peers`"));
    }
    value
}

/// Prints why a test did nothing, past the test harness that would swallow it.
fn skip(why: &str) {
    tell(&format!("skipped: {why}"));
}

/// Prints what was found out.
pub(crate) fn tell(line: &str) {
    let _written = writeln!(io::stderr(), "{line}");
}

/// What an engine wrote.
pub(crate) struct Written {
    pub(crate) text: String,
    pub(crate) finish: Finish,
    /// Until the first word.
    pub(crate) first_word: Duration,
    /// From the first word to the last.
    pub(crate) rest: Duration,
}

/// Has a text written to its end.
pub(crate) fn write(engine: &dyn Engine, request: GenerateRequest) -> Written {
    let began = Instant::now();
    let reply = engine.generate(request).unwrap();
    let (mut text, mut first_word) = (String::new(), None);
    loop {
        assert!(began.elapsed() < PATIENCE, "no end: {text:?}");
        match reply.next_within(Duration::from_millis(5)) {
            Some(Ok(Event::Text(more))) => {
                first_word.get_or_insert_with(|| began.elapsed());
                text.push_str(&more);
            }
            Some(Ok(Event::Done(finish))) => {
                let first_word = first_word.unwrap_or_default();
                return Written { text, finish, first_word, rest: began.elapsed() - first_word };
            }
            Some(Err(error)) => panic!("{error}: {text:?}"),
            Some(Ok(_)) | None => {}
        }
    }
}
