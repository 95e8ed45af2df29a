//! One short-lived run of the program: started, heard, ended and waited for.

use std::ffi::OsStr;
use std::fmt;
use std::io::Read;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use crate::child::pipes::{LastWords, listen};
use crate::child::process::surround;

/// More than a probe of many cards prints.
const MOST_BYTES: u64 = 64 << 10;

/// How often a running program is looked at.
const OFTEN: Duration = Duration::from_millis(5);

/// How long pipes may stay open after the end: something the driver started may still hold them.
const LAST_BREATH: Duration = Duration::from_millis(500);

/// How long a killed process may take to vanish before it is left to a thread of its own. Only a
/// driver that hangs in the system makes it longer.
const BURIAL: Duration = Duration::from_secs(1);

/// Why there is no answer.
#[derive(Debug)]
pub(crate) enum Trouble {
    NotStarted(std::io::Error),
    Hung,
    Crashed(String),
    Failed(String),
    Garbage(String),
    /// Nobody wants to know any more.
    Unwanted,
}

impl fmt::Display for Trouble {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotStarted(error) => write!(to, "not started: {error}"),
            Self::Hung => to.write_str("no answer in time"),
            Self::Crashed(how) => write!(to, "crashed, {how}"),
            Self::Failed(how) => write!(to, "failed, {how}"),
            Self::Garbage(how) => write!(to, "not understood, {how}"),
            Self::Unwanted => to.write_str("given up"),
        }
    }
}

/// Runs the program as a probe and hands back what it printed.
pub(super) fn ask(
    program: &Path,
    within: Duration,
    is_wanted: &dyn Fn() -> bool,
) -> Result<String, Trouble> {
    ask_for(program, &["probe".as_ref()], within, is_wanted)
}

/// Runs the program for a task about graphics cards and hands back what it printed. It never
/// outlives this call by more than the system needs to end it.
pub(crate) fn ask_for(
    program: &Path,
    task: &[&OsStr],
    within: Duration,
    is_wanted: &dyn Fn() -> bool,
) -> Result<String, Trouble> {
    let deadline = Instant::now() + within;
    let mut command = Command::new(program);
    command.args(task);
    surround(&mut command, true);
    let mut child = command.stdin(Stdio::null()).spawn().map_err(Trouble::NotStarted)?;
    let last_words = LastWords::default();
    let answer = match hear(&mut child, &last_words) {
        Ok(answer) => answer,
        Err(error) => {
            put_down(child);
            return Err(Trouble::NotStarted(error));
        }
    };
    let status = loop {
        match child.try_wait() {
            Ok(Some(status)) => break status,
            Err(error) => return Err(Trouble::NotStarted(error)),
            Ok(None) => {}
        }
        let trouble = if !is_wanted() {
            Trouble::Unwanted
        } else if Instant::now() >= deadline {
            Trouble::Hung
        } else {
            thread::sleep(OFTEN);
            continue;
        };
        put_down(child);
        return Err(trouble);
    };
    let answer = answer.recv_timeout(LAST_BREATH).unwrap_or_default();
    // Before how it ended: nobody read on, which may have ended it.
    if answer.len() as u64 > MOST_BYTES {
        return Err(Trouble::Garbage("it printed too much".into()));
    }
    if !status.success() {
        return Err(ending(status, &last_words.get()));
    }
    String::from_utf8(answer).map_err(|error| Trouble::Garbage(error.to_string()))
}

/// Reads stdout and stderr on threads of their own, which end with the program.
fn hear(child: &mut Child, last_words: &LastWords) -> std::io::Result<Receiver<Vec<u8>>> {
    let stdout = child.stdout.take().expect("stdout was asked to be a pipe");
    let stderr = child.stderr.take().expect("stderr was asked to be a pipe");
    let (sender, answer) = sync_channel(1);
    thread::Builder::new().name("probe-stdout".into()).spawn(move || {
        let mut bytes = Vec::new();
        if let Err(error) = stdout.take(MOST_BYTES + 1).read_to_end(&mut bytes) {
            tracing::debug!(%error, "the probe's stdout broke");
        }
        // The asker may have left.
        let _left = sender.send(bytes);
    })?;
    let last_words = last_words.clone();
    thread::Builder::new()
        .name("probe-stderr".into())
        .spawn(move || listen(stderr, &last_words))?;
    Ok(answer)
}

fn ending(status: ExitStatus, last_words: &str) -> Trouble {
    let how = format!("{status}: {last_words}");
    // A program that a signal ended has no exit code; Windows numbers its crashes from here on.
    let is_crash = status.code().is_none_or(|code| code as u32 >= 0xC000_0000);
    if is_crash { Trouble::Crashed(how) } else { Trouble::Failed(how) }
}

/// Kills the program and waits until the system has let go of it.
fn put_down(mut child: Child) {
    if let Err(error) = child.kill() {
        tracing::debug!(%error, "the probe had already ended");
    }
    let until = Instant::now() + BURIAL;
    while Instant::now() < until {
        match child.try_wait() {
            Ok(None) => thread::sleep(OFTEN),
            Ok(Some(_)) | Err(_) => return,
        }
    }
    // Not even killing helped. It must not become a zombie once it does.
    let waiting = thread::Builder::new().name("probe-burial".into()).spawn(move || child.wait());
    if let Err(error) = waiting {
        tracing::debug!(%error, "nobody waits for the probe");
    }
}
