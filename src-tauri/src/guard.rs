//! Bringing the visitors' screen back: a small second process of the same program that starts the
//! window again whenever it ends and nobody left it on purpose.
//!
//! With `--kiosk` it is there first and the window is its child. Where staff start the screen from
//! their window, it is started beside the window and waits. The two hold a pipe each: a guard that
//! ends takes its window along, and a window says [`LEFT`] before it ends for good.

use std::ffi::OsString;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::arguments::Arguments;

/// What a window says when staff have left the visitors' screen.
const LEFT: &str = "frontdesk:left";

/// A window that was there this long started well.
const WELL: Duration = Duration::from_secs(30);
/// Between the first end and the next start.
const SHORTEST: Duration = Duration::from_millis(100);
/// However often it ended.
const LONGEST: Duration = Duration::from_secs(4);

/// Starts the visitors' window again and again, until staff leave it.
pub(crate) fn keep_on_screen(arguments: &Arguments) -> ExitCode {
    let program = match this_program() {
        Ok(program) => program,
        Err(error) => {
            tracing::error!(%error, "the program does not know where it lies");
            return ExitCode::FAILURE;
        }
    };
    let mut pause = SHORTEST;
    loop {
        let started = Instant::now();
        match watch(&program, &arguments.data_words()) {
            Ok(Ended::OnPurpose) => return ExitCode::SUCCESS,
            Ok(Ended::Badly(how)) => {
                tracing::warn!(%how, "the visitors' screen ended; starting it again")
            }
            Err(error) => tracing::error!(%error, "the visitors' screen cannot be started"),
        }
        pause = pause_after(started.elapsed(), pause);
        std::thread::sleep(pause);
    }
}

/// Waits until the window that started this guard has gone, and brings the screen back unless it
/// was left on purpose.
pub(crate) fn wait_and_keep(arguments: &Arguments) -> ExitCode {
    let lines = BufReader::new(std::io::stdin()).lines();
    if lines.map_while(Result::ok).any(|line| line == LEFT) {
        return ExitCode::SUCCESS;
    }
    tracing::warn!("the visitors' screen ended; starting it again");
    keep_on_screen(arguments)
}

/// How a window ended.
enum Ended {
    OnPurpose,
    Badly(std::process::ExitStatus),
}

fn watch(program: &Path, data: &[OsString]) -> std::io::Result<Ended> {
    let mut child = Command::new(program)
        .args(["--kiosk", "--guarded"])
        .args(data)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    // Kept open: the window ends when its guard does.
    let _held = child.stdin.take();
    let left = Arc::new(AtomicBool::new(false));
    if let Some(said) = child.stdout.take() {
        let left = left.clone();
        // Never joined: the page's processes may hold the pipe a moment longer than the window.
        std::thread::spawn(move || {
            let mut lines = BufReader::new(said).lines().map_while(Result::ok);
            if lines.any(|line| line == LEFT) {
                left.store(true, Ordering::Release);
            }
        });
    }
    let status = child.wait()?;
    // An end without an error: the window was closed after it was left, or another one was there.
    let meant = left.load(Ordering::Acquire) || status.success();
    Ok(if meant { Ended::OnPurpose } else { Ended::Badly(status) })
}

/// Where this program lies. When a newer one was installed over it, the system says so in its name;
/// the newer one at the same place is then the one to start.
fn this_program() -> std::io::Result<PathBuf> {
    Ok(without_mark(std::env::current_exe()?))
}

fn without_mark(program: PathBuf) -> PathBuf {
    match program.to_str().and_then(|path| path.strip_suffix(" (deleted)")) {
        Some(path) if !program.exists() => PathBuf::from(path),
        _ => program,
    }
}

/// A window that keeps ending soon is started less and less often, but never seldom.
fn pause_after(lived: Duration, last: Duration) -> Duration {
    if lived >= WELL { SHORTEST } else { (last * 2).clamp(SHORTEST, LONGEST) }
}

/// The window's side: tells the guard that the screen was left.
pub(crate) enum Guard {
    /// It started this window and listens to what it says.
    Above,
    /// It waits beside this window.
    Beside(Child),
}

impl Guard {
    /// Starts a guard beside this window.
    pub(crate) fn beside(data: &[OsString]) -> std::io::Result<Self> {
        let program = this_program()?;
        let child =
            Command::new(program).arg("--guard").args(data).stdin(Stdio::piped()).spawn()?;
        Ok(Self::Beside(child))
    }

    /// The screen was left on purpose: from here on nothing is brought back.
    pub(crate) fn dismiss(self) {
        let said = match self {
            Self::Above => {
                let mut out = std::io::stdout();
                writeln!(out, "{LEFT}").and_then(|()| out.flush())
            }
            Self::Beside(mut child) => {
                let said = child.stdin.take().map_or(Ok(()), |mut pipe| writeln!(pipe, "{LEFT}"));
                said.and_then(|()| child.wait().map(|_| ()))
            }
        };
        if let Err(error) = said {
            tracing::warn!(%error, "the guard of the visitors' screen has gone already");
        }
    }
}

/// Calls `end` when the guard above this window has gone: its end of the pipe closes with it.
pub(crate) fn end_with_the_guard(end: impl FnOnce() + Send + 'static) {
    std::thread::spawn(move || {
        let mut rest = Vec::new();
        if let Err(error) = std::io::stdin().read_to_end(&mut rest) {
            tracing::debug!(%error, "the guard's pipe");
        }
        end();
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_pause(lived_s: u64, last_ms: u64, expected_ms: u64) {
        let pause = pause_after(Duration::from_secs(lived_s), Duration::from_millis(last_ms));
        assert_eq!(pause, Duration::from_millis(expected_ms), "{lived_s} {last_ms}");
    }

    #[test]
    fn a_window_that_keeps_ending_is_started_less_often_but_never_seldom() {
        check_pause(1, 100, 200);
        check_pause(1, 3_000, 4_000);
        check_pause(1, 4_000, 4_000);
        check_pause(3_600, 4_000, 100);
    }

    #[test]
    fn a_program_that_was_replaced_while_it_ran_is_found_at_its_place() {
        let place = PathBuf::from("/usr/lib/frontdesk/frontdesk");
        assert_eq!(without_mark(place.with_file_name("frontdesk (deleted)")), place);
        assert_eq!(without_mark(place.clone()), place);
    }
}
