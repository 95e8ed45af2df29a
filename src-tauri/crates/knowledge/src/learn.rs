//! What a desk learns from its visitors and its staff: questions without an answer in clusters,
//! answers with their history, published versions, and an audit of everything it knows.

mod audit;
mod blanks;
mod clusters;
mod gaps;
mod history;
mod likeness;
mod mask;
mod versions;

pub use audit::{Finding, FindingKind};
pub use blanks::blank;
pub use gaps::{Asked, GapCluster, Outcome, Wording};
pub use history::{Edited, FaqDetail, FaqText};
pub use mask::{mask, mask_lines, mask_lines_with};
