//! The desk over HTTP, from outside: real connections to a server in this process, on stand-ins
//! for the models.
//!
//! Start with `client.rs`, which starts the server and speaks to it byte by byte, so that a test
//! can send what no well-behaved client would.

#![allow(clippy::unwrap_used, reason = "a failing test should stop there")]
#![expect(clippy::print_stdout, reason = "times are told, not judged")]

mod bad_input;
mod bare_model;
mod chat;
mod client;
mod description;
mod routes;
mod switching;
mod waiting;
