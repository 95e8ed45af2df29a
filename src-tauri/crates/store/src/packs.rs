//! Packs: what visitors may find, as one file that other desks can take over.
//!
//! A pack holds documents, approved answers, their vectors and thresholds, the shop's facts and
//! face. It never holds conversations, gaps, drafts, keys, the PIN or where files lay: what is not
//! named in [`PARTS`] is not copied at all, so nothing has to be taken out again.

mod look;
mod take;

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use rusqlite::{Connection, params};

use crate::connection;
use crate::open::restrict;
use crate::tables::meta;
use crate::{Store, StoreError, migrations};

pub use look::PackRow;
pub use take::PackTaken;

/// Marks a file as a pack: `FDPK`. A desk refuses it as its database, and the other way round.
const APPLICATION_ID: i32 = 0x4644_504B;

/// Of one table: which of its rows ride in a pack, and what they are put in order by.
struct Part {
    table: &'static str,
    /// `?1` is the embedder's name.
    rows: &'static str,
    /// What names a row.
    key: &'static str,
    with_orders: bool,
}

/// Parents before their children.
const PARTS: &[Part] = &[
    part("source", "1", "id"),
    part("section", "1", "id"),
    part("faq", "status = 'approved'", "id"),
    part(
        "faq_alternative",
        "faq_id IN (SELECT id FROM desk.faq WHERE status = 'approved')",
        "faq_id, ord",
    ),
    part(
        "chunk",
        "faq_id IS NULL OR faq_id IN (SELECT id FROM desk.faq WHERE status = 'approved')",
        "id",
    ),
    part(
        "embedding",
        "embedder = ?1 AND hash IN (SELECT hash FROM desk.chunk WHERE faq_id IS NULL
         OR faq_id IN (SELECT id FROM desk.faq WHERE status = 'approved'))",
        "hash, embedder",
    ),
    part("calibration", "embedder = ?1", "embedder"),
    part("reference_vector", "embedder = ?1", "hash, embedder"),
    part("desk_facts", "1", "id"),
    part("logo", SHOWN_LOGO, "place"),
    part("setting", FACE, "key"),
    // Orders that are read from a database stay there: its address and password ride in no pack.
    Part { table: "order_source", rows: "kind = 'file'", key: "id", with_orders: true },
    Part {
        table: "order_row",
        rows: "source_id IN (SELECT id FROM desk.order_source WHERE kind = 'file')",
        key: "id",
        with_orders: true,
    },
];

/// Settings that belong to the shop; all others belong to a computer.
const FACE: &str = "key LIKE 'profile.%' OR key LIKE 'look.%'
    OR key IN ('caution', 'kiosk.topics', 'kiosk.languages')";
/// The one before it is a desk's own history.
const SHOWN_LOGO: &str = "place = 0";

const fn part(table: &'static str, rows: &'static str, key: &'static str) -> Part {
    Part { table, rows, key, with_orders: false }
}

/// Facts about the desk that a pack needs to be understood.
const FACTS: &[(&str, bool)] = &[("term_rules_version", false), ("order_hash_key", true)];

impl Store {
    /// Writes a pack into a new file, readable by its owner only, and tells what is in it.
    ///
    /// `embedder` names the model whose vectors ride along; empty for none. Visitors and the thread
    /// that writes are not held up. Fails when the file is there already.
    pub fn write_pack(
        &self,
        file: &Path,
        embedder: &str,
        with_orders: bool,
    ) -> Result<PackRow, StoreError> {
        let draft = Draft::beside(file)?;
        let pack = connection::open_new(&draft.0)?;
        self.copy_into(&pack, embedder, with_orders)?;
        // Written anew and tight, so that the same knowledge takes the same room everywhere.
        reserve(file)?;
        pack.execute("VACUUM INTO ?1", [text(file)])?;
        drop(pack);
        let io = |source| StoreError::Io { path: file.to_owned(), source };
        File::open(file).and_then(|written| written.sync_all()).map_err(io)?;
        look::look(file)
    }

