//! The history of the tables, numbered by the day each step was written; from the second on, two
//! digits tell the steps of one day apart.
//!
//! A step and its number are one transaction, so a killed program finds either both or neither.
//! Old columns stay; a new number is needed only where an old program must not open the file.

use rusqlite::{Connection, TransactionBehavior};

use crate::StoreError;
use crate::tables::{
    access, caches, calibrations, chunks, collected, conversations, device_tests, document_changes,
    embeddings, erasure, exams, facts, faq_edits, faqs, gap_clusters, gaps, import_jobs, logos,
    meta, order_tries, orders, own_models, rejected, revisions, searchable, sections, settings,
    sources, speeds, spendings, test_cases, test_runs, tickets, turn_counts, turns, versions,
    watched, whys,
};

struct Migration {
    number: i64,
    steps: &'static [&'static str],
}

const MIGRATIONS: &[Migration] = &[
    Migration {
        number: 20_261_122,
        steps: &[
            meta::CREATE,
            sources::CREATE,
            sections::CREATE,
            faqs::CREATE,
            chunks::CREATE,
            embeddings::CREATE,
            conversations::CREATE,
            turns::CREATE,
            gaps::CREATE,
            exams::CREATE,
            settings::CREATE,
        ],
    },
    Migration { number: 2_026_112_202, steps: &[rejected::CREATE, sections::ADD_PAGES] },
    Migration { number: 2_026_112_203, steps: &[orders::CREATE, order_tries::CREATE] },
    Migration {
        number: 2_026_112_204,
        steps: &[searchable::CREATE, embeddings::CREATE_GONE, import_jobs::CREATE, watched::CREATE],
    },
    Migration { number: 2_026_112_205, steps: &[calibrations::CREATE] },
    Migration {
        number: 2_026_112_207,
        steps: &[
            caches::CREATE,
            conversations::ADD_STATE,
            tickets::CREATE,
            facts::CREATE,
            whys::CREATE,
        ],
    },
    Migration {
        number: 2_026_112_208,
        steps: &[
            gap_clusters::CREATE,
            gaps::CLUSTERED,
            revisions::CREATE,
            faq_edits::CREATE,
            versions::CREATE,
            test_cases::CREATE,
            test_runs::CREATE,
            document_changes::CREATE,
        ],
    },
    Migration { number: 2_026_112_209, steps: &[speeds::CREATE] },
    Migration { number: 2_026_112_210, steps: &[own_models::CREATE] },
    Migration { number: 2_026_112_211, steps: &[device_tests::CREATE] },
    Migration { number: 2_026_112_220, steps: &[access::CREATE] },
    Migration { number: 2_026_112_222, steps: &[logos::CREATE] },
    Migration { number: 2_026_112_224, steps: &[turn_counts::CREATE] },
    Migration { number: 2_026_112_225, steps: &[erasure::ADD_ORIGIN] },
    Migration { number: 2_026_112_230, steps: &[spendings::CREATE] },
    Migration { number: 2_026_112_231, steps: &[collected::CREATE] },
    Migration { number: 2_026_112_239, steps: &[turn_counts::ADD_FAQ_INDEX] },
];

/// The newest version of the tables this program knows.
pub const NEWEST: i64 = MIGRATIONS[MIGRATIONS.len() - 1].number;

/// Brings the tables up to date; says whether anything had to be done.
pub(crate) fn run(connection: &mut Connection) -> rusqlite::Result<bool> {
    let found = version(connection)?;
    for migration in MIGRATIONS.iter().filter(|migration| migration.number > found) {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for step in migration.steps {
            transaction.execute_batch(step)?;
        }
        transaction.pragma_update(None, "user_version", migration.number)?;
        transaction.commit()?;
    }
    Ok(found < NEWEST)
}

/// The version of the tables in the file.
pub(crate) fn version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.query_row("PRAGMA user_version", [], |row| row.get(0))
}

/// Refuses a file that a newer program wrote.
pub(crate) fn check_known(found: i64) -> Result<(), StoreError> {
    if found > NEWEST {
        return Err(StoreError::Newer { found, known: NEWEST });
    }
    Ok(())
}

#[cfg(test)]
mod tests;
