//! Real processes that lock themselves in, and what they can still do.
//!
//! This executable plays both parts: started with `--act` it is the [`prisoner`], otherwise it
//! runs the tests of [`jailer`] one by one. The locks cannot be opened again, so each test needs a
//! new process. Other systems than Linux have no such locks and nothing to test.

#![cfg_attr(
    target_os = "linux",
    expect(clippy::print_stdout, reason = "a test harness reports on stdout"),
    expect(clippy::unwrap_used, reason = "a failing test should stop there")
)]

#[cfg(target_os = "linux")]
mod harness;
#[cfg(target_os = "linux")]
mod jailer;
#[cfg(target_os = "linux")]
mod prisoner;

use std::process::ExitCode;

fn main() -> ExitCode {
    #[cfg(target_os = "linux")]
    return harness::main();
    #[cfg(not(target_os = "linux"))]
    ExitCode::SUCCESS
}
