//! Orders through the crate's public face: a desk in a temporary folder, files and real servers.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

mod desk;
mod guessing;
mod hostile;
mod servers;
mod setting_up;
