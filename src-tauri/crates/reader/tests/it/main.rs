//! The reader program as the desk starts it: real formats, hostile files, and its locks.

#![allow(clippy::unwrap_used, reason = "a failing test should stop there")]

mod formats;
#[cfg(unix)]
mod hostile;
mod locks;
mod make;
