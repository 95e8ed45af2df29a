//! One run of the `frontdesk-engine` program: its pipes and the threads that read them.

use std::io::{self, BufRead, BufReader, BufWriter};
use std::process::{ChildStderr, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::keeper::Shared;
use super::{ChildConfig, Purpose};
use crate::protocol::{FromChild, ToChild, VERSION, read_frame, write_frame};

/// How long a child may take to end by itself after its stdin is closed.
const FAREWELL: Duration = Duration::from_millis(500);

/// One running program.
pub(super) struct Process {
    child: std::process::Child,
    line: Line,
}

/// The way to a child's stdin. Sending to a child that has ended does nothing.
#[derive(Clone)]
pub(super) struct Line(Arc<Mutex<Option<BufWriter<ChildStdin>>>>);

impl Line {
    pub(super) fn send(&self, frame: &ToChild) {
        let mut stdin = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(to) = stdin.as_mut()
            && let Err(error) = write_frame(to, frame)
        {
            tracing::debug!(%error, "the engine's stdin is closed");
            *stdin = None;
        }
    }

    fn close(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

impl Process {
    pub(super) fn spawn(config: &ChildConfig, shared: Arc<Shared>) -> io::Result<Self> {
        let mut command = Command::new(&config.program);
        command
            .arg("--model")
            .arg(&config.model)
            .arg("--purpose")
            .arg(match config.purpose {
                Purpose::Chat => "chat",
                Purpose::Embedding => "embedding",
            })
            .env_clear()
            // Spinning OpenMP threads starve the window on a busy machine.
            .env("GOMP_SPINCOUNT", "1000")
            // An assertion would otherwise fork a debugger.
            .env("GGML_NO_BACKTRACE", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        if let Some(threads) = config.threads {
            command.arg("--threads").arg(threads.to_string());
        }
        let mut child = command.spawn()?;
        let id = child.id();
        let missing = || io::Error::other("a pipe is missing");
        let stdin = child.stdin.take().ok_or_else(missing)?;
        let stdout = child.stdout.take().ok_or_else(missing)?;
        let stderr = child.stderr.take().ok_or_else(missing)?;
        let last_words = Arc::new(Mutex::new(String::new()));
        let words = last_words.clone();
        std::thread::Builder::new()
            .name("engine-stderr".into())
            .spawn(move || listen(stderr, &words))?;
        std::thread::Builder::new()
            .name("engine-reader".into())
            .spawn(move || read(id, stdout, &shared, &last_words))?;
        Ok(Self { child, line: Line(Arc::new(Mutex::new(Some(BufWriter::new(stdin))))) })
    }

    pub(super) fn id(&self) -> u32 {
        self.child.id()
    }

    pub(super) fn line(&self) -> Line {
        self.line.clone()
    }

    pub(super) fn kill(&mut self) {
        if let Err(error) = self.child.kill() {
            tracing::debug!(%error, "the engine had already ended");
        }
    }

    /// Closes stdin, gives the child a moment, then makes sure that it is gone.
    pub(super) fn end(mut self) {
        self.line.close();
        let deadline = Instant::now() + FAREWELL;
        while Instant::now() < deadline {
            if let Ok(Some(_)) = self.child.try_wait() {
                return;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        self.kill();
        if let Err(error) = self.child.wait() {
            tracing::debug!(%error, "the engine could not be waited for");
        }
    }
}

fn read(id: u32, stdout: ChildStdout, shared: &Shared, last_words: &Mutex<String>) {
    let mut from = BufReader::new(stdout);
    let reason = loop {
        match read_frame::<FromChild>(&mut from) {
            Ok(Some(FromChild::Hello(hello))) if hello.version != VERSION => {
                let reason = format!("the engine program speaks version {}", hello.version);
                shared.hear(id, FromChild::Rejected { reason });
            }
            Ok(Some(frame)) => shared.hear(id, frame),
            Ok(None) => break "it ended".to_string(),
            Err(error) => break error.to_string(),
        }
    };
    let words = last_words.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let reason = if words.is_empty() { reason } else { format!("{reason}; its last words: {words}") };
    shared.lost(id, &reason);
}

fn listen(stderr: ChildStderr, last_words: &Mutex<String>) {
    for line in BufReader::new(stderr).lines() {
        let Ok(line) = line else { return };
        tracing::debug!(target: "engine", "{line}");
        let line = line.trim();
        if !line.is_empty() {
            let short: String = line.chars().take(200).collect();
            *last_words.lock().unwrap_or_else(PoisonError::into_inner) = short;
        }
    }
}
