//! What order numbers of this shop look like, learned from the column itself. Pure.
//!
//! A number is cut into runs of letters and of digits. Numbers with the same sequence of runs
//! share a mask; it keeps the lengths that occur, and the letters where there are few of them.

use std::collections::{BTreeMap, BTreeSet};

use crate::number::OrderKey;

/// A shape that fewer of a hundred numbers have is a slip of the pen.
const RARE_PERCENT: usize = 2;
/// With more different beginnings than this, any letters will do.
const FEW_WORDS: usize = 6;
/// Digits that stand for themselves: fewer of them alone could be anything.
pub(crate) const TELLING_DIGITS: usize = 6;

/// The shapes of a shop's order numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Masks(Vec<Vec<Run>>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Run {
    is_digits: bool,
    shortest: usize,
    longest: usize,
    /// The letters themselves, where there are few; empty where any will do, and for digits.
    words: BTreeSet<String>,
}

impl Masks {
    /// Learns from the values of the order column.
    pub fn learn<'a>(numbers: impl Iterator<Item = &'a str>) -> Self {
        let mut shapes: BTreeMap<Vec<bool>, (usize, Vec<Run>)> = BTreeMap::new();
        let mut total = 0;
        for key in numbers.filter_map(OrderKey::read) {
            total += 1;
            let runs = cut(key.full());
            let shape = runs.iter().map(|(is_digits, _)| *is_digits).collect();
            let (count, known) = shapes.entry(shape).or_default();
            *count += 1;
            if known.is_empty() {
                *known = runs.iter().map(|(is_digits, run)| Run::of(*is_digits, run)).collect();
            } else {
                known.iter_mut().zip(&runs).for_each(|(known, (_, run))| known.widen(run));
            }
        }
        let usual = |count: usize| count * 100 >= total * RARE_PERCENT;
        let kept = shapes.into_values().filter(|(count, _)| usual(*count));
        Self(kept.map(|(_, runs)| runs.into_iter().map(Run::settled).collect()).collect())
    }

    /// These shapes and those of another source.
    pub fn and(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a number looks like one of this shop.
    pub fn fit(&self, key: &OrderKey) -> bool {
        let runs = cut(key.full());
        self.0.iter().any(|mask| fits(mask, &runs))
    }

    /// Whether it looks like one so clearly that no word about orders is needed beside it.
    pub(crate) fn tell(&self, key: &OrderKey) -> bool {
        let runs = cut(key.full());
        let digits: usize = runs.iter().filter(|run| run.0).map(|run| run.1.len()).sum();
        let told = |mask: &Vec<Run>| {
            digits >= TELLING_DIGITS || mask.iter().any(|run| !run.words.is_empty() && digits >= 3)
        };
        self.0.iter().any(|mask| fits(mask, &runs) && told(mask))
    }

    /// The ways in which the shop may have written this number: as it is, and with the letters or
    /// zeros that people leave out.
    pub(crate) fn spellings(&self, key: &OrderKey) -> Vec<String> {
        let mut found = vec![key.full().to_owned(), key.short().to_owned()];
        let digits = key.short();
        for mask in &self.0 {
            match mask.as_slice() {
                [only] if only.is_digits && only.shortest == only.longest => {
                    found.push(format!("{digits:0>width$}", width = only.longest));
                }
                [word, rest] if word.words.len() == 1 && rest.is_digits => {
                    let word = word.words.first().map_or("", String::as_str);
                    found.push(format!("{word}{digits:0>width$}", width = rest.shortest));
                }
                _ => {}
            }
        }
        let mut seen = BTreeSet::new();
        found.retain(|spelling| seen.insert(spelling.clone()));
        found
    }

    /// As one line, for keeping.
    pub fn to_text(&self) -> String {
        let mask = |runs: &Vec<Run>| runs.iter().map(Run::to_text).collect::<Vec<_>>().join(" ");
        self.0.iter().map(mask).collect::<Vec<_>>().join(";")
    }

    /// Reads what [`Masks::to_text`] wrote; parts that make no sense are left out.
    pub fn from_text(text: &str) -> Self {
        let mask = |part: &str| part.split(' ').map(Run::from_text).collect::<Option<Vec<_>>>();
        Self(text.split(';').filter(|part| !part.is_empty()).filter_map(mask).collect())
    }
}

impl Run {
    fn of(is_digits: bool, run: &str) -> Self {
        let length = run.chars().count();
        let words = if is_digits { BTreeSet::new() } else { BTreeSet::from([run.to_owned()]) };
        Self { is_digits, shortest: length, longest: length, words }
    }

    fn widen(&mut self, run: &str) {
        let length = run.chars().count();
        self.shortest = self.shortest.min(length);
        self.longest = self.longest.max(length);
        // One more than few is enough to know that there are many.
        if !self.is_digits && self.words.len() <= FEW_WORDS {
            self.words.insert(run.to_owned());
        }
    }

    fn settled(mut self) -> Self {
        if self.words.len() > FEW_WORDS {
            self.words.clear();
        }
        self
    }

    fn to_text(&self) -> String {
        let kind = if self.is_digits { 'd' } else { 'l' };
        let words: Vec<&str> = self.words.iter().map(String::as_str).collect();
        format!("{kind}:{}:{}:{}", self.shortest, self.longest, words.join(","))
    }

    fn from_text(text: &str) -> Option<Self> {
        let mut parts = text.split(':');
        let is_digits = parts.next()? == "d";
        let shortest = parts.next()?.parse().ok()?;
        let longest = parts.next()?.parse().ok()?;
        let words = parts.next()?.split(',').filter(|word| !word.is_empty());
        Some(Self { is_digits, shortest, longest, words: words.map(String::from).collect() })
    }
}

fn fits(mask: &[Run], runs: &[(bool, String)]) -> bool {
    mask.len() == runs.len()
        && mask.iter().zip(runs).all(|(mask, (is_digits, run))| {
            let length = run.chars().count();
            mask.is_digits == *is_digits
                && (mask.shortest..=mask.longest).contains(&length)
                && (mask.words.is_empty() || mask.words.contains(run))
        })
}

/// Runs of digits and of letters, in order.
fn cut(full: &str) -> Vec<(bool, String)> {
    let mut runs: Vec<(bool, String)> = Vec::new();
    for character in full.chars() {
        let is_digit = character.is_ascii_digit();
        match runs.last_mut() {
            Some((kind, run)) if *kind == is_digit => run.push(character),
            _ => runs.push((is_digit, character.to_string())),
        }
    }
    runs
}

#[cfg(test)]
mod tests;
