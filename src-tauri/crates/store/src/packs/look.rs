//! What a pack says of itself, read without trusting it.

use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::Path;

use rusqlite::{Connection, OptionalExtension};

use super::{APPLICATION_ID, PARTS};
use crate::{StoreError, connection, migrations};

const HEADER_BYTES: usize = 100;

/// One pack.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PackRow {
    /// Version of the tables it was written with.
    pub schema: i64,
    /// Version of the knowledge on the desk it is from.
    pub kb_version: i64,
    /// Names the model of its vectors; empty for none.
    pub embedder: String,
    /// Documents and tables.
    pub sources: i64,
    /// Approved answers.
    pub faqs: i64,
    /// Whether orders ride along.
    pub has_orders: bool,
    /// Size of the file.
    pub bytes: u64,
}

/// Opens it for reading and says what it is.
pub(super) fn look(file: &Path) -> Result<PackRow, StoreError> {
    check_header(file)?;
    let connection = connection::open_pack(file)?;
    let damaged = |reason: String| StoreError::Damaged { path: file.to_owned(), reason };
    let verdict: String = connection
        .query_row("PRAGMA quick_check(1)", [], |row| row.get(0))
        .map_err(|error| damaged(error.to_string()))?;
    if verdict != "ok" {
        return Err(damaged(verdict));
    }
    check_tables(&connection).map_err(damaged)?;
    let fact = |key: &str| -> Result<String, StoreError> {
        let query = "SELECT value FROM pack WHERE key = ?1";
        Ok(connection.query_row(query, [key], |row| row.get(0)).optional()?.unwrap_or_default())
    };
    let count = |table: &str| -> Result<i64, StoreError> {
        Ok(connection.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0))?)
    };
    Ok(PackRow {
        schema: migrations::version(&connection)?,
        kb_version: fact("kb_version")?.parse().unwrap_or(0),
        embedder: fact("embedder")?,
        sources: count("source")?,
        faqs: count("faq")?,
        has_orders: has_table(&connection, "order_row")?,
        bytes: fs::metadata(file).map_or(0, |found| found.len()),
    })
}

/// Reads the header as bytes; SQLite has not seen the file yet.
fn check_header(file: &Path) -> Result<(), StoreError> {
    let io = |source| StoreError::Io { path: file.to_owned(), source };
    let damaged =
        |reason: &str| StoreError::Damaged { path: file.to_owned(), reason: reason.into() };
    let mut header = [0_u8; HEADER_BYTES];
    match File::open(file).map_err(io)?.read_exact(&mut header) {
        Ok(()) => {}
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => {
            return Err(damaged("the file is cut short"));
        }
        Err(source) => return Err(io(source)),
    }
    if !header.starts_with(b"SQLite format 3\0") {
        return Err(damaged("it is not a database"));
    }
    let number = |at: usize| {
        i32::from_be_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]])
    };
    if number(68) != APPLICATION_ID {
        return Err(StoreError::NotOurs { path: file.to_owned() });
    }
    migrations::check_known(i64::from(number(60)))
}

/// Only tables that a pack has: no trigger and no view runs when it is read.
fn check_tables(connection: &Connection) -> Result<(), String> {
    let failed = |error: rusqlite::Error| error.to_string();
    let mut query = connection
        .prepare("SELECT type, name FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'")
        .map_err(failed)?;
    let rows = query
        .query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))
        .map_err(failed)?;
    for row in rows {
        let (kind, name) = row.map_err(failed)?;
        let known = name == "pack" || PARTS.iter().any(|part| part.table == name);
        if kind != "table" || !known {
            return Err(format!("it holds a {kind} {name:?}, which no pack has"));
        }
    }
    for part in PARTS.iter().filter(|part| !part.with_orders) {
        if !has_table(connection, part.table).map_err(|error| error.to_string())? {
            return Err(format!("its table {:?} is missing", part.table));
        }
    }
    Ok(())
}

fn has_table(connection: &Connection, table: &str) -> Result<bool, StoreError> {
    let query = "SELECT EXISTS(SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?1)";
    Ok(connection.query_row(query, [table], |row| row.get(0))?)
}
