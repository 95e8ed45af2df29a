//! The door of a server: who gets in, who is told to come again, and how it closes.

#![allow(clippy::unwrap_used, reason = "a failing test should stop there")]
#![expect(clippy::print_stdout, reason = "times are told, not judged")]

mod attacks;
mod ending;
mod http;
mod overload;
mod probes;
mod slow;
