//! The three threads that serve a child's pipes, so that neither the keeper nor a caller ever
//! waits for a child that does not read or write.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::{ChildStderr, ChildStdin, ChildStdout};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use super::keeper::Shared;
use crate::protocol::{FromChild, read_frame};

/// How long to wait for the last words of a child that has closed its stdout.
const LAST_WORDS: Duration = Duration::from_millis(200);

/// Bytes read as one line. A child may write without end and without a line break.
const LINE_BYTES: u64 = 4096;

/// Characters kept of a line.
const KEPT_CHARACTERS: usize = 200;

/// What a child wrote on stderr last; often the only hint why it died.
#[derive(Clone, Default)]
pub(crate) struct LastWords(Arc<Mutex<String>>);

impl LastWords {
    pub(crate) fn get(&self) -> String {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn set(&self, line: &str) {
        let kept = line.chars().take(KEPT_CHARACTERS).collect();
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = kept;
    }
}

/// The pipes of one process.
pub(super) struct Pipes {
    pub(super) stdin: ChildStdin,
    pub(super) stdout: ChildStdout,
    pub(super) stderr: ChildStderr,
    /// Frames for stdin.
    pub(super) outgoing: Receiver<Vec<u8>>,
    pub(super) last_words: LastWords,
}

impl Pipes {
    /// Serves the pipes until the process ends, and reports to `shared` what is heard.
    pub(super) fn attend(self, run: u64, shared: &Arc<Shared>) -> io::Result<()> {
        let Pipes { stdin, stdout, stderr, outgoing, last_words } = self;
        let (stderr_is_open, stderr_closes) = channel::<()>();
        thread::Builder::new().name("engine-stderr".into()).spawn(move || {
            listen(stderr, &last_words);
            drop(stderr_is_open);
        })?;
        let for_writer = shared.clone();
        thread::Builder::new()
            .name("engine-writer".into())
            .spawn(move || write(run, stdin, &outgoing, &for_writer))?;
        let for_reader = shared.clone();
        thread::Builder::new()
            .name("engine-reader".into())
            .spawn(move || read(run, stdout, &stderr_closes, &for_reader))?;
        Ok(())
    }
}

/// Writes frames until the process is let go.
fn write(run: u64, mut stdin: ChildStdin, outgoing: &Receiver<Vec<u8>>, shared: &Shared) {
    for frame in outgoing {
        if let Err(error) = stdin.write_all(&frame) {
            tracing::debug!(%error, "the engine's stdin is closed");
            // A child that lives on without reading is of no use.
            shared.kill(run);
            return;
        }
    }
}

/// Reads frames until there are no more, and then reports the end.
fn read(run: u64, stdout: ChildStdout, stderr_closes: &Receiver<()>, shared: &Shared) {
    let mut from = BufReader::new(stdout);
    let reason = loop {
        match read_frame::<FromChild>(&mut from) {
            Ok(Some(frame)) => {
                if let Err(reason) = shared.hear(run, frame) {
                    break reason.to_string();
                }
            }
            Ok(None) => break shared.describe_end(run),
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
                break shared.describe_end(run);
            }
            Err(error) => break format!("it sent something else than frames, {error}"),
        }
    };
    shared.kill(run);
    // Nothing is ever sent: either way, it is time to report.
    let _closed_or_too_late = stderr_closes.recv_timeout(LAST_WORDS);
    shared.lose(run, &reason);
}

/// Keeps the last line of a program's stderr until there are no more.
pub(crate) fn listen(stderr: ChildStderr, last_words: &LastWords) {
    let mut from = BufReader::new(stderr);
    let mut bytes = Vec::new();
    loop {
        bytes.clear();
        match (&mut from).take(LINE_BYTES).read_until(b'\n', &mut bytes) {
            Ok(0) | Err(_) => return,
            Ok(_) => {}
        }
        let line = String::from_utf8_lossy(&bytes);
        let line = line.trim();
        if !line.is_empty() {
            tracing::debug!(target: "engine", "{line}");
            last_words.set(line);
        }
    }
}
