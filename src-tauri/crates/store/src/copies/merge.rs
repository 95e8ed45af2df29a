//! What a copy knows and the desk does not: answers and documents that are missing here are added.
//! Nothing that is here changes.

use std::path::Path;

use rusqlite::{Connection, Transaction, params};

use super::belongs::columns;
use crate::tables::{meta, revisions};
use crate::{Store, StoreError, connection};

/// What was added, or would be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MergeCounts {
    /// Answers whose question was not here.
    pub faqs: u64,
    /// Documents whose content was not here, nor another file under their name.
    pub sources: u64,
}

/// Documents and answers of the copy that are missing here, with the numbers they will have.
const MISSING: &str = "
    CREATE TEMP TABLE new_source AS
        SELECT id AS old, id + (SELECT coalesce(max(seq), 0) FROM main.sqlite_sequence
            WHERE name = 'source') AS id
        FROM copy.source AS there
        WHERE NOT EXISTS(SELECT 1 FROM main.source AS here
            WHERE here.uri = there.uri OR here.hash = there.hash);
    CREATE TEMP TABLE new_section AS
        SELECT section.id AS old, section.id + (SELECT coalesce(max(seq), 0)
            FROM main.sqlite_sequence WHERE name = 'section') AS id, new_source.id AS source_id
        FROM copy.section JOIN new_source ON new_source.old = section.source_id;
    CREATE TEMP TABLE new_faq AS
        SELECT there.id AS old, there.id + (SELECT coalesce(max(seq), 0)
            FROM main.sqlite_sequence WHERE name = 'faq') AS id,
            coalesce(new_source.id, (SELECT here.id FROM main.source AS here
                JOIN copy.source AS file ON file.hash = here.hash
                WHERE file.id = there.source_id)) AS source_id
        FROM copy.faq AS there LEFT JOIN new_source ON new_source.old = there.source_id
        WHERE NOT EXISTS(SELECT 1 FROM main.faq AS here
            WHERE lower(trim(here.question)) = lower(trim(there.question)));
    CREATE TEMP TABLE new_chunk AS
        SELECT chunk.id AS old, chunk.id + (SELECT coalesce(max(seq), 0)
            FROM main.sqlite_sequence WHERE name = 'chunk') AS id,
            new_section.id AS section_id, new_faq.id AS faq_id
        FROM copy.chunk LEFT JOIN new_section ON new_section.old = chunk.section_id
            LEFT JOIN new_faq ON new_faq.old = chunk.faq_id
        WHERE new_section.id IS NOT NULL OR new_faq.id IS NOT NULL;
";
const FORGET: &str = "
    DROP TABLE IF EXISTS temp.new_source;
    DROP TABLE IF EXISTS temp.new_section;
    DROP TABLE IF EXISTS temp.new_faq;
    DROP TABLE IF EXISTS temp.new_chunk;
";

/// How much of a copy is missing in the desk of `store`.
pub fn would_merge(store: &Store, copy: &Path) -> Result<MergeCounts, StoreError> {
    let desk = connection::open_reader(&store.inner.place)?;
    // Notes about what is missing are kept in memory; the desk itself is open for reading only.
    desk.pragma_update(None, "query_only", false)?;
    attach(&desk, copy)?;
    desk.execute_batch(MISSING)?;
    counts(&desk)
}

impl Store {
    /// Adds what a copy knows and this desk does not, in one transaction.
    ///
    /// The copy must have passed [`super::check_copy`] and [`super::migrate_copy`].
    pub fn merge_from(&self, copy: &Path, who: &str) -> Result<MergeCounts, StoreError> {
        let (copy, who) = (copy.to_owned(), who.to_owned());
        self.inner.writer.run_on(move |desk| {
            attach(desk, &copy)?;
            let merged = desk
                .transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)
                .map_err(StoreError::from)
                .and_then(|transaction| {
                    let counts = add(&transaction, &who)?;
                    transaction.commit()?;
                    Ok(counts)
                });
            desk.execute_batch(FORGET)?;
            desk.execute("DETACH DATABASE copy", [])?;
            merged
        })
    }
}

fn attach(desk: &Connection, copy: &Path) -> Result<(), StoreError> {
    let copy = std::path::absolute(copy)
        .map_err(|source| StoreError::Io { path: copy.to_owned(), source })?;
    desk.execute("ATTACH DATABASE ?1 AS copy", [copy.to_string_lossy()])?;
    Ok(())
}

fn counts(desk: &Connection) -> Result<MergeCounts, StoreError> {
    let query = "SELECT (SELECT count(*) FROM new_faq), (SELECT count(*) FROM new_source)";
    Ok(desk.query_row(query, [], |row| {
        let number = |at| row.get::<_, i64>(at).map(i64::unsigned_abs);
        Ok(MergeCounts { faqs: number(0)?, sources: number(1)? })
    })?)
}

fn add(transaction: &Transaction<'_>, who: &str) -> Result<MergeCounts, StoreError> {
    transaction.execute_batch(MISSING)?;
    let counts = counts(transaction)?;
    copy_rows(transaction, "source", &["id"])?;
    copy_rows(transaction, "section", &["id", "source_id"])?;
    copy_rows(transaction, "faq", &["id", "source_id"])?;
    transaction.execute(
        "INSERT INTO main.faq_alternative(faq_id, ord, text) SELECT new_faq.id, ord, text
         FROM copy.faq_alternative JOIN new_faq ON new_faq.old = faq_id",
        [],
    )?;
    copy_rows(transaction, "chunk", &["id", "section_id", "faq_id"])?;
    transaction.execute(
        "INSERT INTO chunk_fts(rowid, title, body) SELECT chunk.id, title_terms, body_terms
         FROM main.chunk JOIN new_chunk USING(id) WHERE role <> 'sentence' ORDER BY chunk.id",
        [],
    )?;
    transaction.execute(
        "INSERT OR IGNORE INTO main.embedding SELECT * FROM copy.embedding
         WHERE hash IN (SELECT hash FROM main.chunk JOIN new_chunk USING(id))",
        [],
    )?;
    let added: Vec<i64> = transaction
        .prepare("SELECT id FROM new_faq ORDER BY id")?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for id in added {
        revisions::record(transaction, id, "added from a backup", who)?;
    }
    if counts != MergeCounts::default() {
        meta::raise_version(transaction)?;
    }
    Ok(counts)
}

/// Copies the missing rows of a table; the columns named here take their new numbers.
fn copy_rows(transaction: &Transaction<'_>, table: &str, new: &[&str]) -> Result<(), StoreError> {
    let columns = columns(transaction, table)?;
    let from: Vec<String> = columns
        .split(", ")
        .map(|column| {
            let place = if new.contains(&column) { format!("new_{table}") } else { "there".into() };
            format!("{place}.{column}")
        })
        .collect();
    transaction.execute(
        &format!(
            "INSERT INTO main.{table}({columns}) SELECT {} FROM copy.{table} AS there
             JOIN new_{table} ON new_{table}.old = there.id ORDER BY there.id",
            from.join(", ")
        ),
        params![],
    )?;
    Ok(())
}
