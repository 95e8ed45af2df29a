//! The core through its public face, on testkit's desk.

mod orders;
