//! Everything searchable, in memory: which words are where, and the vectors side by side.
//!
//! At the size of a shop's knowledge a whole scan takes a millisecond or two, is exact, and needs
//! no tuning. An index is never changed: a change of the knowledge builds the next one.

use std::collections::HashMap;

use store::{IndexRow, Role, Store};

use crate::concept::{Concept, Wording};
use crate::vector::{Coded, dot};
use crate::{HitKey, KnowledgeError, text};

const K1: f32 = 1.2;
const B: f32 = 0.75;
const NO_SLOT: u32 = u32::MAX;

/// One searchable piece.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) chunk_id: i64,
    pub(crate) key: HitKey,
    /// Unix seconds after which it is no longer shown.
    pub(crate) valid_until: Option<i64>,
    /// Questions are compared with questions, texts with texts.
    is_question: bool,
    terms: u32,
    slot: u32,
}

/// A snapshot of everything visitors may find.
#[derive(Debug, Default)]
pub(crate) struct Index {
    /// The version of the knowledge it was made from.
    pub(crate) version: i64,
    pub(crate) entries: Vec<Entry>,
    /// Mean number of terms of a sentence with its headings.
    pub(crate) mean_sentence_terms: f32,
    terms: HashMap<String, Posting>,
    documents: usize,
    mean_question_terms: f32,
    mean_text_terms: f32,
    languages: Vec<String>,
    width: usize,
    codes: Vec<i8>,
    scales: Vec<f32>,
}

/// Where a term is.
#[derive(Debug, Default)]
struct Posting {
    /// How many documents hold it; an FAQ with all its wordings is one.
    documents: u32,
    /// The document of the last mention: whether it is an FAQ, and its number.
    last: Option<(bool, i64)>,
    entries: Vec<(u32, u32)>,
}

impl Posting {
    /// Notes one mention. Pieces come in the order of their numbers, those of an FAQ together.
    fn note(&mut self, entry: u32, key: HitKey, chunk_id: i64) {
        match self.entries.last_mut() {
            Some((last, count)) if *last == entry => *count += 1,
            _ => self.entries.push((entry, 1)),
        }
        let document = match key {
            HitKey::Faq(id) => (true, id),
            HitKey::Section(_) => (false, chunk_id),
        };
        if self.last != Some(document) {
            self.documents += 1;
            self.last = Some(document);
        }
    }
}

impl Index {
    /// Reads everything from the store in one snapshot, with the vectors of one model.
    pub(crate) fn load(store: &Store, embedder: Option<&str>) -> Result<Self, KnowledgeError> {
        let (version, rows) = store.index_rows()?;
        let vectors = match embedder {
            Some(embedder) => store.vectors(embedder)?,
            None => Vec::new(),
        };
        let mut index = Self { version, ..Self::default() };
        let mut slots = HashMap::with_capacity(vectors.len());
        for row in vectors {
            let width = row.codes.len();
            if index.width == 0 {
                index.width = width;
            }
            if width == index.width {
                slots.insert(row.hash, index.scales.len() as u32);
                index.scales.push(row.scale);
                index.codes.extend(Coded::from_bytes(row.scale, &row.codes).codes);
            }
        }
        for row in &rows {
            index.add(row, slots.get(&row.hash).copied().unwrap_or(NO_SLOT));
        }
        index.finish(&rows);
        index.mean_sentence_terms = store.mean_sentence_terms()?;
        Ok(index)
    }

    fn add(&mut self, row: &IndexRow, slot: u32) {
        let key = match (row.section_id, row.faq_id) {
            (Some(section), _) => HitKey::Section(section),
            (None, Some(faq)) => HitKey::Faq(faq),
            (None, None) => return,
        };
        let number = self.entries.len() as u32;
        let mut terms = 0;
        for term in row.terms.split_ascii_whitespace() {
            terms += 1;
            match self.terms.get_mut(term) {
                Some(posting) => posting.note(number, key, row.chunk_id),
                None => {
                    let mut posting = Posting::default();
                    posting.note(number, key, row.chunk_id);
                    self.terms.insert(term.to_owned(), posting);
                }
            }
        }
        let is_question = matches!(row.role, Role::FaqQuestion | Role::FaqAlternative);
        self.entries.push(Entry {
            chunk_id: row.chunk_id,
            key,
            valid_until: row.valid_until,
            is_question,
            terms,
            slot,
        });
    }

