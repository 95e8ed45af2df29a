//! Which column holds what. A person writes or confirms it; [`propose`] makes the first draft.

mod headers;
mod preview;
mod profile;

use crate::OrdersError;
use crate::card::{SHOWN_FIELDS, ShownField, ShownValues};
use crate::mask::Masks;
use crate::number::OrderKey;
use crate::proof::ProofKind;
use crate::table::Table;

use headers::score_header;
use profile::Profile;

/// Rows that are looked at.
const SAMPLE: usize = 200;
/// From this score on a column is proposed.
const LIKELY: f32 = 0.5;
/// From this score on both its name and its values agree.
const SURE: f32 = 0.8;
/// Different codes that are told to the person who confirms.
const MOST_CODES: usize = 40;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// The order's number.
    Number,
    /// Something only the customer knows.
    Proof(ProofKind),
    /// Something that may be shown to the customer.
    Shown(ShownField),
}

/// Names of the fields in a written mapping, the usual one first.
const NAMES: &[(Field, &str)] = &[
    (Field::Number, "number"),
    (Field::Proof(ProofKind::Email), "email"),
    (Field::Proof(ProofKind::Postcode), "postcode"),
    (Field::Proof(ProofKind::PhoneEnd), "phone"),
    (Field::Proof(ProofKind::LastName), "last_name"),
];

impl Field {
    /// Every field.
    pub fn all() -> impl Iterator<Item = Self> {
        let named = NAMES.iter().map(|(field, _)| *field);
        named.chain(SHOWN_FIELDS.iter().map(|(field, _)| Self::Shown(*field)))
    }

    /// Its name in a written mapping.
    pub fn name(self) -> &'static str {
        match self {
            Self::Shown(field) => crate::card::name_of(field),
            other => NAMES.iter().find(|(field, _)| *field == other).map_or("", |(_, name)| name),
        }
    }

    /// The field of a name, in any usual spelling.
    pub fn named(text: &str) -> Option<Self> {
        Self::all().find(|field| field.name() == text).or_else(|| {
            let best = Self::all().map(|field| (score_header(text, field), field));
            let best = best.max_by(|left, right| left.0.total_cmp(&right.0))?;
            (best.0 >= 1.0).then_some(best.1)
        })
    }
}

/// Which column holds what, confirmed by a person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mapping(Vec<(String, Field)>);

impl Mapping {
    /// A mapping of columns to fields; it needs a number, a proof and something to show.
    pub fn of(columns: Vec<(String, Field)>) -> Result<Self, OrdersError> {
        let has =
            |wanted: fn(&Field) -> bool| columns.iter().filter(|(_, field)| wanted(field)).count();
        let missing = if has(|field| *field == Field::Number) != 1 {
            Some("one column with the order number")
        } else if has(|field| matches!(field, Field::Proof(_))) == 0 {
            Some("a column with an e-mail address, postcode, telephone or last name")
        } else if has(|field| matches!(field, Field::Shown(_))) == 0 {
            Some("a column to show, such as the status")
        } else {
            None
        };
        match missing {
            Some(missing) => Err(OrdersError::IncompleteMapping { missing }),
            None => Ok(Self(columns)),
        }
    }

    /// Reads `column=field` pairs.
    pub fn read(pairs: &[String]) -> Result<Self, OrdersError> {
        let read = |pair: &String| {
            let unclear = || OrdersError::UnclearMapping { pair: pair.clone() };
            let (column, name) = pair.rsplit_once('=').ok_or_else(unclear)?;
            let field = Field::named(name.trim()).ok_or_else(unclear)?;
            Ok((column.trim().to_owned(), field))
        };
        Self::of(pairs.iter().map(read).collect::<Result<_, OrdersError>>()?)
    }

    /// As [`Mapping::read`] takes it.
    pub fn to_pairs(&self) -> Vec<String> {
        self.0.iter().map(|(column, field)| format!("{column}={}", field.name())).collect()
    }

    /// The columns in a fixed order: the number first.
    pub(crate) fn columns(&self) -> Vec<(&str, Field)> {
        let mut columns: Vec<_> =
            self.0.iter().map(|(name, field)| (name.as_str(), *field)).collect();
        columns.sort_by_key(|(_, field)| *field);
        columns
    }

    /// The mapping with the names of the columns as a catalogue spells them.
    pub(crate) fn spelled_by(&self, catalogue: &[String]) -> Result<Self, OrdersError> {
        let spell = |(column, field): &(String, Field)| {
            let exact = catalogue.iter().find(|known| *known == column);
            let loose = || catalogue.iter().find(|known| known.eq_ignore_ascii_case(column));
            let known = exact.or_else(loose).ok_or_else(|| OrdersError::NoSuchColumn {
                column: column.clone(),
                known: catalogue.join(", "),
            })?;
            Ok((known.clone(), *field))
        };
        Self::of(self.0.iter().map(spell).collect::<Result<_, OrdersError>>()?)
    }