    fn copy_into(
        &self,
        pack: &Connection,
        embedder: &str,
        with_orders: bool,
    ) -> Result<(), StoreError> {
        let database = &self.inner.place.database;
        pack.pragma_update(None, "application_id", APPLICATION_ID)?;
        pack.pragma_update(None, "user_version", migrations::NEWEST)?;
        pack.execute("ATTACH DATABASE ?1 AS desk", [text(database)])?;
        // One transaction: all tables as they were at one moment.
        let copying = pack.unchecked_transaction()?;
        copying.execute_batch("CREATE TABLE pack(key TEXT PRIMARY KEY, value TEXT NOT NULL);")?;
        for part in PARTS.iter().filter(|part| with_orders || !part.with_orders) {
            let query = "SELECT sql FROM desk.sqlite_schema WHERE type = 'table' AND name = ?1";
            let create: String = copying.query_row(query, [part.table], |row| row.get(0))?;
            copying.execute_batch(&create)?;
            let Part { table, rows, key, .. } = part;
            let copy = format!(
                "INSERT INTO main.{table} SELECT * FROM desk.{table} WHERE {rows} ORDER BY {key}"
            );
            let values: &[&str] = if rows.contains("?1") { &[embedder] } else { &[] };
            copying.execute(&copy, rusqlite::params_from_iter(values))?;
        }
        // Where a file lay is this computer's business, and who wrote what is the staff's.
        copying.execute_batch(
            "UPDATE main.source SET uri = 'pack:' || id;
             UPDATE main.faq SET changed_by = '', approved_by = NULL;",
        )?;
        if with_orders {
            copying.execute(
                "UPDATE main.order_source SET place = 'pack:' || id, connection = ''",
                [],
            )?;
        }
        let kept: String = copying.query_row(
            "SELECT value FROM desk.meta WHERE key = 'kb_version'",
            [],
            |row| row.get(0),
        )?;
        let own = [("kb_version", kept), ("embedder", embedder.to_owned())];
        for (key, value) in own {
            copying.execute("INSERT INTO pack VALUES(?1, ?2)", params![key, value])?;
        }
        for (key, _) in FACTS.iter().filter(|(_, secret)| with_orders || !secret) {
            copying.execute(
                "INSERT INTO pack SELECT key, value FROM desk.meta WHERE key = ?1",
                [key],
            )?;
        }
        copying.commit()?;
        pack.execute("DETACH DATABASE desk", [])?;
        Ok(())
    }

    /// What a pack says of itself. Fails where the file is none, is damaged, or is newer than this
    /// program.
    pub fn look_at_pack(file: &Path) -> Result<PackRow, StoreError> {
        look::look(file)
    }

    /// Makes the version of the knowledge at least this, so that one line of numbers holds for this
    /// desk and for those that follow it. What was measured on the same knowledge stays measured.
    pub fn raise_knowledge_to(&self, at_least: i64) -> Result<i64, StoreError> {
        self.write(move |transaction| {
            let before = meta::version(transaction)?;
            if before < at_least {
                meta::set_version(transaction, at_least)?;
                transaction.execute(
                    "UPDATE calibration SET kb_version = ?2 WHERE kb_version = ?1",
                    [before, at_least],
                )?;
            }
            Ok(before.max(at_least))
        })
    }
}

/// A file that goes when it is no longer needed.
struct Draft(PathBuf);

impl Draft {
    fn beside(file: &Path) -> Result<Self, StoreError> {
        let mut name = file.file_name().unwrap_or_default().to_owned();
        name.push(".draft");
        let path = file.with_file_name(name);
        match fs::remove_file(&path) {
            Err(source) if source.kind() != std::io::ErrorKind::NotFound => {
                return Err(StoreError::Io { path, source });
            }
            _ => reserve(&path)?,
        }
        Ok(Self(path))
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_file(&self.0) {
            tracing::debug!(%error, "a draft of a pack was not there");
        }
    }
}

/// Makes the file before SQLite does, so that nobody else could ever read it.
fn reserve(file: &Path) -> Result<(), StoreError> {
    let io = |source| StoreError::Io { path: file.to_owned(), source };
    File::options().write(true).create_new(true).open(file).map_err(io)?;
    restrict(file, 0o600)
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
