//! How many people a computer serves, and what more would take: arithmetic on measured speeds.
//!
//! Pure: it measures nothing, reads no clock and opens no file. Speeds come from the engine,
//! shares of routes from the desk's own history, prices from a dated document ([`Prices`]).
//!
//! Start with [`Profile`] and [`Workload`], then [`simulate`] for one load, [`serve_within`] for the
//! largest one, [`formula`] for the same at once, [`roadmap`] and [`check_claims`] for the plan.

#![warn(missing_docs)]
#![forbid(unsafe_code)]

mod claims;
mod deploy;
mod fit;
mod formula;
mod prices;
mod profile;
mod roadmap;
mod search;
mod simulation;
mod workload;

pub use claims::{CheckedClaim, Verdict, check_claims};
pub use deploy::{DeployFile, Deployment, Front};
pub use fit::{Fit, fit_steps};
pub use formula::{ByFormula, formula};
pub use prices::{Api, Claim, ClaimKind, Kind, Prices, RentedMachine, SeedPrice};
pub use profile::{Costs, Profile};
pub use roadmap::{Here, Row, Way, roadmap};
pub use search::{Bound, Capacity, serve_within};
pub use simulation::{Course, MOST_SPARED, simulate};
pub use workload::{Mix, Tokens, Workload};

/// What can be wrong with what others wrote for the planner.
#[derive(Debug, thiserror::Error)]
pub enum CapacityError {
    /// It is not the document it should be.
    #[error("the prices cannot be read at {field}: {reason}")]
    Prices {
        /// Where, with dots for the inner fields.
        field: String,
        /// What is wrong there.
        reason: String,
    },
    /// A value does not fit into the files for several nodes.
    #[error("{what} cannot be {value:?}")]
    Deployment {
        /// Which value.
        what: String,
        /// As it was given.
        value: String,
    },
}
