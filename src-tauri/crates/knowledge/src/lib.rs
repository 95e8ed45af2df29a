//! From files to evidence: import, chunk, index, retrieve.
//!
//! A file becomes sections (what people read), pieces of sections and wordings of questions (what
//! is searched), and sentences (what is quoted). Search adds up two numbers, closeness of meaning
//! and share of words found, into one score that means the same from desk to desk. This crate
//! never decides whether to answer, and writes no sentence itself.
//!
//! Word scores are computed in memory from the same terms the full-text table holds: that gives
//! the share of the question's weight that was found, which FTS5's own ranking cannot.
//!
//! Start with [`Knowledge`]; then `import` for the way in and `retrieve` for the way out.

#![warn(missing_docs)]
#![forbid(unsafe_code)]

mod calibrate;
mod chunk;
mod concept;
mod count;
mod embed;
mod error;
mod evidence;
mod import;
mod index;
mod knowledge;
mod learn;
mod packs;
mod retrieve;
mod section;
mod sentences;
mod spelling;
mod staff;
pub mod text;
mod tokens;
mod vector;

#[cfg(test)]
mod testing;

pub use calibrate::{CalibrationReport, Thresholds, confidence, first_look};
pub use embed::EmbeddingProgress;
pub use error::KnowledgeError;
pub use evidence::{Faq, Hit, HitKey, Retrieval, ScoredSentence, Section};
pub use import::{FileProblem, FileReport, ImportKind, ImportState};
pub use knowledge::{Calibration, Knowledge};
pub use learn::{
    Asked, Edited, FaqDetail, FaqText, Finding, FindingKind, GapCluster, Outcome, Wording, blank,
    mask, mask_lines, mask_lines_with,
};
pub use staff::{Counts, SourceSummary};
pub use store::{
    FaqEditRow, FaqStatus, GapReason, GapStatus, PackRow, PackTaken, RevisionRow, VersionRow,
};
