//! One try to open an order: counted, looked up, compared, answered. The answer for a number that
//! does not exist and for a wrong proof is the same, byte for byte, and takes as long.

use std::time::Instant;

use store::{OrderTry, OrderTryVerdict};

use super::{Live, Orders, Source};
use crate::OrdersError;
use crate::as_of::date_and_time;
use crate::card::{Card, ShownField, ShownValues, clean_number};
use crate::foreign;
use crate::number::OrderKey;
use crate::proof::Proofs;
use crate::sentences::{Sentences, sentences};

/// One try.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attempt {
    /// The order number as it was typed.
    pub number: String,
    /// The proof as it was typed.
    pub proof: String,
    /// Tells one visit from another.
    pub session: String,
    /// Tells one screen or address from another.
    pub device: String,
    /// BCP 47 language of the visitor.
    pub language: String,
}

/// What came of a try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The order is shown.
    Found,
    /// No such order, or not its proof.
    Refused,
    /// Tried too often.
    Locked,
}

/// What the visitor gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// What came of it.
    pub outcome: Outcome,
    /// The order, where it was found.
    pub card: Option<Card>,
    /// A sentence for the visitor.
    pub message: String,
    /// Whether a person should be offered.
    pub offers_person: bool,
}

/// One order that was looked up.
#[derive(Clone, Default)]
pub(super) struct LookedUp {
    pub(super) proofs: Proofs,
    pub(super) shown: ShownValues,
    as_of: i64,
    /// Which live source it is from.
    source: usize,
}

impl LookedUp {
    pub(super) fn of(proofs: Proofs, shown: ShownValues) -> Self {
        Self { proofs, shown, ..Self::default() }
    }
}

impl Orders {
    /// Lets a visitor try to see an order. Every answer takes a whole number of paces.
    ///
    /// Fails only when the store fails.
    pub fn verify(&self, attempt: &Attempt) -> Result<Shown, OrdersError> {
        let began = Instant::now();
        let shown = self.answer(attempt);
        let pace = self.rules.pace.as_nanos();
        if pace > 0 {
            let rest = pace - began.elapsed().as_nanos() % pace;
            std::thread::sleep(std::time::Duration::from_nanos(rest as u64));
        }
        shown
    }

    fn answer(&self, attempt: &Attempt) -> Result<Shown, OrdersError> {
        let said = sentences(&attempt.language);
        let live = self.live();
        let now = (self.wall)();
        if live.sources.is_empty() {
            return Ok(refused(said.unavailable, true));
        }
        if live.sources.iter().all(|source| source.is_stale(now)) {
            return Ok(refused(said.stale, true));
        }
        let counted = self.store.count_order_try(self.hashed(attempt), self.rules.limits)?;
        let OrderTryVerdict::Counted(id) = counted else {
            return Ok(Shown {
                outcome: Outcome::Locked,
                card: None,
                message: said.locked.to_owned(),
                offers_person: true,
            });
        };
        match self.open_order(&live, attempt, now) {
            Ok(Some(found)) => {
                self.store.settle_order_try(id, true)?;
                let source = &live.sources[found.source];
                Ok(show(said, attempt, &found, source, now))
            }
            Ok(None) => Ok(refused(said.refused, false)),
            Err(error @ OrdersError::NoAnswer { .. }) => {
                tracing::warn!(%error, "orders could not be looked up");
                self.store.settle_order_try(id, false)?;
                Ok(refused(said.unavailable, true))
            }
            Err(error) => Err(error),
        }
    }

    fn hashed(&self, attempt: &Attempt) -> OrderTry {
        let who = |purpose: &str, name: &str| self.live().seal.hash(purpose, &[name]).to_vec();
        OrderTry {
            session: who("order session", &attempt.session),
            device: who("order device", &attempt.device),
            order_key: self.lock_of(&attempt.number).to_vec(),
            at: self.clock.now(),
        }
    }

