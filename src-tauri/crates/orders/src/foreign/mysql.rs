//! MySQL and MariaDB: a session that cannot write, whatever it is told.

use std::time::Duration;

use mysql::prelude::Queryable;
use mysql::{Conn, Opts, OptsBuilder};

use super::{MYSQL, STATEMENT_SECONDS, Statement, Wanted};
use crate::table::Table;

/// The columns of a table as the catalogue spells them.
const CATALOGUE: &str = "
    SELECT CAST(table_name AS CHAR), CAST(column_name AS CHAR) FROM information_schema.columns
    WHERE table_schema = DATABASE() AND lower(table_name) = lower(?)
    ORDER BY table_name, ordinal_position";

pub(super) fn read(url: &str, table: &str, wanted: &Wanted) -> Result<Table, String> {
    let mut connection = connect(url)?;
    let columns: Vec<(String, String)> = connection.exec(CATALOGUE, (table,)).map_err(reason)?;
    let name = columns.first().map(|(name, _)| name.clone()).unwrap_or_default();
    let own = columns.into_iter().filter(|(known, _)| *known == name);
    let catalogue: Vec<String> = own.map(|(_, column)| column).collect();
    let statement = Statement::of(MYSQL, &[&name], &catalogue, wanted)?;
    let prepared = connection.prep(&statement.text).map_err(reason)?;
    let rows: Vec<mysql::Row> =
        connection.exec(&prepared, statement.values.clone()).map_err(reason)?;
    let text = |row: &mysql::Row, at: usize| {
        row.get_opt::<Option<String>, _>(at)
            .and_then(Result::ok)
            .map(Option::unwrap_or_default)
            .ok_or_else(|| "a value cannot be read as text".to_owned())
    };
    let rows = rows
        .iter()
        .map(|row| (0..statement.header.len()).map(|at| text(row, at)).collect())
        .collect::<Result<_, String>>()?;
    Ok(Table { header: statement.header, rows })
}

fn connect(url: &str) -> Result<Conn, String> {
    // The library's own words for a bad URL repeat parts of it.
    let opts = Opts::from_url(url).map_err(|_| "its address cannot be read".to_owned())?;
    let patience = Some(Duration::from_secs(STATEMENT_SECONDS));
    let opts = OptsBuilder::from_opts(opts)
        .tcp_connect_timeout(patience)
        .read_timeout(patience)
        .write_timeout(patience)
        .prefer_socket(false);
    let mut connection = Conn::new(opts).map_err(reason)?;
    connection.query_drop("SET SESSION TRANSACTION READ ONLY").map_err(reason)?;
    // The two programs name the same limit differently, one in seconds, one in milliseconds.
    let in_seconds = format!("SET SESSION max_statement_time = {STATEMENT_SECONDS}");
    if connection.query_drop(in_seconds).is_err() {
        let in_milliseconds =
            format!("SET SESSION max_execution_time = {}", STATEMENT_SECONDS * 1000);
        connection.query_drop(in_milliseconds).map_err(reason)?;
    }
    Ok(connection)
}

fn reason(error: mysql::Error) -> String {
    match error {
        mysql::Error::MySqlError(said) => said.message,
        other => other.to_string(),
    }
}
