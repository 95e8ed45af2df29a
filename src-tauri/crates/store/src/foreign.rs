//! A table of somebody else's SQLite file: it is read, and nothing but that one table.

use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::{Connection, OpenFlags, params_from_iter};

use crate::StoreError;

/// How long one question may take.
const LONGEST: Duration = Duration::from_secs(3);
/// Steps of SQLite between two looks at the clock.
const STEPS: i32 = 10_000;

/// One table of a foreign file, open for reading.
pub struct ForeignTable {
    connection: Connection,
    table: String,
    columns: Vec<String>,
}

impl ForeignTable {
    /// Opens a file and finds the table in its catalogue; it is never created and never written.
    ///
    /// Fails when the file is no database, and when it has no such table.
    pub fn open(path: &Path, table: &str) -> Result<Self, StoreError> {
        let whole = std::fs::canonicalize(path)
            .map_err(|source| StoreError::Io { path: path.to_owned(), source })?;
        let mut connection = Connection::open_with_flags(
            whole,
            OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX,
        )?;
        connection.busy_timeout(LONGEST)?;
        connection.pragma_update(None, "query_only", true)?;
        connection.pragma_update(None, "trusted_schema", false)?;
        let named = "SELECT name FROM sqlite_schema WHERE type IN('table', 'view')
             AND name NOT LIKE 'sqlite_%' AND name = ?1 COLLATE NOCASE";
        let table: String = connection.query_row(named, [table], |row| row.get(0))?;
        let columns = {
            let mut query = connection.prepare("SELECT name FROM pragma_table_xinfo(?1)")?;
            let rows = query.query_map([&table], |row| row.get(0))?;
            rows.collect::<Result<Vec<String>, _>>()?
        };
        let allowed = table.clone();
        connection.authorizer(Some(move |context: AuthContext<'_>| allow(&allowed, &context)))?;
        Ok(Self { connection, table, columns })
    }

    /// The table's name as the catalogue spells it.
    pub fn table(&self) -> &str {
        &self.table
    }

    /// Its columns as the catalogue spells them.
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// The rows of one `SELECT`, as text. Anything else than reading this table is refused, and a
    /// question that takes too long is given up.
    pub fn select(
        &mut self,
        statement: &str,
        values: &[&str],
    ) -> Result<Vec<Vec<String>>, StoreError> {
        let until = Instant::now() + LONGEST;
        self.connection.progress_handler(STEPS, Some(move || Instant::now() > until))?;
        let mut query = self.connection.prepare_cached(statement)?;
        let width = query.column_count();
        let rows = query.query_map(params_from_iter(values), |row| {
            (0..width).map(|at| Ok(row.get::<_, Option<String>>(at)?.unwrap_or_default())).collect()
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

/// Reading the table, and functions: of the statement, of a column's usual value, of a view. The
/// one that loads programs is refused, and those with effects are not for such a schema anyway.
fn allow(table: &str, context: &AuthContext<'_>) -> Authorization {
    let is_ours = |name: &str| name.eq_ignore_ascii_case(table);
    let allowed = match context.action {
        AuthAction::Select => true,
        // A view of the mapped name may read what it is made from.
        AuthAction::Read { table_name, .. } => {
            is_ours(table_name) || context.accessor.is_some_and(is_ours)
        }
        AuthAction::Function { function_name } => {
            !function_name.eq_ignore_ascii_case("load_extension")
        }
        _ => false,
    };
    if allowed { Authorization::Allow } else { Authorization::Deny }
}

#[cfg(test)]
mod tests;
