//! One file for each table, all in the same order: what it is, its SQL, its row, reads, writes.

pub(crate) mod chunks;
pub(crate) mod conversations;
pub(crate) mod embeddings;
pub(crate) mod exams;
pub(crate) mod faqs;
pub(crate) mod gaps;
pub(crate) mod meta;
pub(crate) mod order_tries;
pub(crate) mod orders;
pub(crate) mod sections;
pub(crate) mod settings;
pub(crate) mod sources;
pub(crate) mod turns;
