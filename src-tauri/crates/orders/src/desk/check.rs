//! The check before a source goes live: real orders are found, wrong proofs fail.

use super::activate::Prepared;
use super::verify::LookedUp;
use super::{Orders, Source};
use crate::OrdersError;
use crate::mapping::PlainOrder;
use crate::number::OrderKey;
use crate::proof::{ProofKind, normalise};

/// Orders of the table that are tried.
const TRIED: usize = 3;
/// Proofs that belong to nobody, one of each kind.
const NOBODYS: [&str; 4] = ["nobody@frontdesk.invalid", "QQ0 0QQ", "555 000 0000", "Qxzzyq"];

impl Orders {
    /// Tries some orders of the table, and the one that staff named.
    pub(super) fn check(
        &self,
        source: &Source,
        plain: &[PlainOrder],
        prepared: &Prepared,
        example: Option<&(String, String)>,
    ) -> Result<(), OrdersError> {
        let is_clear =
            |order: &&PlainOrder| prepared.get(&order.key).is_some_and(|rows| rows.len() == 1);
        let mut tried = 0;
        for order in plain.iter().filter(is_clear).take(TRIED) {
            let right = order.proofs.iter().find(|(kind, value)| normalise(*kind, value).is_some());
            if let Some((kind, value)) = right {
                self.try_one(source, prepared, &order.number, value, Some(*kind))?;
                tried += 1;
            }
        }
        if let Some((number, proof)) = example {
            self.try_one(source, prepared, number, proof, None)?;
        }
        if tried == 0 { Err(OrdersError::NoOrders) } else { Ok(()) }
    }

    fn try_one(
        &self,
        source: &Source,
        prepared: &Prepared,
        number: &str,
        proof: &str,
        kind: Option<ProofKind>,
    ) -> Result<(), OrdersError> {
        let failed = |reason: &str| OrdersError::CheckFailed { reason: reason.to_owned() };
        let key =
            OrderKey::read(number).ok_or_else(|| failed("the example has no order number"))?;
        let rows = if source.place.is_read_when_asked() {
            self.rows_of(source, &key)?
        } else {
            meant(prepared, &key)
        };
        let whose = if kind.is_some() { "an order of the table" } else { "the order you named" };
        if self.choose(rows.clone(), &key, proof).is_none() {
            return Err(failed(&format!("{whose} was not found with its own proof")));
        }
        let wrong = NOBODYS.iter().any(|wrong| self.choose(rows.clone(), &key, wrong).is_some());
        let other = OrderKey::read(&format!("{}0", key.full()));
        let elsewhere = other.is_some_and(|other| self.choose(rows, &other, proof).is_some());
        if wrong || elsewhere {
            return Err(failed(&format!("{whose} was shown for a wrong proof")));
        }
        Ok(())
    }
}

/// What the store would give for a number, before it has it.
fn meant(prepared: &Prepared, key: &OrderKey) -> Vec<LookedUp> {
    let exact = prepared.get(key).cloned();
    exact.unwrap_or_else(|| {
        let near = prepared.iter().filter(|(known, _)| known.short() == key.short());
        near.flat_map(|(_, rows)| rows.clone()).collect()
    })
}
