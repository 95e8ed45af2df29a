//! Keeps the index in step with the store: a change costs what it changes.
//!
//! New entries become a small segment of their own, removed ones are marked. Segments of about
//! the same size are merged when there are several, so that a search never visits many; over a
//! long time each entry is moved once for each size it grows through.

use std::collections::HashMap;
use std::ops::Range;

use store::{Changes, IndexRow, SearchUnit, Standing, Store, VectorRow};

use super::segment::{Builder, Segment, key_of};
use super::{Entry, Index, Meaning};
use crate::vector::Coded;
use crate::{HitKey, KnowledgeError};

/// Segments of one size that are let be.
const MOST_ALIKE: usize = 6;
/// The smallest segments, and how much larger the next size is.
const SMALLEST: usize = 64;
const GROWTH: usize = 8;
/// Wanted vectors that may be out of date before they are looked through.
const STALE: usize = 4_096;

/// The next snapshot in the making, with what is needed to change it.
pub(crate) struct Keeper {
    pub(crate) index: Index,
    /// The last change of the journal that is in it.
    pub(crate) change: i64,
    places: HashMap<HitKey, (u32, Range<u32>)>,
    /// Pieces without a vector, by content.
    wanted: HashMap<[u8; 32], Vec<(HitKey, i64)>>,
    next_id: u32,
}

impl Keeper {
    /// Reads everything from the store in one snapshot, with the vectors of one model.
    pub(crate) fn load(store: &Store, meaning: Meaning) -> Result<Self, KnowledgeError> {
        let mut keeper = Self::empty(meaning);
        let mut builder = Builder::default();
        let identity = keeper.index.meaning.identity().to_owned();
        let standing = store.each_searchable(&identity, &mut |row| {
            keeper.want(&row);
            builder.add(&row);
        })?;
        keeper.push(builder, true);
        keeper.stand(standing);
        Ok(keeper)
    }

    pub(super) fn empty(meaning: Meaning) -> Self {
        Self {
            index: Index { meaning, ..Index::default() },
            change: 0,
            places: HashMap::new(),
            wanted: HashMap::new(),
            next_id: 0,
        }
    }

    /// Follows the store.
    pub(crate) fn apply(&mut self, changes: Changes) {
        for unit in &changes.units {
            self.remove(*unit);
        }
        let mut builder = Builder::default();
        for row in &changes.rows {
            self.want(row);
            builder.add(row);
        }
        if !changes.rows.is_empty() {
            self.push(builder, true);
        }
        self.tidy();
        self.stand(changes.standing);
    }

    /// Takes in vectors that were made; true when a piece here had waited for one of them.
    pub(crate) fn set_vectors(&mut self, rows: &[VectorRow]) -> bool {
        let mut changed = false;
        for row in rows {
            let Some(waiting) = self.wanted.remove(&row.hash) else { continue };
            let width = row.codes.len();
            if self.index.width == 0 {
                self.index.width = width;
            }
            if width != self.index.width || width == 0 {
                continue;
            }
            let vector = Coded::from_bytes(row.scale, &row.codes);
            for (key, chunk_id) in waiting {
                let Some((id, range)) = self.places.get(&key).cloned() else { continue };
                let Some(segment) = self.index.segments.iter_mut().find(|it| it.id == id) else {
                    continue;
                };
                for local in range.map(|local| local as usize) {
                    if segment.entry(local).chunk_id == chunk_id && !segment.has_vector(local) {
                        segment.set_vector(local, &vector);
                        self.index.totals.embedded += 1;
                        changed = true;
                    }
                }
            }
        }
        changed
    }

    fn stand(&mut self, standing: Standing) {
        self.change = standing.change;
        self.index.version = standing.version;
        self.index.mean_sentence_terms = standing.mean_sentence_terms;
    }

    fn want(&mut self, row: &IndexRow) {
        if row.vector.is_none() {
            self.wanted.entry(row.hash).or_default().push((key_of(row.unit), row.chunk_id));
        }
    }

