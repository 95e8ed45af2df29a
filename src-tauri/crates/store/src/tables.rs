//! One file for each table, all in the same order: what it is, its SQL, its row, reads, writes.

pub(crate) mod caches;
pub(crate) mod calibrations;
pub(crate) mod chunks;
pub(crate) mod conversations;
pub(crate) mod embeddings;
pub(crate) mod exams;
pub(crate) mod facts;
pub(crate) mod faqs;
pub(crate) mod gaps;
pub(crate) mod import_jobs;
pub(crate) mod meta;
pub(crate) mod rejected;
pub(crate) mod searchable;
pub(crate) mod sections;
pub(crate) mod settings;
pub(crate) mod sources;
pub(crate) mod tickets;
pub(crate) mod turns;
pub(crate) mod watched;
pub(crate) mod whys;
