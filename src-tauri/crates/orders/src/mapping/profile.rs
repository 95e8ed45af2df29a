//! What the values of a column look like, and which field they could be. Pure.

use std::collections::HashSet;

use crate::card::ShownField;
use crate::mask::Masks;
use crate::number::OrderKey;
use crate::proof::{ProofKind, normalise};

use super::Field;

/// Different values that a status may have.
const MOST_CODES: usize = 25;
/// Different values of a hundred that a number must have.
const UNIQUE: f32 = 0.98;

/// Shares of a column's values, from 0 to 1.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Profile {
    filled: usize,
    distinct: usize,
    emails: f32,
    postcodes: f32,
    phones: f32,
    names: f32,
    dates: f32,
    keys: f32,
    /// Shares of the numbers that fit the few shapes most of them have.
    regular: f32,
    words: f32,
}

impl Profile {
    pub(super) fn of<'a>(values: impl Iterator<Item = &'a str>) -> Self {
        let values: Vec<&str> = values.map(str::trim).filter(|value| !value.is_empty()).collect();
        if values.is_empty() {
            return Self::default();
        }
        let share = |is: &dyn Fn(&str) -> bool| {
            values.iter().filter(|value| is(value)).count() as f32 / values.len() as f32
        };
        let masks = Masks::learn(values.iter().copied());
        let fits = |value: &str| OrderKey::read(value).is_some_and(|key| masks.fit(&key));
        let proof = |kind: ProofKind| move |value: &str| normalise(kind, value).is_some();
        Self {
            filled: values.len(),
            distinct: values.iter().collect::<HashSet<_>>().len(),
            emails: share(&proof(ProofKind::Email)),
            postcodes: share(&proof(ProofKind::Postcode)),
            phones: share(&|value| {
                let digits = value.chars().filter(char::is_ascii_digit).count();
                proof(ProofKind::PhoneEnd)(value)
                    && (digits == 4 || (7..=15).contains(&digits))
                    && !is_date(value)
            }),
            names: share(&proof(ProofKind::LastName)),
            dates: share(&is_date),
            keys: share(&|value| {
                OrderKey::read(value).is_some() && !value.contains('@') && !is_date(value)
            }),
            regular: share(&fits),
            words: share(&|value| value.chars().any(char::is_alphabetic) && !value.contains('@')),
        }
    }

    /// A name's score corrected by the values: what cannot be is 0, what agrees gains.
    pub(super) fn weigh(&self, field: Field, by_name: f32) -> f32 {
        let by_values = self.score(field);
        if by_values == 0.0 {
            return 0.0;
        }
        // Two hundred e-mail addresses need no name to be told.
        let alone = matches!(field, Field::Proof(ProofKind::Email));
        if by_name == 0.0 && !alone {
            return 0.0;
        }
        if alone && by_name == 0.0 { 0.7 * by_values } else { 0.6 * by_name + 0.4 * by_values }
    }

    fn score(&self, field: Field) -> f32 {
        let at_least = |share: f32, least: f32| if share >= least { share } else { 0.0 };
        let unique = self.distinct as f32 / self.filled.max(1) as f32;
        let few = self.distinct <= MOST_CODES && (unique <= 0.5 || self.filled < MOST_CODES);
        match field {
            // Several rows of one order are usual: half of the numbers may come again.
            Field::Number if self.keys >= 0.9 && unique >= 0.3 => {
                let sure = if unique >= UNIQUE { 1.0 } else { 0.6 };
                sure * self.regular
            }
            Field::Number => 0.0,
            Field::Proof(ProofKind::Email) => at_least(self.emails, 0.8),
            Field::Proof(ProofKind::Postcode) => at_least(self.postcodes, 0.8),
            Field::Proof(ProofKind::PhoneEnd) => at_least(self.phones, 0.8),
            Field::Proof(ProofKind::LastName) => at_least(self.names, 0.8),
            Field::Shown(ShownField::Status) => {
                if few {
                    1.0
                } else {
                    0.0
                }
            }
            Field::Shown(ShownField::Carrier) => {
                if few && self.words >= 0.5 {
                    1.0
                } else {
                    0.0
                }
            }
            Field::Shown(ShownField::Items) => at_least(self.words, 0.5),
            Field::Shown(
                ShownField::OrderedOn
                | ShownField::ShippedOn
                | ShownField::ExpectedOn
                | ShownField::DeliveredOn,
            ) => at_least(self.dates, 0.8),
        }
    }
}

/// Two signs between three numbers, perhaps with a time behind: 2026-11-22, 22.11.26, 11/22/2026.
fn is_date(value: &str) -> bool {
    let day = value.split([' ', 'T']).next().unwrap_or_default();
    let parts: Vec<&str> = day.trim_end_matches('.').split(['-', '/', '.']).collect();
    parts.len() == 3
        && parts.iter().all(|part| part.chars().all(|c| c.is_ascii_digit()))
        && parts.iter().all(|part| matches!(part.len(), 1 | 2 | 4))
}
