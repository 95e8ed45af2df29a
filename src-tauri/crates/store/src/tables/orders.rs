//! Where orders come from, and the imported ones: keyed hashes of what a visitor must know, beside
//! the few fields that may be shown.

use rusqlite::{OptionalExtension, Row, Transaction, params};

use crate::{Store, StoreError};

pub(crate) const CREATE: &str = "
    CREATE TABLE order_source(
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        place TEXT NOT NULL UNIQUE,
        kind TEXT NOT NULL,
        connection TEXT NOT NULL,
        map TEXT NOT NULL,
        sentences TEXT NOT NULL,
        masks TEXT NOT NULL,
        orders INTEGER NOT NULL,
        max_age_hours INTEGER NOT NULL,
        as_of INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE order_row(
        id INTEGER PRIMARY KEY,
        source_id INTEGER NOT NULL REFERENCES order_source(id) ON DELETE CASCADE,
        order_key BLOB NOT NULL,
        alias BLOB NOT NULL,
        proofs BLOB NOT NULL,
        shown TEXT NOT NULL
    ) STRICT;
    CREATE INDEX order_row_key ON order_row(order_key);
    CREATE INDEX order_row_alias ON order_row(alias);
    CREATE INDEX order_row_source ON order_row(source_id);
";

/// Rows of one order that are read: a second one makes it ambiguous.
const MOST_ROWS: i64 = 2;

/// One place that orders come from.
#[derive(Clone, PartialEq, Eq)]
pub struct OrderSourceRow {
    /// Its number.
    pub id: i64,
    /// What makes it one source, without a password.
    pub place: String,
    /// `file`, `sqlite`, `postgres` or `mysql`.
    pub kind: String,
    /// How it is reached, with a password where there is one. Never shown, never logged.
    pub connection: String,
    /// Which column holds what.
    pub map: String,
    /// What the shop says for its codes.
    pub sentences: String,
    /// What its numbers look like.
    pub masks: String,
    /// Imported orders; 0 where they are read when asked.
    pub orders: i64,
    /// Hours after which it is too old to be shown; 0 for never.
    pub max_age_hours: i64,
    /// Unix seconds of the import; of the activation where rows are read when asked.
    pub as_of: i64,
}

/// One source to save; the same place is the same source.
#[derive(Clone, PartialEq, Eq)]
pub struct NewOrderSource {
    /// What makes it one source, without a password.
    pub place: String,
    /// `file`, `sqlite`, `postgres` or `mysql`.
    pub kind: String,
    /// How it is reached.
    pub connection: String,
    /// Which column holds what.
    pub map: String,
    /// What the shop says for its codes.
    pub sentences: String,
    /// What its numbers look like.
    pub masks: String,
    /// Hours after which it is too old.
    pub max_age_hours: i64,
    /// Unix seconds.
    pub as_of: i64,
}

/// One imported order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderRow {
    /// Keyed hash of the number.
    pub order_key: Vec<u8>,
    /// Keyed hash of the number without its letters and zeros.
    pub alias: Vec<u8>,
    /// Keyed hashes of what proves it, one after the other.
    pub proofs: Vec<u8>,
    /// The fields that may be shown.
    pub shown: String,
}

