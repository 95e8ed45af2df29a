//! Sentences with figures, compared across sources: the same words with other figures.

use std::collections::HashMap;

use super::figures::{Figures, figures, is_figure_word};
use crate::index::Index;
use crate::learn::likeness::Marks;
use crate::text;

/// Shared weight, both ways, from which two sentences speak of the same.
const SAME: f32 = 0.8;
/// A sentence that is wholly inside a longer one speaks of the same from this share of it on.
const WHOLE: f32 = 0.99;
const HALF: f32 = 0.6;
/// A word that only one side has may weigh this much of the heaviest at most.
const LIGHT: f32 = 0.7;
/// Fewer words than this say too little about what a figure belongs to.
const FEWEST_WORDS: usize = 3;
/// Terms by which partners of a sentence are looked for.
const RARE_TERMS: usize = 3;
/// A term in more sentences than this finds nothing in particular.
const MOST_PARTNERS: usize = 400;

/// One sentence with figures.
#[derive(Clone, Debug)]
pub(super) struct Statement {
    /// Which source it is from: only sentences of two sources can contradict each other.
    pub(super) place: String,
    /// The whole sentence, for people.
    pub(super) quote: String,
    terms: HashMap<String, f32>,
    figures: Figures,
    marks: Marks,
}

impl Statement {
    /// A sentence under its heading or question; `None` without a figure.
    pub(super) fn of(index: &Index, place: &str, context: &str, sentence: &str) -> Option<Self> {
        let figures = figures(sentence);
        if figures.is_empty() {
            return None;
        }
        let whole = format!("{context} {sentence}");
        let language = index.question_language(&whole).to_owned();
        let words: Vec<String> = text::normalise(&whole)
            .to_lowercase()
            .split(|c: char| !c.is_alphanumeric() && c != '\'')
            .filter(|word| !word.is_empty() && !is_figure_word(word))
            .map(str::to_owned)
            .collect();
        let terms: HashMap<String, f32> = text::content_terms_in(&words.join(" "), &language)
            .into_iter()
            .map(|term| {
                let weight = index.idf(&term);
                (term, weight)
            })
            .collect();
        if terms.len() < FEWEST_WORDS {
            return None;
        }
        let mut marks = Marks::of(&whole);
        marks.numbers.clear();
        Some(Self { place: place.to_owned(), quote: sentence.to_owned(), terms, figures, marks })
    }

    /// Whether another sentence says the same of the same thing with other figures.
    fn contradicts(&self, other: &Self) -> bool {
        if self.place == other.place
            || self.marks.is_negated != other.marks.is_negated
            || !self.marks.dates().eq(other.marks.dates())
            || self.marks.differ(&other.marks)
            || self.figures.len() != other.figures.len()
        {
            return false;
        }
        // Every measure must be on both sides, and one of them with values that never meet.
        let same_measures = self.figures.keys().eq(other.figures.keys());
        let apart = self.figures.iter().any(|(measure, values)| {
            other
                .figures
                .get(measure)
                .is_some_and(|others| values.len() == others.len() && values.is_disjoint(others))
        });
        same_measures && apart && self.speaks_of_the_same(other)
    }

    fn speaks_of_the_same(&self, other: &Self) -> bool {
        let heaviest = self
            .terms
            .values()
            .chain(other.terms.values())
            .fold(0.0, |most: f32, one| most.max(*one));
        let share = |one: &Self, two: &Self| {
            let whole: f32 = one.terms.values().sum();
            let own = one.terms.iter().filter(|(term, _)| !two.terms.contains_key(*term));
            let (sum, most) = own
                .fold((0.0, 0.0_f32), |(sum, most), (_, weight)| (sum + weight, most.max(*weight)));
            (1.0 - sum / whole.max(f32::EPSILON), most)
        };
        let (there, own) = share(self, other);
        let (back, others) = share(other, self);
        let is_inside = there.max(back) >= WHOLE && there.min(back) >= HALF;
        (there.min(back) >= SAME || is_inside)
            && own.min(others) <= LIGHT * heaviest
            && own.max(others) < heaviest
    }
}

/// Pairs of sentences that contradict each other, each pair of quotes once.
pub(super) fn contradictions(statements: &[Statement]) -> Vec<(usize, usize)> {
    let mut with: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, statement) in statements.iter().enumerate() {
        for term in statement.terms.keys() {
            with.entry(term).or_default().push(at);
        }
    }
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (at, statement) in statements.iter().enumerate() {
        let mut terms: Vec<(&String, &f32)> = statement.terms.iter().collect();
        terms.sort_by(|a, b| b.1.total_cmp(a.1).then(a.0.cmp(b.0)));
        let mut partners: Vec<usize> = terms
            .iter()
            .take(RARE_TERMS)
            .filter_map(|(term, _)| with.get(term.as_str()))
            .filter(|partners| partners.len() <= MOST_PARTNERS)
            .flatten()
            .copied()
            .filter(|other| *other > at)
            .collect();
        partners.sort_unstable();
        partners.dedup();
        for other in partners {
            let is_told = |pair: &(usize, usize)| {
                statements[pair.0].quote == statement.quote
                    && statements[pair.1].quote == statements[other].quote
            };
            if statement.contradicts(&statements[other]) && !pairs.iter().any(is_told) {
                pairs.push((at, other));
            }
        }
    }
    pairs
}
