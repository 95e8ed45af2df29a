//! A table of the shop's own database, read with one statement and never written.
//!
//! The statement is made of names from the database's catalogue; what a visitor typed is only
//! ever bound to it. Nothing else is asked of the database.

mod mysql;
mod postgres;

use std::sync::mpsc;
use std::time::Duration;

use store::ForeignTable;

use crate::OrdersError;
use crate::place::Place;
use crate::table::Table;

/// How long a database may take for one statement.
pub(crate) const STATEMENT_SECONDS: u64 = 3;
/// How long it may take in all, connecting included.
const LONGEST: Duration = Duration::from_secs(7);
/// Rows that a person's draft is made from.
const SAMPLE_ROWS: usize = 200;
/// Spellings of one number that a statement looks for.
pub(crate) const SPELLINGS: usize = 4;
/// A second row makes an order ambiguous.
const MOST_ROWS: usize = 2;
/// Signs that do not count in an order number.
const IGNORED: [&str; 6] = ["-", " ", "#", "_", "/", "."];

/// How a database writes names and types.
#[derive(Clone, Copy)]
pub(crate) struct Dialect {
    quote: char,
    text_type: &'static str,
    placeholder: fn(usize) -> String,
}

const SQLITE: Dialect =
    Dialect { quote: '"', text_type: "TEXT", placeholder: |number| format!("?{number}") };
const POSTGRES: Dialect =
    Dialect { quote: '"', text_type: "TEXT", placeholder: |number| format!("${number}") };
const MYSQL: Dialect = Dialect { quote: '`', text_type: "CHAR", placeholder: |_| "?".to_owned() };

/// What is read: some columns of all rows up to a number, or of the rows of one order.
#[derive(Clone)]
enum Wanted {
    Sample,
    /// The columns, the first of them the number, and its spellings.
    Order {
        columns: Vec<String>,
        spellings: Vec<String>,
    },
}

/// The first rows of a table, with all its columns.
pub(crate) fn sample(place: &Place) -> Result<Table, OrdersError> {
    ask(place, Wanted::Sample)
}

/// The rows of one order, at most two, with these columns; the first column is the number.
pub(crate) fn find(
    place: &Place,
    columns: &[&str],
    mut spellings: Vec<String>,
) -> Result<Table, OrdersError> {
    // Always the same number of values: one statement for every question.
    let first = spellings.first().cloned().unwrap_or_default();
    spellings.resize(SPELLINGS, first);
    let columns = columns.iter().map(|column| (*column).to_owned()).collect();
    ask(place, Wanted::Order { columns, spellings })
}

/// Asks on a thread of its own: a server that hangs must not hold the desk, and a library that
/// panics must not end it.
fn ask(place: &Place, wanted: Wanted) -> Result<Table, OrdersError> {
    let (answer, wait) = mpsc::sync_channel(1);
    let asked = place.clone();
    let no_answer = |reason: &str| OrdersError::NoAnswer {
        place: place.to_string(),
        reason: place.without_secret(reason),
    };
    std::thread::Builder::new()
        .name("orders-table".into())
        .spawn(move || {
            let read = match &asked {
                Place::File(path) => Err(format!("{} is a file", path.display())),
                Place::Sqlite { path, table } => read_sqlite(path, table, &wanted),
                Place::Postgres { url, table } => postgres::read(url, table, &wanted),
                Place::MySql { url, table } => mysql::read(url, table, &wanted),
            };
            // Whoever asked may have given up.
            answer.send(read).unwrap_or_default();
        })
        .map_err(|error| no_answer(&error.to_string()))?;
    let read = wait.recv_timeout(LONGEST).map_err(|_| no_answer("it took too long"))?;
    read.map_err(|reason| no_answer(&reason))
}

fn read_sqlite(path: &std::path::Path, table: &str, wanted: &Wanted) -> Result<Table, String> {
    let mut table = ForeignTable::open(path, table).map_err(|error| error.to_string())?;
    let (name, columns) = (table.table().to_owned(), table.columns().to_vec());
    let statement = Statement::of(SQLITE, &[&name], &columns, wanted)?;
    let values: Vec<&str> = statement.values.iter().map(String::as_str).collect();
    let rows = table.select(&statement.text, &values).map_err(|error| error.to_string())?;
    Ok(Table { header: statement.header, rows })
}

/// One `SELECT` and what is bound to it.
struct Statement {
    text: String,
    header: Vec<String>,
    values: Vec<String>,
}

impl Statement {
    /// `table` is the name, perhaps behind its schema; `catalogue` the columns it really has.
    fn of(
        dialect: Dialect,
        table: &[&str],
        catalogue: &[String],
        wanted: &Wanted,
    ) -> Result<Self, String> {
        if catalogue.is_empty() {
            return Err("there is no such table, or it may not be read".into());
        }
        let quoted = |name: &str| {
            let (one, two) = (dialect.quote.to_string(), dialect.quote.to_string().repeat(2));
            format!("{one}{}{one}", name.replace(dialect.quote, &two))
        };
        let as_text = |column: &str| format!("CAST({} AS {})", quoted(column), dialect.text_type);
        let from = table.iter().map(|part| quoted(part)).collect::<Vec<_>>().join(".");
        match wanted {
            Wanted::Sample => {
                let columns: Vec<String> = catalogue.iter().map(|name| as_text(name)).collect();
                let text = format!("SELECT {} FROM {from} LIMIT {SAMPLE_ROWS}", columns.join(", "));
                Ok(Self { text, header: catalogue.to_vec(), values: Vec::new() })
            }
            Wanted::Order { columns, spellings } => {
                if let Some(gone) = columns.iter().find(|column| !catalogue.contains(column)) {
                    return Err(format!("the column {gone:?} is no longer there"));
                }
                let shown: Vec<String> = columns.iter().map(|name| as_text(name)).collect();
                let number = columns.first().map_or("", String::as_str);
                let bare = IGNORED
                    .iter()
                    .fold(as_text(number), |inner, sign| format!("REPLACE({inner}, '{sign}', '')"));
                let marks: Vec<String> = (1..=spellings.len()).map(dialect.placeholder).collect();
                let text = format!(
                    "SELECT {} FROM {from} WHERE UPPER({bare}) IN ({}) LIMIT {MOST_ROWS}",
                    shown.join(", "),
                    marks.join(", "),
                );
                Ok(Self { text, header: columns.clone(), values: spellings.clone() })
            }
        }
    }
}

#[cfg(test)]
mod tests;
