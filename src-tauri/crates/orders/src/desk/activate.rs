//! Setting up a source of orders: read, map, hash, check, and only then go live.

use std::collections::BTreeMap;

use store::{NewOrderSource, OrderRow};

use super::verify::LookedUp;
use super::{Orders, Source};
use crate::mapping::{Mapping, PlainOrder, Proposal, masks_of, propose};
use crate::number::OrderKey;
use crate::place::Place;
use crate::proof::Proofs;
use crate::sentences::{read_own, sentences};
use crate::table::Table;
use crate::{OrdersError, foreign};

/// Rows of one number that are kept: the second one says that it is ambiguous.
const KEPT_ROWS: usize = 2;

/// A source to set up.
#[derive(Clone)]
pub struct Activate {
    /// Where the orders come from.
    pub place: Place,
    /// The rows of a file that somebody else has read; without them a file is read as CSV.
    pub table: Option<Table>,
    /// What a person confirmed. Without it the mapping of the last time is taken, or a draft
    /// that leaves no doubt.
    pub mapping: Option<Mapping>,
    /// What the shop says for its codes, as `code=sentence` lines.
    pub sentences: String,
    /// Hours after which imported orders are too old to be shown; 0 for never.
    pub max_age_hours: u32,
    /// A number and its proof that must be found before the source goes live.
    pub example: Option<(String, String)>,
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Activated {
    /// The source's number.
    pub id: i64,
    /// Orders that can be shown; 0 where they are read when asked.
    pub orders: usize,
    /// The mapping that is live, as `column=field`.
    pub mapping: Vec<String>,
    /// What staff should know.
    pub warnings: Vec<String>,
}

/// A number with its rows: what is kept, and what is checked first.
pub(super) type Prepared = BTreeMap<OrderKey, Vec<LookedUp>>;

impl Orders {
    /// Drafts a mapping for a place; nothing is kept.
    pub fn propose(&self, place: &Place, table: Option<Table>) -> Result<Proposal, OrdersError> {
        Ok(propose(&read(place, table)?))
    }

    /// Sets a source up, or sets it up again with newer rows.
    ///
    /// Before anything is kept, real orders must be found and wrong proofs must fail. When any of
    /// it fails, what was live stays live.
    pub fn activate(&self, request: Activate) -> Result<Activated, OrdersError> {
        let Activate { place, table, mapping, sentences: own, max_age_hours, example } = request;
        let table = read(&place, table)?;
        let known = self.store.order_source_of(&place.to_string())?;
        let known = known.map(Source::of).transpose()?;
        let mapping = match (mapping, &known) {
            (Some(mapping), _) => mapping,
            (None, Some(known)) => known.mapping.clone(),
            (None, None) => draft(&table)?,
        };
        let mapping = mapping.spelled_by(&table.header)?;
        let plain = mapping.orders(&table)?;
        let masks = masks_of(&plain);
        let (prepared, mut warnings) = self.prepare(&plain);
        let own = match known {
            Some(known) if own.is_empty() => written(&known.own_sentences),
            _ => own,
        };
        warnings.extend(self.unknown_codes(&plain, &own));
        if place.crosses_the_network() {
            warnings.push("what is asked of this server crosses the network unencrypted".into());
        }
        let source = Source {
            id: 0,
            place,
            mapping,
            own_sentences: read_own(&own),
            masks,
            orders: 0,
            max_age_hours: i64::from(max_age_hours),
            as_of: (self.wall)(),
        };
        self.check(&source, &plain, &prepared, example.as_ref())?;
        let rows =
            if source.place.is_read_when_asked() { Vec::new() } else { self.rows(&prepared) };
        let orders = prepared.values().filter(|rows| rows.len() == 1).count();
        let orders = if source.place.is_read_when_asked() { 0 } else { orders };
        let id = self.store.replace_orders(kept(&source, &own), rows)?;
        self.refresh()?;
        Ok(Activated { id, orders, mapping: source.mapping.to_pairs(), warnings })
    }

