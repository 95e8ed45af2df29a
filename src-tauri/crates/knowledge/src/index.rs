//! Everything searchable, in memory: which words are where, and the vectors side by side.
//!
//! At the size of a shop's knowledge a whole scan takes a few milliseconds, is exact, and needs no
//! tuning. A snapshot is never changed: a change makes the next one, which shares with it all
//! that stayed the same (`keeper` does, `segment` holds).

mod keeper;
mod segment;

use std::sync::Arc;

use engine::Embedder;

use crate::concept::{Concept, Wording};
use crate::knowledge::Calibration;
use crate::text;
use crate::vector::Coded;

pub(crate) use keeper::{Keeper, Totals};
pub(crate) use segment::Entry;
use segment::Segment;

const K1: f32 = 1.2;
const B: f32 = 0.75;

/// What makes vectors, and how their cosines are read.
#[derive(Clone, Default)]
pub(crate) struct Meaning {
    pub(crate) embedder: Option<Arc<dyn Embedder>>,
    pub(crate) calibration: Calibration,
}

impl Meaning {
    /// Names the vectors; empty without an embedder, which no vector is saved under.
    pub(crate) fn identity(&self) -> &str {
        self.embedder.as_deref().map_or("", Embedder::identity)
    }
}

/// A snapshot of everything visitors may find.
#[derive(Clone, Default)]
pub(crate) struct Index {
    /// The version of the knowledge it was made from.
    pub(crate) version: i64,
    /// The model its vectors are of: a question must be embedded by the same.
    pub(crate) meaning: Meaning,
    /// Mean number of terms of a sentence with its headings.
    pub(crate) mean_sentence_terms: f32,
    pub(crate) totals: Totals,
    segments: Vec<Segment>,
    width: usize,
}

impl Index {
    /// How many numbers entries have; some of them may stand for nothing any more.
    pub(crate) fn len(&self) -> usize {
        self.segments.iter().map(Segment::len).sum()
    }

    /// The entry of a number below [`Index::len`].
    pub(crate) fn entry(&self, number: usize) -> &Entry {
        let mut local = number;
        for segment in &self.segments {
            if local < segment.len() {
                return segment.entry(local);
            }
            local -= segment.len();
        }
        panic!("there is no entry {number}")
    }