    fn finish(&mut self, rows: &[IndexRow]) {
        let mean = |questions: bool| {
            let lengths = self.entries.iter().filter(|entry| entry.is_question == questions);
            let (sum, count) =
                lengths.fold((0.0, 0), |(sum, count), entry| (sum + entry.terms as f32, count + 1));
            if count == 0 { 1.0 } else { (sum / count as f32).max(1.0) }
        };
        self.mean_question_terms = mean(true);
        self.mean_text_terms = mean(false);
        let mut faqs: Vec<HitKey> = Vec::new();
        let mut languages: HashMap<&str, usize> = HashMap::new();
        for (entry, row) in self.entries.iter().zip(rows) {
            match entry.key {
                HitKey::Section(_) => self.documents += 1,
                HitKey::Faq(_) => faqs.push(entry.key),
            }
            *languages.entry(&row.language).or_default() += 1;
        }
        faqs.sort_by_key(|key| key.number());
        faqs.dedup();
        self.documents += faqs.len();
        let mut languages: Vec<(&str, usize)> = languages.into_iter().collect();
        languages.sort_by_key(|(code, count)| (std::cmp::Reverse(*count), *code));
        self.languages = languages.into_iter().map(|(code, _)| code.to_owned()).collect();
    }

    /// Whether every entry has a vector.
    pub(crate) fn is_embedded(&self) -> bool {
        self.entries.iter().all(|entry| entry.slot != NO_SLOT)
    }

    /// How much a term tells. One that is nowhere tells most: the desk knows nothing of it.
    pub(crate) fn idf(&self, term: &str) -> f32 {
        self.idf_of(self.documents_with(term))
    }

    /// How much it tells that a text is one of `with` texts.
    pub(crate) fn idf_of(&self, with: u32) -> f32 {
        let all = self.documents as f32;
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
        self.terms.get(term).map_or(0, |posting| posting.documents)
    }

    /// Every term with the number of documents that hold it, in no order.
    pub(crate) fn known_terms(&self) -> impl Iterator<Item = (&str, u32)> {
        self.terms.iter().map(|(term, posting)| (term.as_str(), posting.documents))
    }

    /// The language a question is asked in, or else the desk's.
    pub(crate) fn question_language(&self, question: &str) -> &str {
        let guessed = text::language_of(question)
            .filter(|guess| self.languages.iter().any(|known| known == guess));
        guessed.or(self.languages.first().map(String::as_str)).unwrap_or("en")
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

    /// The share of the concepts' weight that each entry holds (BM25 over the sum of weights).
    pub(crate) fn keyword_shares(&self, concepts: &[Concept]) -> Vec<f32> {
        let mut shares = vec![0.0; self.entries.len()];
        let whole: f32 = concepts.iter().map(|concept| concept.weight).sum();
        let mut best: Vec<f32> = vec![0.0; self.entries.len()];
        for concept in concepts {
            let mut touched = Vec::new();
            for wording in &concept.wordings {
                for (number, found) in self.entries_with(&wording.terms) {
                    let best = &mut best[number as usize];
                    *best = best.max(wording.share * found);
                    touched.push(number as usize);
                }
            }
            for number in touched {
                shares[number] += concept.weight / whole * std::mem::take(&mut best[number]);
            }
        }
        shares
    }

    /// Entries that hold all the terms, and how far the rarest of these goes there.
    fn entries_with(&self, terms: &[String]) -> Vec<(u32, f32)> {
        let postings: Option<Vec<&Posting>> =
            terms.iter().map(|term| self.terms.get(term)).collect();
        let Some((first, rest)) = postings.as_deref().and_then(<[_]>::split_first) else {
            return Vec::new();
        };
        let saturated = |number: u32, count: u32| {
            let entry = &self.entries[number as usize];
            let mean =
                if entry.is_question { self.mean_question_terms } else { self.mean_text_terms };
            saturation(count, entry.terms, mean)
        };
        let count_in = |posting: &Posting, number: u32| {
            let at = posting.entries.binary_search_by_key(&number, |(entry, _)| *entry).ok()?;
            Some(posting.entries[at].1)
        };
        let all = first.entries.iter().filter_map(|&(number, count)| {
            let fewest = rest
                .iter()
                .try_fold(count, |fewest, posting| Some(fewest.min(count_in(posting, number)?)))?;
            Some((number, saturated(number, fewest)))
        });
        all.collect()
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
        if vector.len() != self.width || self.width == 0 {
            return vec![None; self.entries.len()];
        }
        let question = Coded::of(vector);
        let by_slot: Vec<f32> = self
            .codes
            .chunks_exact(self.width)
            .zip(&self.scales)
            .map(|(codes, scale)| dot(codes, &question.codes) as f32 * scale * question.scale)
            .collect();
        self.entries.iter().map(|entry| by_slot.get(entry.slot as usize).copied()).collect()
    }
}

impl HitKey {
    fn number(self) -> i64 {
        match self {
            Self::Faq(id) | Self::Section(id) => id,
        }
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
