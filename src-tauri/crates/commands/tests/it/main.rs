//! What the core promises, through its public face, on stand-ins for the models.

#![allow(clippy::unwrap_used, reason = "a failing test should stop there")]

mod gate;
mod imports;
mod languages;
mod watched_folders;
