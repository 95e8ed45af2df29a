//! A part of the index that never changes, but for two things: entries go, and vectors come.
//!
//! Both are kept apart from the words, so that a snapshot shares nearly everything with the next.

use std::collections::HashMap;
use std::sync::Arc;

use store::{IndexRow, Role, SearchUnit};

use crate::HitKey;
use crate::vector::{Coded, dot};

/// Entries whose vectors lie together: what is copied when one vector comes.
const PAGE: usize = 256;
/// Bits of a posting that count mentions. A piece has at most 240 tokens, so the count fits.
const COUNT_BITS: u32 = 8;
const MOST_COUNT: u32 = (1 << COUNT_BITS) - 1;

/// One searchable piece.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) chunk_id: i64,
    pub(crate) key: HitKey,
    /// Unix seconds after which it is no longer shown.
    pub(crate) valid_until: Option<i64>,
    /// Questions are compared with questions, texts with texts.
    pub(crate) is_question: bool,
    pub(crate) terms: u32,
    pub(crate) language: Arc<str>,
}

/// Words and entries of a segment, with what has gone and which vectors there are.
#[derive(Clone)]
pub(super) struct Segment {
    pub(super) id: u32,
    words: Arc<Words>,
    gone: Arc<Vec<u64>>,
    gone_count: usize,
    pages: Vec<Arc<Page>>,
}

struct Words {
    entries: Vec<Entry>,
    terms: HashMap<Box<str>, u32>,
    lists: Vec<List>,
    postings: Vec<u32>,
}

/// Where the postings of a term lie, and how many documents hold it.
#[derive(Clone, Copy, Default)]
struct List {
    start: u32,
    length: u32,
    documents: u32,
}

#[derive(Clone)]
struct Page {
    codes: Vec<i8>,
    /// Not a number where there is no vector.
    scales: Vec<f32>,
}

impl Segment {
    pub(super) fn len(&self) -> usize {
        self.words.entries.len()
    }

    pub(super) fn alive(&self) -> usize {
        self.len() - self.gone_count
    }

    pub(super) fn entry(&self, local: usize) -> &Entry {
        &self.words.entries[local]
    }

    pub(super) fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.words.entries.iter()
    }

    pub(super) fn is_gone(&self, local: usize) -> bool {
        self.gone_count > 0 && self.gone[local / 64] >> (local % 64) & 1 == 1
    }

    pub(super) fn known_terms(&self) -> impl Iterator<Item = &str> {
        self.words.terms.keys().map(|term| &**term)
    }

    /// How many documents that are still there hold a term; an FAQ with all its wordings is one.
    pub(super) fn documents_with(&self, term: &str) -> u32 {
        let Some(&number) = self.words.terms.get(term) else { return 0 };
        match self.gone_count {
            0 => self.words.lists[number as usize].documents,
            _ => {
                let there = self.list(number).filter(|&(local, _)| !self.is_gone(local));
                documents(there.map(|(local, _)| self.entry(local).key))
            }
        }
    }

    /// The entries with a term that are still there, and how often each has it, in their order.
    pub(super) fn postings(&self, term: &str) -> Option<impl Iterator<Item = (usize, u32)>> {
        let number = *self.words.terms.get(term)?;
        Some(self.list(number).filter(|&(local, _)| !self.is_gone(local)))
    }

    /// How often an entry has a term.
    pub(super) fn count_in(&self, term: &str, local: usize) -> Option<u32> {
        let list = self.words.lists[*self.words.terms.get(term)? as usize];
        let postings = &self.words.postings[list.start as usize..][..list.length as usize];
        let at = postings.binary_search_by_key(&(local as u32), |it| it >> COUNT_BITS).ok()?;
        Some(postings[at] & MOST_COUNT)
    }

    fn list(&self, number: u32) -> impl Iterator<Item = (usize, u32)> {
        let list = self.words.lists[number as usize];
        let postings = &self.words.postings[list.start as usize..][..list.length as usize];
        postings.iter().map(|it| ((it >> COUNT_BITS) as usize, it & MOST_COUNT))
    }

    /// Takes an entry out; false when it was out.
    pub(super) fn remove(&mut self, local: usize) -> bool {
        if self.is_gone(local) {
            return false;
        }
        Arc::make_mut(&mut self.gone)[local / 64] |= 1 << (local % 64);
        self.gone_count += 1;
        true
    }

    pub(super) fn has_vector(&self, local: usize) -> bool {
        self.pages.get(local / PAGE).is_some_and(|page| !page.scales[local % PAGE].is_nan())
    }

    /// Gives an entry its vector. The caller sees to it that all have the same width.
    pub(super) fn set_vector(&mut self, local: usize, vector: &Coded) {
        let width = vector.codes.len();
        if self.pages.is_empty() {
            let page = |first: usize| {
                let entries = PAGE.min(self.len() - first);
                let codes = vec![0; entries * width];
                Arc::new(Page { codes, scales: vec![f32::NAN; entries] })
            };
            self.pages = (0..self.len()).step_by(PAGE).map(page).collect();
        }
        let page = Arc::make_mut(&mut self.pages[local / PAGE]);
        let at = local % PAGE;
        page.codes[at * width..][..width].copy_from_slice(&vector.codes);
        page.scales[at] = vector.scale;
    }

    pub(super) fn vector(&self, local: usize, width: usize) -> Option<Coded> {
        let page = self.pages.get(local / PAGE)?;
        let scale = page.scales[local % PAGE];
        let codes = || page.codes[local % PAGE * width..][..width].to_vec();
        (!scale.is_nan()).then(|| Coded { scale, codes: codes() })
    }

    /// Puts the cosine of each entry with a question's vector into its place.
    pub(super) fn cosines(&self, question: &Coded, found: &mut [Option<f32>]) {
        let width = question.codes.len();
        for (number, page) in self.pages.iter().enumerate() {
            let place = &mut found[number * PAGE..][..page.scales.len()];
            let vectors = page.codes.chunks_exact(width).zip(&page.scales);
            for ((codes, scale), place) in vectors.zip(place) {
                if !scale.is_nan() {
                    *place = Some(dot(codes, &question.codes) as f32 * scale * question.scale);
                }
            }
        }
        if self.gone_count > 0 {
            (0..self.len()).filter(|&local| self.is_gone(local)).for_each(|it| found[it] = None);
        }
    }
}

