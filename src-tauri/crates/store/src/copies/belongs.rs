//! What belongs to this computer and not to the shop: it is left out of copies, and stays as it is
//! when one comes back.
//!
//! Secrets and their counters, so that a copy tells nobody the PIN and a restore gives nobody new
//! tries; what was measured here; files that lie here.

use rusqlite::{Connection, OptionalExtension, Transaction, params};

use crate::StoreError;
use crate::tables::meta;

/// Tables whose rows stay on the computer.
pub(super) const TABLES: &[&str] = &[
    "access",
    "device_tests",
    "exam",
    "import_file",
    "import_job",
    "order_lock",
    "order_try",
    "own_model",
    "speed",
    "spending",
];

/// Settings that stay: which model a computer can bear, and where it is reached.
const SETTINGS: &[&str] =
    &["chat_model", "chat_model_before", "network.keep", "network.address", "network.port"];

/// Facts that stay: what this program noted about itself.
const FACTS: &[&str] = &[
    "backup_folder",
    "models_read_at",
    "opening_check",
    "order_clock",
    "privacy_looked_at",
    "privacy_ran_since_jump",
];

/// What a desk that comes back gets anew: its exports are told apart from those before by it.
const ANEW: &[&str] = &["node_id"];

/// Takes out of a copy what belongs to the computer. Every table stays, as a new desk has it.
pub(super) fn take_out(copy: &Transaction<'_>) -> Result<(), StoreError> {
    for table in TABLES {
        // A copy of an older desk may not have all of them yet.
        if has_table(copy, "main", table)? {
            copy.execute(&format!("DELETE FROM {table}"), [])?;
        }
    }
    if has_table(copy, "main", "access")? {
        copy.execute("INSERT INTO access(id) VALUES(1)", [])?;
    }
    for key in SETTINGS {
        copy.execute("DELETE FROM setting WHERE key = ?1", [key])?;
    }
    for key in FACTS.iter().chain(ANEW) {
        let reset =
            if *key == "order_clock" { "UPDATE meta SET value = '0'" } else { "DELETE FROM meta" };
        copy.execute(&format!("{reset} WHERE key = ?1"), [key])?;
    }
    Ok(())
}

/// Puts into a copy what the database attached as `live` has of it. Both have the same tables.
pub(super) fn put_in(copy: &Transaction<'_>) -> Result<(), StoreError> {
    for table in TABLES {
        let columns = columns(copy, table)?;
        copy.execute(&format!("DELETE FROM main.{table}"), [])?;
        copy.execute(
            &format!("INSERT INTO main.{table}({columns}) SELECT {columns} FROM live.{table}"),
            [],
        )?;
    }
    for (table, keys) in [("setting", SETTINGS), ("meta", FACTS)] {
        for key in keys {
            copy.execute(&format!("DELETE FROM main.{table} WHERE key = ?1"), [key])?;
            copy.execute(
                &format!("INSERT INTO main.{table} SELECT * FROM live.{table} WHERE key = ?1"),
                [key],
            )?;
        }
    }
    // Whoever remembers something by the version of the knowledge must never meet it again.
    let version = meta::version(copy)?.max(live_version(copy)?) + 1;
    copy.execute(
        "UPDATE main.meta SET value = ?1 WHERE key = 'kb_version'",
        params![version.to_string()],
    )?;
    Ok(())
}

fn live_version(copy: &Connection) -> Result<i64, StoreError> {
    let query = "SELECT value FROM live.meta WHERE key = 'kb_version'";
    let text: Option<String> = copy.query_row(query, [], |row| row.get(0)).optional()?;
    Ok(text.and_then(|text| text.parse().ok()).unwrap_or(0))
}

pub(super) fn has_table(
    connection: &Connection,
    schema: &str,
    table: &str,
) -> Result<bool, StoreError> {
    let query = "SELECT EXISTS(SELECT 1 FROM pragma_table_list WHERE schema = ?1 AND name = ?2)";
    Ok(connection.query_row(query, [schema, table], |row| row.get(0))?)
}

/// The columns of a table, joined by commas.
pub(super) fn columns(connection: &Connection, table: &str) -> Result<String, StoreError> {
    let query = "SELECT group_concat(name, ', ') FROM pragma_table_info(?1, 'main')";
    Ok(connection.query_row(query, [table], |row| row.get(0))?)
}