    fn remove(&mut self, unit: SearchUnit) {
        let key = key_of(unit);
        let Some((id, range)) = self.places.remove(&key) else { return };
        let Some(segment) = self.index.segments.iter_mut().find(|it| it.id == id) else { return };
        for local in range.map(|local| local as usize) {
            if segment.remove(local) {
                let (entry, embedded) = (segment.entry(local), segment.has_vector(local));
                self.index.totals.count(entry, embedded, -1);
            }
        }
        self.index.totals.faqs -= i64::from(matches!(key, HitKey::Faq(_)));
    }

    /// Adds a segment; its entries are counted where they are new.
    fn push(&mut self, builder: Builder, is_new: bool) {
        let id = self.next_id;
        self.next_id += 1;
        let segment = builder.finish(id, &mut self.index.width);
        let mut start = 0;
        while start < segment.len() {
            let key = segment.entry(start).key;
            let same = |local: &usize| segment.entry(*local).key == key;
            let end = start + (start..segment.len()).take_while(same).count();
            self.places.insert(key, (id, start as u32..end as u32));
            if is_new {
                self.index.totals.faqs += i64::from(matches!(key, HitKey::Faq(_)));
                for local in start..end {
                    self.index.totals.count(segment.entry(local), segment.has_vector(local), 1);
                }
            }
            start = end;
        }
        if segment.len() > 0 {
            self.index.segments.push(segment);
        }
    }

    /// Drops what is empty, and merges what is small or mostly gone.
    fn tidy(&mut self) {
        self.index.segments.retain(|segment| segment.alive() > 0);
        while let Some(chosen) = self.to_merge() {
            let mut builder = Builder::default();
            for segment in self.index.segments.iter().filter(|it| chosen.contains(&it.id)) {
                builder.absorb(segment, self.index.width);
            }
            self.index.segments.retain(|segment| !chosen.contains(&segment.id));
            self.push(builder, false);
        }
        let without_vector = self.index.totals.pieces() - self.index.totals.embedded;
        if self.wanted.len() > 2 * without_vector as usize + STALE {
            let places = &self.places;
            self.wanted
                .retain(|_, waiting| waiting.iter().any(|(key, _)| places.contains_key(key)));
        }
    }

    fn to_merge(&self) -> Option<Vec<u32>> {
        let segments = &self.index.segments;
        if let Some(thin) = segments.iter().find(|it| it.alive() * 2 < it.len()) {
            return Some(vec![thin.id]);
        }
        let alike = |size: u32| {
            let same = segments.iter().filter(|it| size_of(it) == size);
            same.map(|it| it.id).collect::<Vec<u32>>()
        };
        segments.iter().map(|it| alike(size_of(it))).find(|same| same.len() > MOST_ALIKE)
    }
}

/// 0 for the smallest segments, 1 for those up to eight times as large, and so on.
fn size_of(segment: &Segment) -> u32 {
    (segment.alive() / SMALLEST).max(1).ilog(GROWTH)
}

/// Sums over all entries that are there, from which means and weights follow.
///
/// They are whole numbers, so that any way to the same entries gives the same sums.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Totals {
    pub(super) questions: i64,
    pub(super) question_terms: i64,
    pub(super) texts: i64,
    pub(super) text_terms: i64,
    pub(super) section_pieces: i64,
    pub(super) faqs: i64,
    pub(super) embedded: i64,
    pub(super) languages: std::collections::BTreeMap<std::sync::Arc<str>, i64>,
}

impl Totals {
    pub(crate) fn pieces(&self) -> i64 {
        self.questions + self.texts
    }

    pub(crate) fn embedded(&self) -> i64 {
        self.embedded
    }

    fn count(&mut self, entry: &Entry, embedded: bool, by: i64) {
        let (count, terms) = match entry.is_question {
            true => (&mut self.questions, &mut self.question_terms),
            false => (&mut self.texts, &mut self.text_terms),
        };
        *count += by;
        *terms += by * i64::from(entry.terms);
        self.section_pieces += by * i64::from(matches!(entry.key, HitKey::Section(_)));
        self.embedded += by * i64::from(embedded);
        let language = self.languages.entry(entry.language.clone()).or_default();
        *language += by;
        if *language == 0 {
            self.languages.remove(&entry.language);
        }
    }
}
