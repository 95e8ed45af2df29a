//! From a number in a sentence to an order, shown only to who proves that it is theirs.
//!
//! Code alone decides here: no model reads an order or a proof. The crate knows no window and no
//! wire; imported orders lie in the store as keyed hashes, others are read from a table of the
//! shop that is never written to.
//!
//! Start with [`detect`] for numbers in free text, then [`Orders`] in `desk.rs` and its
//! [`verify`](Orders::verify).

#![warn(missing_docs)]
#![forbid(unsafe_code)]

mod as_of;
mod card;
mod clock;
mod desk;
mod detect;
mod foreign;
mod intent;
mod mapping;
mod mask;
mod number;
mod place;
mod proof;
mod seal;
mod sentences;
mod table;
mod words;

pub use as_of::date_and_time;
pub use card::{Card, SHOWN_FIELDS, ShownField, ShownValues};
pub use desk::{Activate, Activated, Attempt, Orders, Outcome, Rules, Shown, SourceSummary};
pub use detect::{Found, detect};
pub use intent::looks_for_an_order;
pub use mapping::{Field, Mapping, Proposal, ProposedColumn, propose};
pub use mask::Masks;
pub use number::OrderKey;
pub use place::Place;
pub use proof::ProofKind;
pub use sentences::{Sentences, sentences};
pub use table::Table;

/// What can go wrong with orders, by what a caller could do about it. A visitor sees none of it.
#[derive(Debug, thiserror::Error)]
pub enum OrdersError {
    /// A file could not be read.
    #[error("{place} cannot be read: {reason}")]
    Unreadable {
        /// The file.
        place: String,
        /// Why.
        reason: String,
    },
    /// A database could not be asked.
    #[error("{place} does not answer: {reason}")]
    NoAnswer {
        /// The database, without its password.
        place: String,
        /// Why, without its password.
        reason: String,
    },
    /// The place is written in a way nobody understands.
    #[error("{place:?} is no place that orders can come from")]
    UnclearPlace {
        /// As it was given, without a password.
        place: String,
    },
    /// Part of a mapping makes no sense.
    #[error("{pair:?} is not a column and what it holds")]
    UnclearMapping {
        /// The part.
        pair: String,
    },
    /// A mapping lacks something.
    #[error("the mapping lacks {missing}")]
    IncompleteMapping {
        /// What.
        missing: &'static str,
    },
    /// A mapping names a column that is not there.
    #[error("there is no column {column:?}; there are: {known}")]
    NoSuchColumn {
        /// The column.
        column: String,
        /// Those that are.
        known: String,
    },
    /// The columns cannot be told apart without help.
    #[error(
        "the columns are not clear enough to be read without a mapping; they seem to be: {draft}"
    )]
    UnsureMapping {
        /// The draft.
        draft: String,
    },
    /// There is no row that could be used.
    #[error("no row has both an order number and something that proves it")]
    NoOrders,
    /// The check before going live failed.
    #[error("the check before these orders go live failed: {reason}")]
    CheckFailed {
        /// Which part.
        reason: String,
    },
    /// The system gave no random numbers for a key.
    #[error("the system gives no random numbers")]
    NoRandomness,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] store::StoreError),
}