    /// Hashes the rows and puts those of one order together.
    fn prepare(&self, plain: &[PlainOrder]) -> (Prepared, Vec<String>) {
        let mut prepared = Prepared::new();
        let mut unproven = 0;
        for order in plain {
            let proofs = Proofs::of(&self.live().seal, &order.key, &order.proofs);
            if proofs.is_empty() {
                unproven += 1;
                continue;
            }
            let rows = prepared.entry(order.key.clone()).or_default();
            let same =
                rows.iter().position(|row| row.proofs == proofs && row.shown.agrees(&order.shown));
            match same {
                // A line for each item of one order is how many shops export.
                Some(at) => rows[at].shown.add_items(&order.shown),
                None if rows.len() < KEPT_ROWS => {
                    rows.push(LookedUp::of(proofs, order.shown.clone()));
                }
                None => {}
            }
        }
        let ambiguous = prepared.values().filter(|rows| rows.len() > 1).count();
        let mut warnings = Vec::new();
        if unproven > 0 {
            warnings
                .push(format!("{unproven} rows have nothing that proves them and are never shown"));
        }
        if ambiguous > 0 {
            warnings.push(format!(
                "{ambiguous} numbers stand for different orders and are never shown"
            ));
        }
        (prepared, warnings)
    }

    fn rows(&self, prepared: &Prepared) -> Vec<OrderRow> {
        let mut rows = Vec::new();
        for (key, found) in prepared {
            let (order_key, alias) = self.keys_of(key);
            rows.extend(found.iter().map(|row| OrderRow {
                order_key: order_key.clone(),
                alias: alias.clone(),
                proofs: row.proofs.as_bytes().to_vec(),
                shown: row.shown.to_text(),
            }));
        }
        // In the order of their hashes: the file tells nothing about the order of the numbers.
        rows.sort_by(|left, right| left.order_key.cmp(&right.order_key));
        rows
    }

    fn unknown_codes(&self, plain: &[PlainOrder], own: &str) -> Option<String> {
        let own = read_own(own);
        let mut unknown: Vec<&str> = plain
            .iter()
            .filter_map(|order| order.shown.get(crate::card::ShownField::Status))
            .filter(|code| sentences("en").status(Some(code), &own) == *code)
            .collect();
        unknown.sort_unstable();
        unknown.dedup();
        unknown.truncate(8);
        (!unknown.is_empty())
            .then(|| format!("shown as they stand, without a sentence: {}", unknown.join(", ")))
    }
}

fn read(place: &Place, table: Option<Table>) -> Result<Table, OrdersError> {
    match (table, place) {
        (Some(table), _) => Ok(table),
        (None, Place::File(path)) => Table::read_csv(path),
        (None, Place::Sqlite { .. } | Place::Postgres { .. } | Place::MySql { .. }) => {
            foreign::sample(place)
        }
    }
}

/// A draft that leaves no doubt, or the draft as an error to confirm.
fn draft(table: &Table) -> Result<Mapping, OrdersError> {
    let proposal = propose(table);
    match proposal.is_sure {
        true => Mapping::read(&proposal.pairs()),
        false => Err(OrdersError::UnsureMapping { draft: proposal.pairs().join(",") }),
    }
}

fn kept(source: &Source, own_sentences: &str) -> NewOrderSource {
    NewOrderSource {
        place: source.place.to_string(),
        kind: source.place.kind().to_owned(),
        connection: source.place.to_connection(),
        map: source.mapping.to_pairs().join("\n"),
        sentences: own_sentences.to_owned(),
        masks: source.masks.to_text(),
        max_age_hours: source.max_age_hours,
        as_of: source.as_of,
    }
}

fn written(own: &[(String, String)]) -> String {
    own.iter().map(|(code, sentence)| format!("{code}={sentence}")).collect::<Vec<_>>().join("\n")
}