    fn open_order(
        &self,
        live: &Live,
        attempt: &Attempt,
        now: i64,
    ) -> Result<Option<LookedUp>, OrdersError> {
        // What cannot be a number is looked up too, as a number that no shop has.
        let key = OrderKey::read(&attempt.number);
        let key = key.or_else(|| OrderKey::read("0")).expect("a digit is a number");
        let mut opened = None;
        for (at, source) in live.sources.iter().enumerate() {
            if source.is_stale(now) {
                continue;
            }
            let rows = self.rows_of(source, &key)?;
            let as_of = if source.place.is_read_when_asked() { now } else { source.as_of };
            // Every source is compared, whatever the ones before it held; the newest one tells.
            if let Some(found) = self.choose(rows, &key, &attempt.proof) {
                opened = Some(LookedUp { as_of, source: at, ..found });
            }
        }
        Ok(opened)
    }

    /// The rows of a number in one source, at most two.
    pub(super) fn rows_of(
        &self,
        source: &Source,
        key: &OrderKey,
    ) -> Result<Vec<LookedUp>, OrdersError> {
        if source.place.is_read_when_asked() {
            let columns: Vec<&str> =
                source.mapping.columns().into_iter().map(|(name, _)| name).collect();
            let table = foreign::find(&source.place, &columns, source.masks.spellings(key))?;
            let rows = source.mapping.orders(&table)?;
            let has_exact = rows.iter().any(|row| row.key.full() == key.full());
            let is_meant = |found: &OrderKey| match has_exact {
                true => found.full() == key.full(),
                false => found.short() == key.short(),
            };
            let meant = rows.into_iter().filter(|row| is_meant(&row.key));
            return Ok(meant
                .map(|row| {
                    LookedUp::of(Proofs::of(&self.live().seal, &row.key, &row.proofs), row.shown)
                })
                .collect());
        }
        let (full, short) = self.keys_of(key);
        let rows = self.store.order_rows(source.id, &full, &short)?;
        Ok(rows
            .into_iter()
            .map(|row| {
                LookedUp::of(Proofs::from_bytes(row.proofs), ShownValues::from_text(&row.shown))
            })
            .collect())
    }

    /// The hashes that an imported order is kept under.
    pub(super) fn keys_of(&self, key: &OrderKey) -> (Vec<u8>, Vec<u8>) {
        let hash = |purpose: &str, text: &str| self.live().seal.hash(purpose, &[text]).to_vec();
        (hash("order number", key.full()), hash("order short number", key.short()))
    }

    /// The one order of a source that this text proves. Two rows are none: nobody could say whose
    /// it is.
    pub(super) fn choose(
        &self,
        found: Vec<LookedUp>,
        key: &OrderKey,
        proof: &str,
    ) -> Option<LookedUp> {
        let nothing = LookedUp::default();
        let only = match found.as_slice() {
            [only] => only,
            _ => &nothing,
        };
        only.proofs.hold(&self.live().seal, key, proof).then(|| only.clone())
    }
}

fn refused(message: &str, offers_person: bool) -> Shown {
    Shown { outcome: Outcome::Refused, card: None, message: message.to_owned(), offers_person }
}

fn show(said: &Sentences, attempt: &Attempt, found: &LookedUp, source: &Source, now: i64) -> Shown {
    let status = said.status(found.shown.get(ShownField::Status), &source.own_sentences);
    let as_of = found.as_of.min(now);
    let message = format!("{status} ({} {})", said.as_of, words_of(&date_and_time(as_of)));
    let card =
        Card { number: clean_number(&attempt.number), status, values: found.shown.clone(), as_of };
    Shown { outcome: Outcome::Found, card: Some(card), message, offers_person: false }
}

/// `2026-11-22 14:05 UTC`, for people.
fn words_of(moment: &str) -> String {
    let minutes = moment.get(..16).unwrap_or(moment);
    format!("{} UTC", minutes.replace('T', " "))
}