impl Store {
    /// Every source of orders, oldest first.
    pub fn order_sources(&self) -> Result<Vec<OrderSourceRow>, StoreError> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(
                "SELECT id, place, kind, connection, map, sentences, masks, orders,
                 max_age_hours, as_of FROM order_source ORDER BY id",
            )?;
            let rows = query.query_map([], read_source)?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// The rows of one number in one source, at most two; those of its short form only where
    /// there is none of the number itself.
    pub fn order_rows(
        &self,
        source_id: i64,
        order_key: &[u8],
        alias: &[u8],
    ) -> Result<Vec<OrderRow>, StoreError> {
        self.read(|connection| {
            // Both are always looked for, so that a number takes as long as its short form.
            let mut by_key = connection.prepare_cached(
                "SELECT order_key, alias, proofs, shown FROM order_row
                 WHERE order_key = ?1 AND source_id = ?2 LIMIT ?3",
            )?;
            let mut by_alias = connection.prepare_cached(
                "SELECT order_key, alias, proofs, shown FROM order_row
                 WHERE alias = ?1 AND source_id = ?2 LIMIT ?3",
            )?;
            let exact = by_key.query_map(params![order_key, source_id, MOST_ROWS], read_row)?;
            let exact: Vec<OrderRow> = exact.collect::<Result<_, _>>()?;
            let near = by_alias.query_map(params![alias, source_id, MOST_ROWS], read_row)?;
            let near: Vec<OrderRow> = near.collect::<Result<_, _>>()?;
            Ok(if exact.is_empty() { near } else { exact })
        })
    }

    /// Makes a source and its imported orders equal to what was read, in one transaction.
    ///
    /// Until it is done the old ones are there; when it fails they stay. Returns the number.
    pub fn replace_orders(
        &self,
        source: NewOrderSource,
        rows: Vec<OrderRow>,
    ) -> Result<i64, StoreError> {
        self.write(move |transaction| {
            let id = upsert(transaction, &source, rows.len())?;
            transaction.execute("DELETE FROM order_row WHERE source_id = ?1", [id])?;
            let mut insert = transaction.prepare_cached(
                "INSERT INTO order_row(source_id, order_key, alias, proofs, shown)
                 VALUES(?1, ?2, ?3, ?4, ?5)",
            )?;
            for row in &rows {
                insert.execute(params![id, row.order_key, row.alias, row.proofs, row.shown])?;
            }
            Ok(id)
        })
    }

    /// Forgets a source and its orders; false when there is no such source.
    pub fn remove_order_source(&self, id: i64) -> Result<bool, StoreError> {
        self.write(move |transaction| {
            Ok(transaction.execute("DELETE FROM order_source WHERE id = ?1", [id])? > 0)
        })
    }

    /// The source of a place, if it was set up before.
    pub fn order_source_of(&self, place: &str) -> Result<Option<OrderSourceRow>, StoreError> {
        self.read(|connection| {
            let query = "SELECT id, place, kind, connection, map, sentences, masks, orders,
                 max_age_hours, as_of FROM order_source WHERE place = ?1";
            Ok(connection.query_row(query, [place], read_source).optional()?)
        })
    }
}

fn upsert(
    transaction: &Transaction<'_>,
    source: &NewOrderSource,
    orders: usize,
) -> Result<i64, StoreError> {
    Ok(transaction.query_row(
        "INSERT INTO order_source(place, kind, connection, map, sentences, masks, orders,
         max_age_hours, as_of) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
         ON CONFLICT(place) DO UPDATE SET kind = excluded.kind,
         connection = excluded.connection, map = excluded.map, sentences = excluded.sentences,
         masks = excluded.masks, orders = excluded.orders,
         max_age_hours = excluded.max_age_hours, as_of = excluded.as_of RETURNING id",
        params![
            source.place,
            source.kind,
            source.connection,
            source.map,
            source.sentences,
            source.masks,
            orders as i64,
            source.max_age_hours,
            source.as_of,
        ],
        |row| row.get(0),
    )?)
}

fn read_source(row: &Row<'_>) -> rusqlite::Result<OrderSourceRow> {
    Ok(OrderSourceRow {
        id: row.get(0)?,
        place: row.get(1)?,
        kind: row.get(2)?,
        connection: row.get(3)?,
        map: row.get(4)?,
        sentences: row.get(5)?,
        masks: row.get(6)?,
        orders: row.get(7)?,
        max_age_hours: row.get(8)?,
        as_of: row.get(9)?,
    })
}

fn read_row(row: &Row<'_>) -> rusqlite::Result<OrderRow> {
    Ok(OrderRow {
        order_key: row.get(0)?,
        alias: row.get(1)?,
        proofs: row.get(2)?,
        shown: row.get(3)?,
    })
}
