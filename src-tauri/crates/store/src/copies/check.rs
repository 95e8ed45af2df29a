//! What a copy must be like before anything of it is believed: ours, whole, and with no program of
//! somebody else in it.

use std::collections::BTreeMap;
use std::path::Path;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags};

use super::open_copy;
use crate::{StoreError, connection, migrations, open};

/// What is known of a copy that was found whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CopyFacts {
    /// The version of its tables.
    pub version: i64,
    /// Which desk it is of; empty where that desk had no name yet.
    pub desk: String,
    /// How many rows each table has, by name.
    pub rows: Vec<(String, u64)>,
}

/// Reads a copy from end to end, without changing a byte of it.
///
/// Fails when it is not a desk, of a newer version, or damaged anywhere.
pub fn check_copy(path: &Path) -> Result<CopyFacts, StoreError> {
    let damaged = |reason: String| StoreError::Damaged { path: path.to_owned(), reason };
    let folder = path.parent().unwrap_or(path);
    open::check_header(folder, path)?;
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let copy = Connection::open_with_flags(path, flags)?;
    connection::protect(&copy)?;
    let facts = || -> Result<CopyFacts, StoreError> {
        let version = migrations::version(&copy)?;
        migrations::check_known(version)?;
        let query = "PRAGMA integrity_check(1)";
        let verdict: String = copy.query_row(query, [], |row| row.get(0))?;
        if verdict != "ok" {
            return Err(damaged(verdict.lines().last().unwrap_or_default().to_owned()));
        }
        let query = "SELECT count(*) FROM pragma_foreign_key_check";
        let loose: i64 = copy.query_row(query, [], |row| row.get(0))?;
        if loose > 0 {
            return Err(damaged(format!("{loose} rows belong to nothing")));
        }
        let query = "SELECT coalesce(max(value), '') FROM meta WHERE key = 'desk_id'";
        let desk = copy.query_row(query, [], |row| row.get(0))?;
        Ok(CopyFacts { version, desk, rows: count_rows(&copy)? })
    };
    facts().map_err(|error| match error {
        StoreError::Sqlite { reason } => damaged(reason),
        other => other,
    })
}

/// Brings the tables of a copy up to date, and makes sure that they are exactly this program's:
/// a trigger that somebody wrote into a file would run with the next change.
pub fn migrate_copy(path: &Path) -> Result<(), StoreError> {
    let damaged = |reason: String| StoreError::Damaged { path: path.to_owned(), reason };
    let mut copy = open_copy(path)?;
    migrations::run(&mut copy)?;
    let mut fresh = Connection::open_in_memory()?;
    migrations::run(&mut fresh)?;
    let (found, known) = (parts(&copy)?, parts(&fresh)?);
    if let Some(foreign) = found.keys().find(|part| !known.contains_key(*part)) {
        return Err(StoreError::NotOurs { path: path.join(foreign) });
    }
    for (name, text) in &known {
        match found.get(name) {
            None => return Err(damaged(format!("{name} is missing"))),
            Some(other) if other != text => {
                return Err(damaged(format!("{name} is not what this program makes")));
            }
            Some(_) => {}
        }
    }
    let check = "INSERT INTO chunk_fts(chunk_fts) VALUES('integrity-check')";
    copy.execute(check, []).map_err(|error| damaged(error.to_string()))?;
    copy.close().map_err(|(_, error)| error.into())
}

/// Triggers and views with their text, and tables by name: a table's text differs from desk to
/// desk by the steps it came through, and does nothing by itself.
fn parts(connection: &Connection) -> Result<BTreeMap<String, String>, StoreError> {
    let mut query = connection.prepare(
        "SELECT type || ' ' || name, iif(type IN('trigger', 'view'), coalesce(sql, ''), '')
         FROM sqlite_schema WHERE type <> 'index' AND name NOT LIKE 'sqlite_%'",
    )?;
    let rows = query.query_map([], |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))?;
    let one_line = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    rows.map(|row| row.map(|(name, text)| (name, one_line(text))).map_err(StoreError::from))
        .collect()
}

/// How many rows each table has, by name.
pub(super) fn count_rows(connection: &Connection) -> Result<Vec<(String, u64)>, StoreError> {
    let names: Vec<String> = connection
        .prepare(
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'
             AND name NOT LIKE 'sqlite_%' ORDER BY name",
        )?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let count = |name: String| {
        // The name may come from a file of somebody else.
        let query = format!("SELECT count(*) FROM \"{}\"", name.replace('"', "\"\""));
        let rows: i64 = connection.query_row(&query, [], |row| row.get(0))?;
        Ok((name, rows.unsigned_abs()))
    };
    names.into_iter().map(count).collect()
}

/// What each table holds as one number: equal numbers are equal rows, whatever their order.
pub(super) fn hash_rows(connection: &Connection) -> Result<Vec<(String, u64)>, StoreError> {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let names: Vec<String> = count_rows(connection)?.into_iter().map(|(name, _)| name).collect();
    let hash_table = |name: String| {
        let mut query = connection.prepare(&format!("SELECT * FROM \"{name}\""))?;
        let columns = query.column_count();
        let mut rows = query.query([])?;
        let mut sum = 0_u64;
        while let Some(row) = rows.next()? {
            let mut hasher = DefaultHasher::new();
            for column in 0..columns {
                match row.get_ref(column)? {
                    ValueRef::Null => 0_u8.hash(&mut hasher),
                    ValueRef::Integer(number) => (1_u8, number).hash(&mut hasher),
                    ValueRef::Real(number) => (2_u8, number.to_bits()).hash(&mut hasher),
                    ValueRef::Text(text) => (3_u8, text).hash(&mut hasher),
                    ValueRef::Blob(bytes) => (4_u8, bytes).hash(&mut hasher),
                }
            }
            sum = sum.wrapping_add(hasher.finish());
        }
        Ok((name, sum))
    };
    names.into_iter().map(hash_table).collect()
}