/// How many documents entries in their order stand for. Those of an FAQ lie together.
fn documents(keys: impl Iterator<Item = HitKey>) -> u32 {
    let mut count = 0;
    let mut last = None;
    for key in keys {
        let same_faq = matches!(key, HitKey::Faq(_)) && last == Some(key);
        count += u32::from(!same_faq);
        last = Some(key);
    }
    count
}

/// Gathers entries and makes a segment of them.
#[derive(Default)]
pub(super) struct Builder {
    entries: Vec<Entry>,
    terms: HashMap<Box<str>, u32>,
    /// Term and posting, in the order of entries.
    pairs: Vec<(u32, u32)>,
    languages: Vec<Arc<str>>,
    vectors: Vec<(usize, Coded)>,
}

impl Builder {
    pub(super) fn add(&mut self, row: &IndexRow) {
        let local = self.entries.len() as u32;
        let first = self.pairs.len();
        let mut terms = 0;
        for term in row.terms.split_ascii_whitespace() {
            terms += 1;
            let number = self.number(term);
            self.pairs.push((number, local << COUNT_BITS | 1));
        }
        // The same term twice becomes one posting with a count.
        self.pairs[first..].sort_unstable();
        let mut kept = first;
        for at in first..self.pairs.len() {
            let pair = self.pairs[at];
            if kept > first && self.pairs[kept - 1].0 == pair.0 {
                if self.pairs[kept - 1].1 & MOST_COUNT < MOST_COUNT {
                    self.pairs[kept - 1].1 += 1;
                }
            } else {
                self.pairs[kept] = pair;
                kept += 1;
            }
        }
        self.pairs.truncate(kept);
        let language = self.language(&row.language);
        if let Some((scale, codes)) = &row.vector {
            self.vectors.push((local as usize, Coded::from_bytes(*scale, codes)));
        }
        self.entries.push(Entry {
            chunk_id: row.chunk_id,
            key: key_of(row.unit),
            valid_until: row.valid_until,
            is_question: matches!(row.role, Role::FaqQuestion | Role::FaqAlternative),
            terms,
            language,
        });
    }

    /// Takes over what is still there of a segment.
    pub(super) fn absorb(&mut self, segment: &Segment, width: usize) {
        let mut moved = vec![None; segment.len()];
        for (local, entry) in segment.words.entries.iter().enumerate() {
            if !segment.is_gone(local) {
                let here = self.entries.len();
                moved[local] = Some(here as u32);
                self.entries.push(entry.clone());
                self.vectors.extend(segment.vector(local, width).map(|vector| (here, vector)));
            }
        }
        for (term, &number) in &segment.words.terms {
            let there = segment.list(number);
            let there: Vec<(u32, u32)> =
                there.filter_map(|(local, count)| Some((moved[local]?, count))).collect();
            if !there.is_empty() {
                let number = self.number(term);
                self.pairs.extend(
                    there.into_iter().map(|(local, count)| (number, local << COUNT_BITS | count)),
                );
            }
        }
    }

    /// The finished segment; vectors of another width than the first stay out.
    pub(super) fn finish(self, id: u32, width: &mut usize) -> Segment {
        let Self { entries, terms, pairs, vectors, .. } = self;
        let mut lists = vec![List::default(); terms.len()];
        pairs.iter().for_each(|(term, _)| lists[*term as usize].length += 1);
        let mut start = 0;
        for list in &mut lists {
            list.start = start;
            start += list.length;
        }
        let mut next: Vec<u32> = lists.iter().map(|list| list.start).collect();
        let mut postings = vec![0; pairs.len()];
        for (term, posting) in pairs {
            let place = &mut next[term as usize];
            postings[*place as usize] = posting;
            *place += 1;
        }
        for list in &mut lists {
            let own = &postings[list.start as usize..][..list.length as usize];
            list.documents =
                documents(own.iter().map(|it| entries[(it >> COUNT_BITS) as usize].key));
        }
        let gone = Arc::new(vec![0; entries.len().div_ceil(64)]);
        let words = Arc::new(Words { entries, terms, lists, postings });
        let mut segment = Segment { id, words, gone, gone_count: 0, pages: Vec::new() };
        for (local, vector) in vectors {
            if *width == 0 {
                *width = vector.codes.len();
            }
            if vector.codes.len() == *width && *width > 0 {
                segment.set_vector(local, &vector);
            }
        }
        segment
    }

    fn number(&mut self, term: &str) -> u32 {
        if let Some(&number) = self.terms.get(term) {
            return number;
        }
        let number = self.terms.len() as u32;
        self.terms.insert(term.into(), number);
        number
    }

    fn language(&mut self, code: &str) -> Arc<str> {
        if let Some(known) = self.languages.iter().find(|known| &***known == code) {
            return known.clone();
        }
        let language: Arc<str> = code.into();
        self.languages.push(language.clone());
        language
    }
}

pub(super) fn key_of(unit: SearchUnit) -> HitKey {
    match unit {
        SearchUnit::Section(id) => HitKey::Section(id),
        SearchUnit::Faq(id) => HitKey::Faq(id),
    }
}
