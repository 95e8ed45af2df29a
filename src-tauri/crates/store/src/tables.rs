//! One file for each table, all in the same order: what it is, its SQL, its row, reads, writes.

pub(crate) mod chunks;
pub(crate) mod conversations;
pub(crate) mod document_changes;
pub(crate) mod embeddings;
pub(crate) mod exams;
pub(crate) mod faq_changes;
pub(crate) mod faq_edits;
pub(crate) mod faqs;
pub(crate) mod gap_clusters;
pub(crate) mod gaps;
pub(crate) mod meta;
pub(crate) mod revisions;
pub(crate) mod sections;
pub(crate) mod settings;
pub(crate) mod sources;
pub(crate) mod test_cases;
pub(crate) mod test_runs;
pub(crate) mod turns;
pub(crate) mod versions;
