//! How many people a computer serves, and what more would take: arithmetic on measured speeds.
//!
//! Pure: it measures nothing, reads no clock and opens no file. Speeds come from the engine,
//! shares of routes from the desk's own history.
//!
//! Start with [`Profile`].

#![warn(missing_docs)]
#![forbid(unsafe_code)]

mod fit;
mod profile;

pub use fit::{Fit, fit_steps};
pub use profile::Profile;
