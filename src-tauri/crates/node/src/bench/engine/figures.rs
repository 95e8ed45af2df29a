//! The figures: which rows each gives and how it measures them.

mod eight;
mod embedding;
mod first_token;
mod grounded;
mod idle;
mod restart;
mod speed;
mod under_load;

use super::Bench;
use super::row::Row;
use crate::exit::Failure;

/// Something to measure.
pub(super) struct Figure {
    /// The names of its rows; each of them asks for all.
    pub(super) rows: &'static [&'static str],
    /// What is measured, for a person.
    pub(super) about: &'static str,
    pub(super) measure: fn(&Bench) -> Result<Vec<Row>, Failure>,
}

impl Figure {
    pub(super) fn is_called(&self, name: &str) -> bool {
        self.rows.contains(&name)
    }
}

/// All figures, in the order they are measured.
pub(super) const FIGURES: &[Figure] = &[
    Figure {
        rows: &["decode_1", "decode_1_bench"],
        about: "256 tokens after a prompt of 512, against a server and against llama-bench",
        measure: speed::decode_1,
    },
    Figure {
        rows: &["decode_8"],
        about: "eight texts of 64 tokens at once",
        measure: speed::decode_8,
    },
    Figure {
        rows: &["prefill_512"],
        about: "a prompt of 512 tokens that were never seen",
        measure: speed::prefill_512,
    },
    Figure {
        rows: &["best_file_decode", "best_file_prefill"],
        about: "our file against a server with the package's",
        measure: speed::best_file,
    },
    Figure {
        rows: &["grounded"],
        about: "answers from evidence, with guessing ahead and without",
        measure: grounded::measure,
    },
    Figure {
        rows: &["first_token_1", "first_token_1_p95"],
        about: "first token below a head that comes again",
        measure: first_token::repeated_head,
    },
    Figure {
        rows: &["first_token_stored", "first_token_stored_p95"],
        about: "first token where the evidence was asked before",
        measure: first_token::stored_evidence,
    },
    Figure {
        rows: &["first_token_8", "total_8", "first_token_8_warm", "total_8_warm"],
        about: "eight clients at once below one head",
        measure: eight::measure,
    },
    Figure {
        rows: &["restart"],
        about: "the first question after a restart",
        measure: restart::restart,
    },
    Figure { rows: &["load"], about: "from start to ready", measure: restart::load },
    Figure {
        rows: &["idle_processor", "idle_memory"],
        about: "an engine that nobody asks",
        measure: idle::measure,
    },
    Figure {
        rows: &["under_load"],
        about: "decoding beside programs that never rest",
        measure: under_load::measure,
    },
    Figure {
        rows: &["embedding"],
        about: "1,000 texts of 180 tokens to vectors",
        measure: embedding::measure,
    },
];
