//! One run of the reader program, from its start until it is gone.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crate::answer::{self, Answer};
use crate::{DocumentError, Format, Limits, Reading, Task};

/// An answer is at most the text and as much again for what is around it.
const AROUND_TEXT: u64 = 2;
/// What is kept of a child's last words.
const WORDS_BYTES: u64 = 16 << 10;
/// How often a child that was told to end is looked at.
const OFTEN: Duration = Duration::from_millis(2);
const RARELY: Duration = Duration::from_millis(40);

/// Reads one file in a child.
pub(super) fn read(
    program: &Path,
    limits: &Limits,
    file: File,
    format: &'static Format,
) -> Result<Reading, DocumentError> {
    let task = Task { format, limits: limits.clone() };
    let started = Instant::now();
    let mut child = Command::new(program)
        .args(task.arguments())
        // Nothing of this process is the file's business.
        .env_clear()
        .stdin(Stdio::from(file))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| missing(program, &error))?;
    let answer = collect(child.stdout.take(), AROUND_TEXT * limits.text_bytes as u64);
    let words = collect(child.stderr.take(), WORDS_BYTES);
    let ended = wait(&mut child, started + limits.patience);
    let words = String::from_utf8_lossy(&finish(words)).into_owned();
    match ended {
        Err(error) => Err(DocumentError::Stopped { reason: error.to_string() }),
        Ok(None) => Err(DocumentError::TooSlow { seconds: limits.patience.as_secs() }),
        Ok(Some(status)) => understand(status, &finish(answer), &words, limits),
    }
}

fn missing(program: &Path, error: &io::Error) -> DocumentError {
    DocumentError::NoReader { reason: format!("{}: {error}", program.display()) }
}

/// Takes what a pipe gives, up to a limit, on a thread: a full pipe would stop the child.
fn collect<R: Read + Send + 'static>(pipe: Option<R>, most: u64) -> Option<JoinHandle<Vec<u8>>> {
    let pipe = pipe?;
    let take = move || {
        let mut bytes = Vec::new();
        // What came before a failure is all there is.
        if let Err(error) = pipe.take(most).read_to_end(&mut bytes) {
            tracing::debug!(%error, "a reader's pipe broke");
        }
        bytes
    };
    thread::Builder::new().name("reader-pipe".into()).spawn(take).ok()
}

fn finish(pipe: Option<JoinHandle<Vec<u8>>>) -> Vec<u8> {
    pipe.and_then(|thread| thread.join().ok()).unwrap_or_default()
}

/// Waits for the child to end; `None` if it had to be ended. It is gone afterwards.
fn wait(child: &mut Child, until: Instant) -> io::Result<Option<ExitStatus>> {
    let mut pause = OFTEN;
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if Instant::now() >= until {
            child.kill()?;
            child.wait()?;
            return Ok(None);
        }
        thread::sleep(pause);
        pause = (pause * 2).min(RARELY);
    }
}

/// What the end of a child means.
fn understand(status: ExitStatus, answer: &[u8], words: &str, limits: &Limits) -> Answer {
    if status.success() {
        let unreadable =
            || DocumentError::Stopped { reason: "its answer was not understood".to_owned() };
        return answer::from_bytes(answer).ok_or_else(unreadable)?;
    }
    tracing::debug!(%status, words, "a reader ended badly");
    if words.contains("memory allocation") || words.contains("capacity overflow") {
        return Err(DocumentError::TooHungry { megabytes: limits.memory_bytes >> 20 });
    }
    if words.contains("stack") {
        return Err(DocumentError::Stopped { reason: "it nests too deeply".to_owned() });
    }
    Err(match signal(status) {
        Some(SIGNAL_TIME) => DocumentError::TooSlow { seconds: limits.processor_seconds },
        Some(SIGNAL_KILL) => DocumentError::TooHungry { megabytes: limits.memory_bytes >> 20 },
        Some(number) => DocumentError::Stopped { reason: format!("signal {number}") },
        None if words.contains("panicked") => {
            DocumentError::Stopped { reason: "it could not be understood".to_owned() }
        }
        None => DocumentError::Stopped { reason: format!("{status}") },
    })
}

/// The processor's time is used up.
const SIGNAL_TIME: i32 = 24;
/// Ended by the system, which does so when memory runs out.
const SIGNAL_KILL: i32 = 9;

#[cfg(unix)]
fn signal(status: ExitStatus) -> Option<i32> {
    use std::os::unix::process::ExitStatusExt;
    status.signal()
}

#[cfg(not(unix))]
fn signal(_: ExitStatus) -> Option<i32> {
    None
}
