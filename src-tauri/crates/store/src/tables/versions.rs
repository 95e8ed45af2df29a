//! Published versions: named snapshots of what visitors could find.
//!
//! A version lists revisions of answers and copies of documents. A document that did not change is
//! kept once for all versions. Copies hold every column of the tables they come from, numbers
//! included, so that a document comes back under its own numbers.

use rusqlite::{Connection, OptionalExtension, Transaction, params};

use super::faq_changes::{Signed, put_back};
use super::faqs::NewFaq;
use super::{embeddings, meta, revisions};
use crate::{Store, StoreError};

pub(crate) const CREATE: &str = "
    CREATE TABLE version(
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        at INTEGER NOT NULL DEFAULT (unixepoch()),
        who TEXT NOT NULL,
        kb_version INTEGER NOT NULL,
        run_id INTEGER
    ) STRICT;
    CREATE TABLE version_faq(
        version_id INTEGER NOT NULL REFERENCES version(id) ON DELETE CASCADE,
        revision_id INTEGER NOT NULL,
        PRIMARY KEY(version_id, revision_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX version_faq_revision ON version_faq(revision_id);
    CREATE TABLE version_source(
        version_id INTEGER NOT NULL REFERENCES version(id) ON DELETE CASCADE,
        kept_id INTEGER NOT NULL,
        PRIMARY KEY(version_id, kept_id)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE kept_source AS SELECT 0 AS kept_id, * FROM source WHERE 0;
    CREATE TABLE kept_section AS SELECT 0 AS kept_id, * FROM section WHERE 0;
    CREATE TABLE kept_chunk AS SELECT 0 AS kept_id, * FROM chunk WHERE 0;
    CREATE UNIQUE INDEX kept_source_kept ON kept_source(kept_id);
    CREATE INDEX kept_section_kept ON kept_section(kept_id);
    CREATE INDEX kept_chunk_kept ON kept_chunk(kept_id);
";

/// The tables whose rows are kept.
const KEPT: [&str; 3] = ["source", "section", "chunk"];

/// Versions that are kept.
const MOST_VERSIONS: i64 = 20;
/// Text of documents that is kept for all versions together; the newest version is always whole.
const MOST_KEPT_BYTES: i64 = 256 << 20;

/// One published version.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VersionRow {
    /// The version's number.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Unix seconds.
    pub at: i64,
    /// Who published it.
    pub who: String,
    /// Version of the knowledge at the time.
    pub kb_version: i64,
    /// The run of the tests that was shown.
    pub run_id: Option<i64>,
    /// Answers visitors could see.
    pub faqs: i64,
    /// Documents and tables.
    pub sources: i64,
}

/// One answer to bring back.
#[derive(Clone, Debug, PartialEq)]
pub struct FaqBack {
    /// Its number.
    pub id: i64,
    /// The file it came from.
    pub source_id: Option<i64>,
    /// What it was.
    pub faq: NewFaq,
    /// Unix seconds of its next review.
    pub review_by: Option<i64>,
}

impl Store {
    /// Every version that is kept, newest first.
    pub fn versions(&self) -> Result<Vec<VersionRow>, StoreError> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(
                "SELECT id, name, at, who, kb_version, run_id,
                 (SELECT count(*) FROM version_faq JOIN faq_revision ON faq_revision.id = revision_id
                  WHERE version_id = version.id AND status = 'approved'),
                 (SELECT count(*) FROM version_source WHERE version_id = version.id)
                 FROM version ORDER BY id DESC",
            )?;
            let rows = query.query_map([], |row| {
                Ok(VersionRow {
                    id: row.get(0)?,
                    name: row.get(1)?,
                    at: row.get(2)?,
                    who: row.get(3)?,
                    kb_version: row.get(4)?,
                    run_id: row.get(5)?,
                    faqs: row.get(6)?,
                    sources: row.get(7)?,
                })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// Keeps what visitors can find now under a name; the oldest versions make room.
    pub fn publish(&self, name: &str, who: &str, run_id: Option<i64>) -> Result<i64, StoreError> {
        let (name, who) = (name.to_owned(), who.to_owned());
        self.write(move |transaction| {
            let id = take(transaction, &name, &who, run_id)?;
            prune(transaction)?;
            Ok(id)
        })
    }

    /// Makes documents and answers what they were in a version; false when it is not kept.
    ///
    /// `faqs` are the answers that differ. One that visitors could not see then becomes a draft;
    /// drafts stay as they are. What there was until now is kept as a version too.
    pub fn roll_back(&self, id: i64, faqs: Vec<FaqBack>, who: &str) -> Result<bool, StoreError> {
        let signed = Signed::new(who, "rolled back");
        self.write(move |transaction| {
            let query = "SELECT name FROM version WHERE id = ?1";
            let name: Option<String> =
                transaction.query_row(query, [id], |row| row.get(0)).optional()?;
            let Some(name) = name else { return Ok(false) };
            take(transaction, &format!("before going back to {name}"), &signed.who, None)?;
            transaction.execute(
                "DELETE FROM source WHERE id NOT IN (SELECT kept_source.id FROM kept_source
                 JOIN version_source USING(kept_id) WHERE version_id = ?1)",
                [id],
            )?;
            let query = "SELECT kept_id FROM version_source WHERE version_id = ?1 ORDER BY kept_id";
            for kept in numbers(transaction, query, [id])? {
                bring_back(transaction, kept)?;
            }
            for back in &faqs {
                put_back(transaction, back.id, back.source_id, &back.faq, back.review_by, &signed)?;
            }
            let query = "SELECT id FROM faq WHERE status = 'approved' AND id NOT IN
                (SELECT faq_id FROM faq_revision JOIN version_faq ON revision_id = faq_revision.id
                 WHERE version_id = ?1)";
            for later in numbers(transaction, query, [id])? {
                transaction.execute("UPDATE faq SET status = 'draft' WHERE id = ?1", [later])?;
                revisions::record(transaction, later, &signed.what, &signed.who)?;
            }
            prune(transaction)?;
            embeddings::sweep(transaction)?;
            meta::raise_version(transaction)?;
            Ok(true)
        })
    }
}

/// Lists everything visitors can find now under a name.
fn take(
    transaction: &Transaction<'_>,
    name: &str,
    who: &str,
    run_id: Option<i64>,
) -> Result<i64, StoreError> {
    transaction.execute(
        "INSERT INTO version(name, who, kb_version, run_id) VALUES(?1, ?2, ?3, ?4)",
        params![name, who, meta::version(transaction)?, run_id],
    )?;
    let id = transaction.last_insert_rowid();
    transaction.execute(
        "INSERT INTO version_faq(version_id, revision_id) SELECT ?1, max(faq_revision.id)
         FROM faq_revision JOIN faq ON faq.id = faq_id GROUP BY faq_id",
        [id],
    )?;
    for source in numbers(transaction, "SELECT id FROM source ORDER BY id", [])? {
        let kept = match kept_as(transaction, source)? {
            Some(kept) => kept,
            None => keep(transaction, source)?,
        };
        transaction.execute(
            "INSERT OR IGNORE INTO version_source(version_id, kept_id) VALUES(?1, ?2)",
            [id, kept],
        )?;
    }
    Ok(id)
}

fn numbers(
    connection: &Connection,
    query: &str,
    parameters: impl rusqlite::Params,
) -> Result<Vec<i64>, StoreError> {
    let mut query = connection.prepare_cached(query)?;
    let rows = query.query_map(parameters, |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The columns of a table that are kept of it, joined by commas.
fn columns(connection: &Connection, table: &str) -> Result<String, StoreError> {
    let query = "SELECT group_concat(live.name, ', ') FROM pragma_table_info(?1) AS live
                 JOIN pragma_table_info('kept_' || ?1) AS kept ON kept.name = live.name";
    Ok(connection.query_row(query, [table], |row| row.get(0))?)
}

/// The copy of a document as it is now, if there is one.
fn kept_as(connection: &Connection, source: i64) -> Result<Option<i64>, StoreError> {
    // By the numbers of its sections too: the same file read again has other ones.
    let query = "SELECT kept.kept_id FROM kept_source AS kept JOIN source ON source.id = kept.id
        WHERE source.id = ?1 AND source.hash = kept.hash
        AND source.parser_version = kept.parser_version
        AND (SELECT count(*) || ' ' || coalesce(sum(id), 0) FROM section WHERE source_id = ?1) =
            (SELECT count(*) || ' ' || coalesce(sum(id), 0) FROM kept_section
             WHERE kept_section.kept_id = kept.kept_id)
        AND (SELECT count(*) FROM chunk JOIN section ON section.id = section_id
             WHERE source_id = ?1) =
            (SELECT count(*) FROM kept_chunk WHERE kept_chunk.kept_id = kept.kept_id)
        ORDER BY kept.kept_id DESC LIMIT 1";
    Ok(connection.query_row(query, [source], |row| row.get(0)).optional()?)
}

fn keep(transaction: &Transaction<'_>, source: i64) -> Result<i64, StoreError> {
    let next = "SELECT coalesce(max(kept_id), 0) + 1 FROM kept_source";
    let kept: i64 = transaction.query_row(next, [], |row| row.get(0))?;
    let filters = [
        "id = ?2",
        "source_id = ?2",
        "section_id IN (SELECT id FROM section WHERE source_id = ?2)",
    ];
    for (table, filter) in KEPT.into_iter().zip(filters) {
        let columns = columns(transaction, table)?;
        transaction.execute(
            &format!(
                "INSERT INTO kept_{table}(kept_id, {columns})
                 SELECT ?1, {columns} FROM {table} WHERE {filter} ORDER BY id"
            ),
            [kept, source],
        )?;
    }
    Ok(kept)
}

fn bring_back(transaction: &Transaction<'_>, kept: i64) -> Result<(), StoreError> {
    let query = "SELECT id FROM kept_source WHERE kept_id = ?1";
    let source: i64 = transaction.query_row(query, [kept], |row| row.get(0))?;
    if kept_as(transaction, source)? == Some(kept) {
        return Ok(());
    }
    transaction.execute("DELETE FROM section WHERE source_id = ?1", [source])?;
    let own = columns(transaction, "source")?;
    let updated = transaction.execute(
        &format!(
            "UPDATE source SET ({own}) = (SELECT {own} FROM kept_source WHERE kept_id = ?1)
             WHERE id = ?2"
        ),
        [kept, source],
    )?;
    if updated == 0 {
        copy(transaction, "source", kept)?;
    }
    copy(transaction, "section", kept)?;
    copy(transaction, "chunk", kept)?;
    transaction.execute(
        "INSERT INTO chunk_fts(rowid, title, body) SELECT id, title_terms, body_terms
         FROM kept_chunk WHERE kept_id = ?1 AND role <> 'sentence'",
        [kept],
    )?;
    Ok(())
}

fn copy(transaction: &Transaction<'_>, table: &str, kept: i64) -> Result<(), StoreError> {
    let columns = columns(transaction, table)?;
    transaction.execute(
        &format!(
            "INSERT INTO {table}({columns})
             SELECT {columns} FROM kept_{table} WHERE kept_id = ?1 ORDER BY id"
        ),
        [kept],
    )?;
    Ok(())
}

/// Forgets the oldest versions beyond the limits, and copies that no version holds.
fn prune(transaction: &Transaction<'_>) -> Result<(), StoreError> {
    transaction.execute(
        "DELETE FROM version WHERE id NOT IN (SELECT id FROM version ORDER BY id DESC LIMIT ?1)",
        [MOST_VERSIONS],
    )?;
    loop {
        for table in KEPT {
            transaction.execute(
                &format!(
                    "DELETE FROM kept_{table}
                     WHERE kept_id NOT IN (SELECT kept_id FROM version_source)"
                ),
                [],
            )?;
        }
        let query = "SELECT (SELECT coalesce(sum(length(text)), 0) FROM kept_chunk)
            + (SELECT coalesce(sum(length(text)), 0) FROM kept_section)";
        let bytes: i64 = transaction.query_row(query, [], |row| row.get(0))?;
        let oldest = "DELETE FROM version WHERE id = (SELECT min(id) FROM version)
            AND (SELECT count(*) FROM version) > 1";
        if bytes <= MOST_KEPT_BYTES || transaction.execute(oldest, [])? == 0 {
            return Ok(());
        }
    }
}
