//! Taking a pack over: the desk's knowledge becomes what the pack holds, in one transaction.
//!
//! Only what differs is changed. Documents and answers keep the numbers they have at their desk,
//! so that what stayed the same is not even touched, and a question under way finds it still.

use std::path::Path;

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior};

use super::{FACE, FACTS, PARTS, Part, SHOWN_LOGO, text};
use crate::tables::{embeddings, meta};
use crate::{Store, StoreError};

/// What taking a pack over changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PackTaken {
    /// Rows that went or were replaced.
    pub gone: usize,
    /// Rows that came.
    pub came: usize,
    /// Whether search terms were made by other rules before.
    pub has_other_rules: bool,
}

/// Rows whose vectors and thresholds follow other rules than their neighbours.
const KEPT_BY_CONTENT: &[&str] = &["embedding", "reference_vector"];

impl Store {
    /// Makes the knowledge what the pack holds, under this version; what else the desk keeps stays.
    ///
    /// The pack must have been looked at before. Readers see all of it or nothing.
    pub fn take_pack(&self, file: &Path, version: i64) -> Result<PackTaken, StoreError> {
        let file = text(file);
        self.inner.writer.run_on(move |connection| {
            connection.execute("ATTACH DATABASE ?1 AS pack", [&file])?;
            let taken = take(connection, version);
            // A failed change is undone by then; the file must be let go in any case.
            let detached = connection.execute("DETACH DATABASE pack", []);
            let taken = taken?;
            detached?;
            Ok(taken)
        })
    }

    /// Whether there is knowledge here that no pack brought.
    pub fn has_own_knowledge(&self) -> Result<bool, StoreError> {
        self.read(|connection| {
            let query = "SELECT EXISTS(SELECT 1 FROM source) OR EXISTS(SELECT 1 FROM faq)";
            Ok(connection.query_row(query, [], |row| row.get(0))?)
        })
    }
}

fn take(connection: &mut Connection, version: i64) -> Result<PackTaken, StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut taken = PackTaken::default();
    let parts = || PARTS.iter();
    // Children first, so that nothing is counted as gone that its parent took along.
    for part in parts().rev().filter(|part| !KEPT_BY_CONTENT.contains(&part.table)) {
        if is_there(&transaction, part)? {
            taken.gone += remove_others(&transaction, part)?;
        }
    }
    for part in parts() {
        if is_there(&transaction, part)? {
            taken.came += add_missing(&transaction, part)?;
        }
    }
    for (key, _) in FACTS {
        taken.has_other_rules |= take_fact(&transaction, key)? && *key == "term_rules_version";
    }
    // What was found here before belongs to no history of this desk.
    transaction.execute("DELETE FROM faq_revision", [])?;
    embeddings::sweep(&transaction)?;
    transaction.execute(
        "UPDATE calibration SET kb_version = ?1 WHERE kb_version =
         (SELECT CAST(value AS INTEGER) FROM pack.pack WHERE key = 'kb_version')",
        [version],
    )?;
    meta::set_version(&transaction, version)?;
    meta::set_pack_taken(&transaction, version)?;
    transaction.commit()?;
    Ok(taken)
}

/// Tables of orders are in some packs only; without them the desk keeps its own.
fn is_there(transaction: &Transaction<'_>, part: &Part) -> Result<bool, StoreError> {
    if !part.with_orders {
        return Ok(true);
    }
    let query = "SELECT EXISTS(SELECT 1 FROM pack.sqlite_schema WHERE name = ?1)";
    Ok(transaction.query_row(query, [part.table], |row| row.get(0))?)
}

/// The columns that both have, joined by commas.
fn columns(transaction: &Transaction<'_>, table: &str) -> Result<String, StoreError> {
    let query = "SELECT group_concat(own.name, ', ') FROM pragma_table_info(?1, 'main') AS own
                 JOIN pragma_table_info(?1, 'pack') AS other ON other.name = own.name";
    Ok(transaction.query_row(query, [table], |row| row.get(0))?)
}

/// Rows of this desk that a pack may replace: all of the knowledge, but only some settings.
fn replaceable(table: &str) -> &'static str {
    match table {
        "setting" => FACE,
        "logo" => SHOWN_LOGO,
        _ => "1",
    }
}

/// Removes what the pack does not hold, or holds otherwise.
fn remove_others(transaction: &Transaction<'_>, part: &Part) -> Result<usize, StoreError> {
    let Part { table, key, .. } = part;
    let columns = columns(transaction, table)?;
    let own = replaceable(table);
    let others = format!(
        "SELECT {key} FROM (SELECT {columns} FROM main.{table} WHERE {own}
         EXCEPT SELECT {columns} FROM pack.{table})"
    );
    if *table == "chunk" {
        note_change(transaction, &format!("main.chunk WHERE id IN ({others})"))?;
    }
    Ok(transaction.execute(&format!("DELETE FROM main.{table} WHERE ({key}) IN ({others})"), [])?)
}

/// Adds what the pack holds and the desk does not.
fn add_missing(transaction: &Transaction<'_>, part: &Part) -> Result<usize, StoreError> {
    let Part { table, key, .. } = part;
    let columns = columns(transaction, table)?;
    let missing = format!(
        "pack.{table} WHERE NOT EXISTS(SELECT 1 FROM main.{table} AS own WHERE {})",
        key.split(", ")
            .map(|name| format!("own.{name} IS pack.{table}.{name}"))
            .collect::<Vec<_>>()
            .join(" AND ")
    );
    if *table == "chunk" {
        note_change(transaction, &missing)?;
        transaction.execute(
            &format!(
                "INSERT INTO chunk_fts(rowid, title, body)
                 SELECT id, title_terms, body_terms FROM {missing} AND role <> 'sentence'"
            ),
            [],
        )?;
    }
    Ok(transaction.execute(
        &format!(
            "INSERT INTO main.{table}({columns}) SELECT {columns} FROM {missing} ORDER BY {key}"
        ),
        [],
    )?)
}

/// Tells the search in memory what to read again.
fn note_change(transaction: &Transaction<'_>, rows: &str) -> Result<(), StoreError> {
    for owner in ["section_id", "faq_id"] {
        transaction.execute(
            &format!(
                "INSERT INTO knowledge_change({owner})
                 SELECT DISTINCT {owner} FROM {rows} AND {owner} IS NOT NULL"
            ),
            [],
        )?;
    }
    Ok(())
}

/// Takes one fact over; true where it was another one before.
fn take_fact(transaction: &Transaction<'_>, key: &str) -> Result<bool, StoreError> {
    let read = |place: &str| -> Result<Option<String>, StoreError> {
        let query = format!("SELECT value FROM {place} WHERE key = ?1");
        Ok(transaction.query_row(&query, [key], |row| row.get(0)).optional()?)
    };
    let (own, packed) = (read("main.meta")?, read("pack.pack")?);
    let Some(packed) = packed.filter(|packed| own.as_ref() != Some(packed)) else {
        return Ok(false);
    };
    meta::set(transaction, key, &packed)?;
    Ok(true)
}
