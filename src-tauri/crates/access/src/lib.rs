//! Who may leave the visitors' screen: the staff PIN and its recovery code, kept as hashes,
//! counted before they are compared, and slow to guess.
//!
//! A PIN is a gate, not a key: whoever reads the desk's files can try all six-digit PINs in some
//! days of computing, and whoever may write them can remove the row. What is promised is that nobody
//! at the screen gets more than 33 tries in 24 hours, whatever is switched off, killed or set.
//! Time is counted in seconds that the computer has been on ([`Seconds`]), so no clock can be
//! moved; time while it is off counts for nothing. Not promised: that a copy of the PIN never
//! stays in the memory of the program or of the page.
//!
//! The crate knows no window, no role and no wire. Start with [`Access`].

#![warn(missing_docs)]
#![forbid(unsafe_code)]
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a failing test should stop there"))]

mod door;
mod hash;
mod pin;
mod recovery;
mod waiting;

pub use door::{Access, Change, Seconds, State, Tried};
pub use hash::Cost;
pub use pin::{LONGEST_PIN, SHORTEST_PIN};
pub use recovery::RecoveryCode;
pub use waiting::{FREE_TRIES, Standing};

use store::StoreError;

/// What can go wrong, by what a caller could do about it. No variant holds what was typed.
#[derive(Debug, thiserror::Error)]
pub enum AccessError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Too short, too long, or not digits.
    #[error("a PIN has {SHORTEST_PIN} to {LONGEST_PIN} digits and nothing else")]
    NotDigits,
    /// One digit, a few digits again and again, or digits in a row.
    #[error("this PIN would be guessed among the first")]
    TooSimple,
    /// There is neither a PIN nor a recovery code.
    #[error("no PIN is set")]
    NoPin,
    /// A PIN is only changed by somebody who knows it, or the recovery code.
    #[error("the PIN now, or the recovery code, is needed to change it")]
    OldNeeded,
    /// The system gives no random bytes.
    #[error("the system gives no random numbers")]
    NoRandomness,
    /// A hash could not be computed or read; mostly for want of memory.
    #[error("the PIN could not be checked: {reason}")]
    NotComputed {
        /// Why, without what was typed.
        reason: String,
    },
}
