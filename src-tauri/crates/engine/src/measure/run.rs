//! Starts the program, hears its lines, and ends it when its time is up.

use std::io::{self, BufRead, BufReader, Read};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use super::{Line, MeasureConfig, Measured, Progress};
use crate::EngineError;
use crate::child::pipes::{LastWords, listen};
use crate::child::process::surround;

/// Bytes of a line. A measurement has less than a thousand.
const LINE_BYTES: u64 = 1 << 16;

/// Lines that wait to be heard.
const LINES: usize = 16;

type Lines = Receiver<Result<Line, String>>;

/// How long a program that has closed its stdout may take to end by itself.
const LAST_BREATH: Duration = Duration::from_millis(300);

/// Measures, and tells again and again how far it is. Blocks until the end.
///
/// On Linux the program ends with the thread that calls this. Fails when the program cannot be
/// started, refuses the model, ends without a result, prints something else, or is not done in
/// time; it never outlives this call.
pub fn run(
    config: &MeasureConfig,
    tell: &mut dyn FnMut(&Progress),
) -> Result<Measured, EngineError> {
    let deadline = Instant::now() + config.limit;
    let start = |error: io::Error| EngineError::Start { reason: error.to_string() };
    let mut running = Running(command(config).spawn().map_err(start)?);
    let last_words = LastWords::default();
    let (lines, stderr_closes) = running.hear(&last_words).map_err(start)?;
    loop {
        let left = deadline.saturating_duration_since(Instant::now());
        match lines.recv_timeout(left) {
            Ok(Ok(Line::Progress(progress))) => tell(&progress),
            Ok(Ok(Line::Measured(measured))) => {
                return match measured.problem() {
                    None => Ok(*measured),
                    Some(problem) => Err(lost(format!("{problem}, as it printed it"))),
                };
            }
            Ok(Ok(Line::Refused(reason))) => {
                return Err(EngineError::Model { model: config.model_id.clone(), reason });
            }
            Ok(Err(reason)) => return Err(lost(reason)),
            Err(RecvTimeoutError::Timeout) => {
                let seconds = config.limit.as_secs();
                return Err(lost(format!("measuring took longer than {seconds} s")));
            }
            Err(RecvTimeoutError::Disconnected) => {
                let status = running.end();
                let _closed_or_too_late = stderr_closes.recv_timeout(LAST_BREATH);
                return Err(lost(describe_end(status, &last_words.get())));
            }
        }
    }
}

fn command(config: &MeasureConfig) -> Command {
    let mut command = Command::new(&config.program);
    command.arg("measure").arg("--model").arg(&config.model);
    let mut option = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            command.arg(name).arg(value);
        }
    };
    option("--device", config.device.clone());
    option("--threads-most", config.threads_most.map(|threads| threads.to_string()));
    option("--fast-cores", config.fast_cores.map(|cores| cores.to_string()));
    surround(&mut command, config.device.is_some());
    command.stdin(Stdio::null());
    command
}

/// The running program, ended and waited for when this is dropped.
struct Running(Child);

impl Running {
    /// Reads stdout and stderr on threads of their own, which end with the program. The second
    /// receiver is closed when there is no more on stderr.
    fn hear(&mut self, last_words: &LastWords) -> io::Result<(Lines, Receiver<()>)> {
        let stdout = self.0.stdout.take().expect("stdout was asked to be a pipe");
        let stderr = self.0.stderr.take().expect("stderr was asked to be a pipe");
        let (sender, lines) = sync_channel(LINES);
        let (stderr_is_open, stderr_closes) = sync_channel(1);
        let last_words = last_words.clone();
        thread::Builder::new().name("measure-stderr".into()).spawn(move || {
            listen(stderr, &last_words);
            drop(stderr_is_open);
        })?;
        thread::Builder::new()
            .name("measure-stdout".into())
            .spawn(move || read_lines(stdout, &sender))?;
        Ok((lines, stderr_closes))
    }

    /// How it ended by itself, if it does so at once.
    fn end(&mut self) -> Option<ExitStatus> {
        let until = Instant::now() + LAST_BREATH;
        loop {
            match self.0.try_wait() {
                Ok(Some(status)) => return Some(status),
                Ok(None) if Instant::now() < until => thread::sleep(Duration::from_millis(5)),
                Ok(None) | Err(_) => return None,
            }
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Err(error) = self.0.kill().and_then(|()| self.0.wait().map(drop)) {
            tracing::debug!(%error, "the measurement could not be ended");
        }
    }
}

/// Passes lines on until there are no more, or one is wrong.
fn read_lines(stdout: impl Read, sender: &SyncSender<Result<Line, String>>) {
    let mut from = BufReader::new(stdout);
    let mut bytes = Vec::new();
    loop {
        bytes.clear();
        match (&mut from).take(LINE_BYTES).read_until(b'\n', &mut bytes) {
            Ok(0) | Err(_) => return,
            Ok(_) => {}
        }
        let line = serde_json::from_slice::<Line>(&bytes);
        let line = line.map_err(|error| format!("it printed something else than lines, {error}"));
        let is_wrong = line.is_err();
        if sender.send(line).is_err() || is_wrong {
            return;
        }
    }
}

fn lost(reason: String) -> EngineError {
    EngineError::Lost { reason }
}

fn describe_end(status: Option<ExitStatus>, last_words: &str) -> String {
    let end = match status {
        Some(status) => format!("it ended with {status}"),
        None => "it closed its stdout".to_owned(),
    };
    if last_words.is_empty() { end } else { format!("{end}: {last_words}") }
}
