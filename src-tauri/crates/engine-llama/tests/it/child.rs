//! Starts the program and talks to it, with a limit on every wait.

use std::collections::HashMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use engine::protocol::{Done, FromChild, Generate, Hello, ToChild, read_frame, write_frame};

pub(crate) const CHAT_MODEL: &str = "SmolLM2-135M-Instruct.IQ4_NL.gguf";
pub(crate) const EMBEDDING_MODEL: &str = "all-MiniLM-L6-v2.q8_0.gguf";

/// Longer than anything takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// A model of the test folder, or `None` with a line that says what is missing.
pub(crate) fn find_model(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("FRONTDESK_MODELS").map(|folder| Path::new(&folder).join(name));
    match path {
        Some(path) if path.is_file() => Some(path),
        _ => {
            let line = format!("skipped: FRONTDESK_MODELS names no folder with {name}\n");
            std::io::stderr().write_all(line.as_bytes()).unwrap();
            None
        }
    }
}

/// The program, started and not spoken to yet.
pub(crate) fn command(model: &Path, purpose: &str, options: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_frontdesk-engine"));
    command.arg("--model").arg(model).args(["--purpose", purpose]).args(options);
    // Tests run side by side; engines that want all cores would wait for each other.
    command.args(["--threads", "1"]).env("GOMP_SPINCOUNT", "1000").env_remove("RUST_LOG");
    command
}

/// A running program.
pub(crate) struct Running {
    pub(crate) process: Child,
    pub(crate) stdin: Option<ChildStdin>,
    /// How long each frame may take.
    pub(crate) patience: Duration,
    frames: Receiver<FromChild>,
}

/// A finished text.
#[derive(Debug)]
pub(crate) struct Written {
    pub(crate) text: String,
    pub(crate) frames: usize,
    pub(crate) done: Done,
}

impl Running {
    /// Starts a command and reads its frames as they come.
    pub(crate) fn start(mut command: Command) -> Running {
        let mut process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let mut stdout = process.stdout.take().unwrap();
        let (sender, frames) = channel();
        thread::spawn(move || {
            while let Ok(Some(frame)) = read_frame(&mut stdout) {
                if sender.send(frame).is_err() {
                    return;
                }
            }
        });
        let stdin = process.stdin.take();
        Running { process, stdin, patience: PATIENCE, frames }
    }

    /// Starts a model and waits for its hello. `None` if the model is not there.
    pub(crate) fn serve(name: &str, purpose: &str, options: &[&str]) -> Option<(Running, Hello)> {
        let mut running = Running::start(command(&find_model(name)?, purpose, options));
        let hello = running.receive_hello();
        Some((running, hello))
    }

    /// What a program says first when all is well.
    pub(crate) fn receive_hello(&mut self) -> Hello {
        match self.receive() {
            FromChild::Hello(hello) => hello,
            other => panic!("instead of a hello: {other:?}"),
        }
    }

    pub(crate) fn send(&mut self, frame: &ToChild) {
        write_frame(self.stdin.as_mut().unwrap(), frame).unwrap();
    }

    pub(crate) fn send_bytes(&mut self, bytes: &[u8]) {
        let stdin = self.stdin.as_mut().unwrap();
        stdin.write_all(bytes).unwrap();
        stdin.flush().unwrap();
    }

    pub(crate) fn receive(&mut self) -> FromChild {
        self.frames.recv_timeout(self.patience).expect("the engine should say something")
    }

    /// The next frame, or `None` when stdout has come to its end.
    pub(crate) fn try_receive(&mut self) -> Option<FromChild> {
        self.frames.recv_timeout(PATIENCE).ok()
    }

    /// The next frame that is not only about waiting or reading.
    pub(crate) fn receive_result(&mut self) -> FromChild {
        loop {
            match self.receive() {
                FromChild::Waiting { .. } | FromChild::Reading { .. } => {}
                other => return other,
            }
        }
    }

    /// Whether stdout came to its end without another frame.
    pub(crate) fn has_nothing_more(&mut self) -> bool {
        self.frames.recv_timeout(PATIENCE).is_err()
    }

    /// Everything up to the end of text `id`; other replies are passed over.
    pub(crate) fn receive_text(&mut self, id: u64) -> Written {
        let (mut text, mut frames) = (String::new(), 0);
        loop {
            match self.receive() {
                FromChild::Text { id: of, text: more } if of == id => {
                    text.push_str(&more);
                    frames += 1;
                }
                FromChild::Done { id: of, done } if of == id => {
                    return Written { text, frames, done };
                }
                FromChild::Failed { id: of, reason, .. } if of == id => panic!("failed: {reason}"),
                _ => {}
            }
        }
    }

    /// The ends of several texts, in whatever order they come.
    pub(crate) fn receive_texts(&mut self, ids: &[u64]) -> HashMap<u64, Written> {
        let mut texts: HashMap<u64, (String, usize)> = HashMap::new();
        let mut written = HashMap::new();
        while written.len() < ids.len() {
            match self.receive() {
                FromChild::Text { id, text } => {
                    let (all, frames) = texts.entry(id).or_default();
                    all.push_str(&text);
                    *frames += 1;
                }
                FromChild::Done { id, done } => {
                    let (text, frames) = texts.remove(&id).unwrap_or_default();
                    written.insert(id, Written { text, frames, done });
                }
                FromChild::Failed { id, reason, .. } => panic!("{id} failed: {reason}"),
                _ => {}
            }
        }
        written
    }

    pub(crate) fn write(&mut self, request: Generate) -> Written {
        let id = request.id;
        self.send(&ToChild::Generate(request));
        self.receive_text(id)
    }

    pub(crate) fn vectors(&mut self, texts: &[&str]) -> Vec<Vec<f32>> {
        let texts = texts.iter().map(ToString::to_string).collect();
        self.send(&ToChild::Embed { id: 7, texts });
        match self.receive_result() {
            FromChild::Vectors { id: 7, vectors } => vectors,
            other => panic!("instead of vectors: {other:?}"),
        }
    }

    /// Waits for the end of the process.
    pub(crate) fn wait(&mut self, limit: Duration) -> ExitStatus {
        let started = Instant::now();
        loop {
            if let Some(status) = self.process.try_wait().unwrap() {
                return status;
            }
            assert!(started.elapsed() < limit, "still running after {limit:?}");
            thread::sleep(Duration::from_millis(5));
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

/// A greedy request with one question.
pub(crate) fn ask(id: u64, question: &str, max_tokens: u32) -> Generate {
    Generate {
        id,
        messages: vec![
            ("system".into(), "You are a friendly help desk. Answer briefly.".into()),
            ("user".into(), question.into()),
        ],
        max_tokens,
        seed: 1,
        ..Generate::default()
    }
}

/// A request that would go on for a long time.
pub(crate) fn ask_for_a_long_text(id: u64) -> Generate {
    let mut request = ask(id, "Tell me a very long story about a lighthouse keeper.", 3000);
    request.temperature = 1.0;
    request
}
