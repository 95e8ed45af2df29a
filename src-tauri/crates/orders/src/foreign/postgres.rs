//! PostgreSQL: a session that cannot write, whatever it is told.

use std::time::Duration;

use postgres::types::ToSql;
use postgres::{Client, Config, NoTls};

use super::{POSTGRES, STATEMENT_SECONDS, Statement, Wanted};
use crate::table::Table;

/// The columns of a table as the catalogue spells them, with its schema.
const CATALOGUE: &str = "
    SELECT table_schema::text, table_name::text, column_name::text
    FROM information_schema.columns
    WHERE lower(table_name) = lower($1) AND ($2 = '' OR lower(table_schema) = lower($2))
    AND table_schema NOT IN ('pg_catalog', 'information_schema')
    ORDER BY table_schema, table_name, ordinal_position";

pub(super) fn read(url: &str, table: &str, wanted: &Wanted) -> Result<Table, String> {
    let mut client = connect(url)?;
    let (schema, name) = table.rsplit_once('.').unwrap_or(("", table));
    let columns = client.query(CATALOGUE, &[&name, &schema]).map_err(reason)?;
    let mut found: Option<(String, String)> = None;
    let mut catalogue = Vec::new();
    for row in &columns {
        let place = (row.get::<_, String>(0), row.get::<_, String>(1));
        if *found.get_or_insert_with(|| place.clone()) == place {
            catalogue.push(row.get::<_, String>(2));
        }
    }
    let (schema, name) = found.unwrap_or_default();
    let statement = Statement::of(POSTGRES, &[&schema, &name], &catalogue, wanted)?;
    let values: Vec<&(dyn ToSql + Sync)> =
        statement.values.iter().map(|value| value as &(dyn ToSql + Sync)).collect();
    let prepared = client.prepare(&statement.text).map_err(reason)?;
    let rows = client.query(&prepared, &values).map_err(reason)?;
    let text = |row: &postgres::Row, at: usize| {
        row.try_get::<_, Option<String>>(at).map(Option::unwrap_or_default).map_err(reason)
    };
    let rows = rows
        .iter()
        .map(|row| (0..statement.header.len()).map(|at| text(row, at)).collect())
        .collect::<Result<_, String>>()?;
    Ok(Table { header: statement.header, rows })
}

fn connect(url: &str) -> Result<Client, String> {
    // The library's own words for a bad URL repeat parts of it.
    let mut config: Config = url.parse().map_err(|_| "its address cannot be read".to_owned())?;
    config.connect_timeout(Duration::from_secs(STATEMENT_SECONDS));
    config.application_name("frontdesk");
    config.options(&format!(
        "-c default_transaction_read_only=on -c statement_timeout={0}s -c lock_timeout={0}s",
        STATEMENT_SECONDS
    ));
    let mut client = config.connect(NoTls).map_err(reason)?;
    let row = client.query_one("SHOW transaction_read_only", &[]).map_err(reason)?;
    if row.get::<_, String>(0) != "on" {
        return Err("it does not keep this session from writing".into());
    }
    Ok(client)
}

fn reason(error: postgres::Error) -> String {
    match error.as_db_error() {
        Some(said) => said.message().to_owned(),
        None => error.to_string(),
    }
}
