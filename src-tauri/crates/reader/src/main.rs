//! The `frontdesk-reader` program: reads one document from stdin, locked up, and ends.
//!
//! A document is somebody else's bytes. Whatever they do to a parser happens here, in a process
//! that may open no file, use no network, start no program, and use up only so much memory and
//! time. It is also the only program that holds the PDF library. All other formats are read by
//! `documents`, whose `Reader` starts this program and judges how it ended.
//!
//! Start with [`main`], then [`confine`] for what is locked, [`pdf`] for the one format read here.

#![warn(missing_docs)]
#![forbid(unsafe_code)]
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a failing test should stop there"))]

mod confine;
mod pdf;

use std::io::{self, Read, Write};
use std::process::ExitCode;
use std::thread;

use documents::{Answer, DocumentError, Task, write_answer};

/// Parsers of nested formats call themselves for each level.
const STACK_BYTES: usize = 64 << 20;

const USAGE: u8 = 2;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments == ["--self-test-escape"] {
        return confine::try_to_escape();
    }
    let Some(task) = Task::from_arguments(&arguments) else {
        return fail("frontdesk-reader is started by Frontdesk itself", ExitCode::from(USAGE));
    };
    if let Err(error) = confine::confine(&task.limits) {
        return fail(&format!("the reader does not run unlocked: {error}"), ExitCode::FAILURE);
    }
    let reading = thread::Builder::new().stack_size(STACK_BYTES).spawn(move || answer(&task));
    // A panic has said on stderr what it was; the exit code tells the desk.
    let Ok(Ok(answer)) = reading.map(thread::JoinHandle::join) else { return ExitCode::FAILURE };
    match write_answer(&answer, io::stdout().lock()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&format!("the answer could not be written: {error}"), ExitCode::FAILURE),
    }
}

fn answer(task: &Task) -> Answer {
    let mut bytes = Vec::new();
    // One byte more than is allowed, so that a file that grew meanwhile is noticed.
    let mut stdin = io::stdin().lock().take(task.limits.file_bytes + 1);
    stdin.read_to_end(&mut bytes).map_err(|error| DocumentError::from(&error))?;
    if bytes.len() as u64 > task.limits.file_bytes {
        let most = task.limits.file_bytes >> 20;
        return Err(DocumentError::TooLarge { megabytes: most + 1, most });
    }
    documents::read(bytes, task.format, &task.limits, Some(pdf::pages))
}

fn fail(reason: &str, code: ExitCode) -> ExitCode {
    // Without stderr there is nobody to tell; the exit code still says it.
    let _told = writeln!(io::stderr(), "{reason}");
    code
}