    /// The rows of a table as orders; a row without a number is left out.
    pub(crate) fn orders(&self, table: &Table) -> Result<Vec<PlainOrder>, OrdersError> {
        let spelled = self.spelled_by(&table.header)?;
        let columns: Vec<(usize, Field)> = spelled
            .columns()
            .into_iter()
            .filter_map(|(name, field)| {
                Some((table.header.iter().position(|known| known == name)?, field))
            })
            .collect();
        Ok(table.rows.iter().filter_map(|row| order(row, &columns)).collect())
    }
}

/// One order in clear, for as long as it takes to hash it.
pub(crate) struct PlainOrder {
    pub(crate) number: String,
    pub(crate) key: OrderKey,
    pub(crate) proofs: Vec<(ProofKind, String)>,
    pub(crate) shown: ShownValues,
}

/// One row read by its mapping.
pub(crate) fn order(row: &[String], columns: &[(usize, Field)]) -> Option<PlainOrder> {
    let mut number = None;
    let (mut proofs, mut shown) = (Vec::new(), Vec::new());
    for (at, field) in columns {
        let value = row.get(*at).cloned().unwrap_or_default();
        match field {
            Field::Number => number = Some(value),
            Field::Proof(kind) => proofs.push((*kind, value)),
            Field::Shown(field) => shown.push((*field, value)),
        }
    }
    let number = number?;
    Some(PlainOrder {
        key: OrderKey::read(&number)?,
        number,
        proofs,
        shown: ShownValues::of(shown),
    })
}

/// A draft for a person to confirm.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// Every column with what it seems to hold.
    pub columns: Vec<ProposedColumn>,
    /// Rows of the table, or of the sample where it is read when asked.
    pub rows: usize,
    /// Codes in the column that seems to hold the status.
    pub codes: Vec<String>,
    /// Whether names and values agree for everything that is needed.
    pub is_sure: bool,
    /// The first rows, covered so far that nobody is named.
    pub preview: Vec<Vec<String>>,
}

/// One column of a draft.
#[derive(Clone, Debug, PartialEq)]
pub struct ProposedColumn {
    /// Its name.
    pub name: String,
    /// What it seems to hold; `None` for what is not needed and not kept.
    pub field: Option<Field>,
    /// How sure that is, from 0 to 1.
    pub score: f32,
}

impl Proposal {
    /// The draft as `column=field` pairs.
    pub fn pairs(&self) -> Vec<String> {
        let pair = |column: &ProposedColumn| {
            column.field.map(|field| format!("{}={}", column.name, field.name()))
        };
        self.columns.iter().filter_map(pair).collect()
    }
}

/// Looks at names and values and drafts a mapping; the best pairs are given away first.
pub fn propose(table: &Table) -> Proposal {
    let profiles: Vec<Profile> = (0..table.header.len())
        .map(|at| Profile::of(table.rows.iter().take(SAMPLE).map(|row| row[at].as_str())))
        .collect();
    let mut scores: Vec<(f32, usize, Field)> = Vec::new();
    for (at, name) in table.header.iter().enumerate() {
        for field in Field::all() {
            let score = profiles[at].weigh(field, score_header(name, field));
            if score >= LIKELY {
                scores.push((score, at, field));
            }
        }
    }
    scores.sort_by(|left, right| right.0.total_cmp(&left.0).then(left.1.cmp(&right.1)));
    let mut columns: Vec<ProposedColumn> = table
        .header
        .iter()
        .map(|name| ProposedColumn { name: name.clone(), field: None, score: 0.0 })
        .collect();
    for (score, at, field) in scores {
        let is_given = columns.iter().any(|column| column.field == Some(field));
        if columns[at].field.is_none() && !is_given {
            columns[at] = ProposedColumn { field: Some(field), score, ..columns[at].clone() };
        }
    }
    let best = |wanted: fn(&Field) -> bool| {
        let scores = columns.iter().filter(|column| column.field.as_ref().is_some_and(wanted));
        scores.map(|column| column.score).fold(0.0, f32::max)
    };
    let is_sure = best(|field| *field == Field::Number) >= SURE
        && best(|field| matches!(field, Field::Proof(_))) >= SURE
        && best(|field| matches!(field, Field::Shown(_))) >= SURE;
    let codes = codes(table, &columns);
    let preview = preview::preview(table, &columns);
    Proposal { columns, rows: table.rows.len(), codes, is_sure, preview }
}

fn codes(table: &Table, columns: &[ProposedColumn]) -> Vec<String> {
    let status = Some(Field::Shown(ShownField::Status));
    let Some(at) = columns.iter().position(|column| column.field == status) else {
        return Vec::new();
    };
    let mut codes: Vec<String> = table.rows.iter().map(|row| row[at].trim().to_owned()).collect();
    codes.sort();
    codes.dedup();
    codes.retain(|code| !code.is_empty());
    codes.truncate(MOST_CODES);
    codes
}

/// What the numbers of these orders look like.
pub(crate) fn masks_of(orders: &[PlainOrder]) -> Masks {
    Masks::learn(orders.iter().map(|order| order.number.as_str()))
}

#[cfg(test)]
mod tests;
