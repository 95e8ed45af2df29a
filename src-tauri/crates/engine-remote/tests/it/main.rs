//! Servers that answer, that fail, and that mean no good.

#![allow(clippy::unwrap_used, reason = "a failing test should stop there")]

mod asking;
mod fall_back;
mod garbage;
mod limits;
mod places;
mod server;
