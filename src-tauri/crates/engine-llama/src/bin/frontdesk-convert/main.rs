//! The `frontdesk-convert` program: turns a model's file into the one this desk runs fastest, and
//! measures what that costs.
//!
//! It is not part of a running desk: set-up runs it once for each model that needs it, and tests
//! and benchmarks ask it how much two files differ. It calls llama.cpp's own quantizer, which our
//! binding does not wrap, and its accounting of memory, which our own estimate is compared with.
//! Start with [`Task`], then [`quantize`], [`agree`] and [`account`].
//!
//! Results are JSON on stdout, reasons are lines on stderr. Exit codes: 0 done, 1 the system or
//! llama.cpp failed, 2 wrong usage, 5 a file was refused, 6 the target cannot be written.

#![warn(missing_docs)]
#![deny(unsafe_code)]
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a failing test should stop there"))]

mod account;
mod agree;
mod arguments;
mod backends;
mod error;
#[path = "../../logs.rs"]
mod logs;
// The engine's look at a file before llama.cpp gets it.
#[path = "../../model"]
mod model {
    pub(crate) mod file;
}
mod quantize;
mod score;
mod weights;
mod windows;

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use clap::Parser;
use serde_json::Value;

use arguments::{Arguments, Task};
use error::Error;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    logs::start();
    match run(&arguments.task).and_then(|result| print(&result)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!("{error}");
            ExitCode::from(error.exit_code())
        }
    }
}

fn run(task: &Task) -> Result<Value, Error> {
    match task {
        Task::Quantize(order) => quantize::quantize(order),
        Task::Score { model, held } => score::score(model, held),
        Task::Agree { a, b, held } => agree::agree(a, b, held),
        Task::Account(account) => account::account(account),
    }
}

/// A file's name without its folder, so that a kept result names no machine's folders.
fn name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

fn print(result: &Value) -> Result<(), Error> {
    writeln!(std::io::stdout(), "{result}").map_err(Error::Output)
}
