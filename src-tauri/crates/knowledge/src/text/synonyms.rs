//! Words that mean the same at a help desk: a table for each language, matched as search terms.
//!
//! A visitor says "voucher" where the shop writes "gift card". The tables are general, for shops,
//! museums, hotels, clinics and libraries alike; they know nothing of any one desk.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::terms;

/// Words that may stand between the words of a wording: "bring the wet tent back".
const GAP: usize = 3;

const TABLES: &[(&str, &str)] = &[("en", include_str!("synonyms/en.txt"))];

/// The groups of one language.
#[derive(Debug, Default)]
pub(crate) struct Synonyms {
    groups: Vec<Vec<Vec<String>>>,
    /// Where a term opens a wording: group and wording.
    openings: HashMap<String, Vec<(usize, usize)>>,
}

/// A wording found in a question.
#[derive(Debug)]
pub(crate) struct Found<'a> {
    /// The terms of the question that it is made of.
    pub(crate) terms: &'a [String],
    /// The other wordings of its group.
    pub(crate) others: Vec<&'a [String]>,
}

/// The synonyms of a language (ISO 639-1); none where there is no table.
pub(crate) fn synonyms(language: &str) -> Option<&'static Synonyms> {
    static READ: OnceLock<Vec<(&str, Synonyms)>> = OnceLock::new();
    let read = READ.get_or_init(|| {
        TABLES.iter().map(|(code, table)| (*code, Synonyms::read(table, code))).collect()
    });
    read.iter().find(|(code, _)| *code == language).map(|(_, synonyms)| synonyms)
}

impl Synonyms {
    fn read(table: &str, language: &str) -> Self {
        let mut read = Self::default();
        let lines = table.lines().map(str::trim);
        for line in lines.filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let mut wordings: Vec<Vec<String>> = Vec::new();
            for wording in line.split(',') {
                let terms = terms(wording, language);
                if !terms.is_empty() && !wordings.contains(&terms) {
                    wordings.push(terms);
                }
            }
            for (number, wording) in wordings.iter().enumerate() {
                let openings = read.openings.entry(wording[0].clone()).or_default();
                openings.push((read.groups.len(), number));
            }
            read.groups.push(wordings);
        }
        read
    }

    /// The wordings in a question, given as all its terms in their order.
    pub(crate) fn find(&self, spoken: &[String]) -> Vec<Found<'_>> {
        let mut found = Vec::new();
        for (at, term) in spoken.iter().enumerate() {
            for &(group, number) in self.openings.get(term).map_or(&[][..], Vec::as_slice) {
                let wording = &self.groups[group][number];
                if follows(&spoken[at + 1..], &wording[1..]) {
                    let others = self.groups[group].iter().enumerate();
                    let others = others.filter(|(other, _)| *other != number);
                    let others = others.map(|(_, wording)| wording.as_slice()).collect();
                    found.push(Found { terms: wording, others });
                }
            }
        }
        found
    }
}

/// Whether the wanted terms follow in their order, each at most [`GAP`] words after the last.
fn follows(spoken: &[String], wanted: &[String]) -> bool {
    let Some((first, rest)) = wanted.split_first() else { return true };
    let near = spoken.iter().take(GAP + 1).position(|term| term == first);
    near.is_some_and(|at| follows(&spoken[at + 1..], rest))
}

#[cfg(test)]
mod tests;
