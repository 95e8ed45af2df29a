//! Tries to open an order, counted before anything is compared, and the locks they lead to.
//!
//! Who tried and for which order are keyed hashes: the table tells nobody's orders.

use rusqlite::{OptionalExtension, Transaction, params};

use crate::{Store, StoreError};

pub(crate) const CREATE: &str = "
    CREATE TABLE order_try(
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        at INTEGER NOT NULL,
        session BLOB NOT NULL,
        device BLOB NOT NULL,
        order_key BLOB NOT NULL
    ) STRICT;
    CREATE INDEX order_try_session ON order_try(session, at);
    CREATE INDEX order_try_device ON order_try(device, at);
    CREATE INDEX order_try_at ON order_try(at);
    CREATE TABLE order_lock(
        order_key BLOB PRIMARY KEY,
        wrong_ever INTEGER NOT NULL,
        wrong_lately INTEGER NOT NULL,
        locked_until INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    INSERT INTO meta(key, value) VALUES('order_clock', '0');
";

/// Tries older than this lead to nothing any more.
const KEPT_SECONDS: i64 = 25 * 3600;

/// How many wrong tries there may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OrderLimits {
    /// Of one session within an hour.
    pub per_session: i64,
    /// Of one device within an hour.
    pub per_device: i64,
    /// Of one order before it is locked.
    pub per_order: i64,
    /// How long that lock lasts.
    pub order_lock_seconds: i64,
    /// Of one order before only staff can unlock it.
    pub per_order_ever: i64,
    /// Of everybody within an hour.
    pub everybody: i64,
}

/// One try, by hashes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderTry {
    /// Who: one conversation.
    pub session: Vec<u8>,
    /// From where: one screen or one address.
    pub device: Vec<u8>,
    /// Which order, in its shortest spelling.
    pub order_key: Vec<u8>,
    /// Seconds on the desk's own clock, which never goes back.
    pub at: i64,
}

/// What the count says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrderTryVerdict {
    /// It is counted as wrong; [`Store::settle_order_try`] takes that back.
    Counted(i64),
    /// This session or device has tried too often.
    CallerLocked,
    /// This order was tried too often.
    OrderLocked,
    /// Only staff can unlock this order.
    OrderLockedForGood,
    /// The whole desk was tried too often.
    EverybodyLocked,
}

const HOUR: i64 = 3600;

impl Store {
    /// The latest time that a try was counted at.
    pub fn order_clock(&self) -> Result<i64, StoreError> {
        Ok(self.meta_get("order_clock")?.and_then(|text| text.parse().ok()).unwrap_or(0))
    }

    /// Counts a try as wrong, or says why it may not take place. One transaction: two tries at
    /// the same moment are two.
    pub fn count_order_try(
        &self,
        attempt: OrderTry,
        limits: OrderLimits,
    ) -> Result<OrderTryVerdict, StoreError> {
        self.write(move |transaction| {
            let refused = refusal(transaction, &attempt, &limits)?;
            transaction.execute(
                "UPDATE meta SET value = max(CAST(value AS INTEGER), ?1) WHERE key = 'order_clock'",
                [attempt.at],
            )?;
            match refused {
                Some(verdict) => Ok(verdict),
                None => count(transaction, &attempt, &limits),
            }
        })
    }

    /// Takes a counted try back, because it was right or because nothing could be compared.
    pub fn settle_order_try(&self, id: i64, was_right: bool) -> Result<(), StoreError> {
        self.write(move |transaction| {
            let key: Option<Vec<u8>> = transaction
                .query_row("DELETE FROM order_try WHERE id = ?1 RETURNING order_key", [id], |row| {
                    row.get(0)
                })
                .optional()?;
            transaction.execute(
                "UPDATE order_lock SET wrong_ever = max(wrong_ever - 1, 0), locked_until = 0,
                 wrong_lately = CASE WHEN ?2 THEN 0 ELSE max(wrong_lately - 1, 0) END
                 WHERE order_key = ?1",
                params![key, was_right],
            )?;
            Ok(())
        })
    }

    /// Forgets the wrong tries of an order; false when there were none.
    pub fn unlock_order(&self, order_key: &[u8]) -> Result<bool, StoreError> {
        let order_key = order_key.to_vec();
        self.write(move |transaction| {
            let forgotten =
                transaction.execute("DELETE FROM order_lock WHERE order_key = ?1", [&order_key])?;
            Ok(forgotten > 0)
        })
    }
}

fn refusal(
    transaction: &Transaction<'_>,
    attempt: &OrderTry,
    limits: &OrderLimits,
) -> Result<Option<OrderTryVerdict>, StoreError> {
    let since = attempt.at - HOUR;
    let count = |query: &str, key: &[u8]| -> Result<i64, StoreError> {
        Ok(transaction.query_row(query, params![key, since], |row| row.get(0))?)
    };
    let session = "SELECT count(*) FROM order_try WHERE session = ?1 AND at > ?2";
    let device = "SELECT count(*) FROM order_try WHERE device = ?1 AND at > ?2";
    let everybody = "SELECT count(*) FROM order_try WHERE ?1 IS NOT NULL AND at > ?2";
    if count(everybody, &[])? >= limits.everybody {
        return Ok(Some(OrderTryVerdict::EverybodyLocked));
    }
    if count(session, &attempt.session)? >= limits.per_session
        || count(device, &attempt.device)? >= limits.per_device
    {
        return Ok(Some(OrderTryVerdict::CallerLocked));
    }
    let lock: Option<(i64, i64)> = transaction
        .query_row(
            "SELECT wrong_ever, locked_until FROM order_lock WHERE order_key = ?1",
            [&attempt.order_key],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .optional()?;
    Ok(match lock {
        Some((ever, _)) if ever >= limits.per_order_ever => {
            Some(OrderTryVerdict::OrderLockedForGood)
        }
        Some((_, until)) if until > attempt.at => Some(OrderTryVerdict::OrderLocked),
        _ => None,
    })
}

fn count(
    transaction: &Transaction<'_>,
    attempt: &OrderTry,
    limits: &OrderLimits,
) -> Result<OrderTryVerdict, StoreError> {
    transaction.execute("DELETE FROM order_try WHERE at < ?1", [attempt.at - KEPT_SECONDS])?;
    transaction.execute(
        "INSERT INTO order_try(at, session, device, order_key) VALUES(?1, ?2, ?3, ?4)",
        params![attempt.at, attempt.session, attempt.device, attempt.order_key],
    )?;
    let id = transaction.last_insert_rowid();
    // A lock that has ended starts a new count; the count for good goes on.
    transaction.execute(
        "INSERT INTO order_lock(order_key, wrong_ever, wrong_lately, locked_until)
         VALUES(?1, 1, 1, 0) ON CONFLICT(order_key) DO UPDATE SET
         wrong_ever = wrong_ever + 1,
         wrong_lately = CASE WHEN locked_until > 0 THEN 1 ELSE wrong_lately + 1 END,
         locked_until = 0",
        [&attempt.order_key],
    )?;
    transaction.execute(
        "UPDATE order_lock SET locked_until = ?2 WHERE order_key = ?1 AND wrong_lately >= ?3",
        params![attempt.order_key, attempt.at + limits.order_lock_seconds, limits.per_order],
    )?;
    Ok(OrderTryVerdict::Counted(id))
}
