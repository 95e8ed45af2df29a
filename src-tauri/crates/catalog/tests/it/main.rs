//! Downloads against a server that misbehaves, through the crate's public face.
//!
//! Whatever the server does, the model's name appears only with the right bytes, and nothing is
//! written outside the folder of the models. Start with `kit.rs`.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

mod kit;
mod redirects;
mod servers;
mod stops;
mod waits;
