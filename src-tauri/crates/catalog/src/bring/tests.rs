//! Bringing.
