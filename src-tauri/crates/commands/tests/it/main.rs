//! The core through its public face, on testkit's desk.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

mod orders;