    /// Every entry in the order of numbers.
    pub(crate) fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.segments.iter().flat_map(Segment::entries)
    }

    /// Each segment with the number of its first entry.
    fn numbered(&self) -> impl Iterator<Item = (usize, &Segment)> {
        self.segments.iter().scan(0, |next, segment| {
            let first = *next;
            *next += segment.len();
            Some((first, segment))
        })
    }

    /// Mean number of terms of texts, and of questions.
    fn mean_terms(&self) -> [f32; 2] {
        let mean = |terms: i64, count: i64| {
            if count == 0 { 1.0 } else { ((terms as f64 / count as f64) as f32).max(1.0) }
        };
        let totals = &self.totals;
        [mean(totals.text_terms, totals.texts), mean(totals.question_terms, totals.questions)]
    }

    /// Names the largest part and what it holds.
    #[cfg(test)]
    pub(crate) fn largest_segment(&self) -> Option<(usize, u32)> {
        self.segments.iter().map(|segment| (segment.len(), segment.id)).max()
    }

    #[cfg(test)]
    pub(crate) fn count_segments(&self) -> usize {
        self.segments.len()
    }

    /// How much a term tells. One that is nowhere tells most: the desk knows nothing of it.
    pub(crate) fn idf(&self, term: &str) -> f32 {
        self.idf_of(self.documents_with(term))
    }

    /// How much it tells that a text is one of `with` texts.
    pub(crate) fn idf_of(&self, with: u32) -> f32 {
        let all = (self.totals.section_pieces + self.totals.faqs) as f32;
        match with {
            0 => (1.0 + all).ln(),
            _ => {
                let with = (with as f32).min(all);
                (1.0 + (all - with + 0.5) / (with + 0.5)).ln()
            }
        }
    }

    /// How many documents hold a term.
    pub(crate) fn documents_with(&self, term: &str) -> u32 {
        self.segments.iter().map(|segment| segment.documents_with(term)).sum()
    }

    /// Every term that was ever known, in no order; some more than once, some in nothing now.
    pub(crate) fn known_terms(&self) -> impl Iterator<Item = &str> {
        self.segments.iter().flat_map(Segment::known_terms)
    }

    /// The desk's languages, the commonest first.
    pub(crate) fn languages(&self) -> Vec<&str> {
        let mut languages: Vec<(&str, i64)> =
            self.totals.languages.iter().map(|(code, count)| (&**code, *count)).collect();
        languages.sort_by_key(|(code, count)| (std::cmp::Reverse(*count), *code));
        languages.into_iter().map(|(code, _)| code).collect()
    }

    /// The vector of an entry, if it has one.
    pub(crate) fn vector_of(&self, number: usize) -> Option<Vec<f32>> {
        let (first, segment) = self
            .numbered()
            .find(|(first, segment)| (*first..first + segment.len()).contains(&number))?;
        Some(segment.vector(number - first, self.width)?.decoded())
    }

    /// The language a question is asked in, or else the desk's.
    pub(crate) fn question_language(&self, question: &str) -> &str {
        let guessed =
            text::language_of(question).filter(|guess| self.totals.languages.contains_key(*guess));
        guessed.or(self.languages().first().copied()).unwrap_or("en")
    }

    /// The terms of a question, each once, in their order.
    pub(crate) fn question_terms(&self, question: &str) -> Vec<String> {
        let mut terms = Vec::new();
        for term in text::content_terms_in(question, self.question_language(question)) {
            if !terms.contains(&term) {
                terms.push(term);
            }
        }
        terms
    }

    /// Entries that hold all the terms, in order, and how far the rarest of these goes there.
    pub(crate) fn entries_with(&self, terms: &[String]) -> Vec<(u32, f32)> {
        let Some((term, rest)) = terms.split_first() else { return Vec::new() };
        let mean_terms = self.mean_terms();
        let mut all = Vec::new();
        for (first, segment) in self.numbered() {
            let Some(postings) = segment.postings(term) else { continue };
            for (local, count) in postings {
                let fewest = rest.iter().try_fold(count, |fewest, term| {
                    Some(fewest.min(segment.count_in(term, local)?))
                });
                if let Some(fewest) = fewest {
                    let entry = segment.entry(local);
                    let mean = mean_terms[usize::from(entry.is_question)];
                    all.push(((first + local) as u32, saturation(fewest, entry.terms, mean)));
                }
            }
        }
        all
    }

    /// The same share for a text that is no entry, such as a sentence.
    pub(crate) fn keyword_share(&self, concepts: &[Concept], text_terms: &str, mean: f32) -> f32 {
        let whole: f32 = concepts.iter().map(|concept| concept.weight).sum();
        let words: Vec<&str> = text_terms.split_ascii_whitespace().collect();
        let count = |term: &String| words.iter().filter(|word| *word == term).count() as u32;
        let worth = |wording: &Wording| {
            let fewest = wording.terms.iter().map(count).min().unwrap_or(0);
            wording.share * saturation(fewest, words.len() as u32, mean.max(1.0))
        };
        let found = concepts
            .iter()
            .map(|concept| concept.weight * concept.wordings.iter().map(worth).fold(0.0, f32::max));
        let found: f32 = found.sum();
        if whole > 0.0 { found / whole } else { 0.0 }
    }

    /// The cosine of each entry with a vector; `None` for entries that have no vector yet.
    pub(crate) fn cosines(&self, vector: &[f32]) -> Vec<Option<f32>> {
        let mut found = vec![None; self.len()];
        if vector.len() == self.width && self.width > 0 {
            let question = Coded::of(vector);
            for (first, segment) in self.numbered() {
                segment.cosines(&question, &mut found[first..first + segment.len()]);
            }
        }
        found
    }
}

/// How far a term's count goes, from 0 to 2.2: the second mention tells less than the first, and
/// a mention in a long text less than in a short one.
fn saturation(count: u32, length: u32, mean: f32) -> f32 {
    let count = count as f32;
    count * (K1 + 1.0) / (count + K1 * (1.0 - B + B * length as f32 / mean))
}

#[cfg(test)]
mod tests;
