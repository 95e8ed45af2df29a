//! Where the words of a question are: in each piece, and in all pieces of a section or FAQ together.

use crate::concept::Concept;
use crate::index::Index;

/// What each concept of a question finds.
pub(crate) struct Words {
    /// The share of the question's weight that each entry holds (BM25 over the sum of weights).
    pub(crate) shares: Vec<f32>,
    /// For each concept its share of the whole weight, and the entries that hold it, in order.
    found: Vec<(f32, Vec<(u32, f32)>)>,
}

impl Words {
    /// Looks for the concepts everywhere but in one entry.
    pub(crate) fn of(index: &Index, concepts: &[Concept], but: Option<usize>) -> Self {
        let whole: f32 = concepts.iter().map(|concept| concept.weight).sum();
        let mut shares = vec![0.0; index.len()];
        let mut found = Vec::with_capacity(concepts.len());
        for concept in concepts {
            let weight = concept.weight / whole;
            let mut entries = entries_of(index, concept);
            entries.retain(|(entry, _)| Some(*entry as usize) != but);
            for (entry, worth) in &entries {
                shares[*entry as usize] += weight * worth;
            }
            found.push((weight, entries));
        }
        Self { shares, found }
    }

    /// The share that the pieces around an entry hold together: those of the same section or FAQ,
    /// which lie side by side.
    pub(crate) fn share_of_all(&self, index: &Index, entry: usize) -> f32 {
        let key = index.entry(entry).key;
        let same = |number: &usize| index.entry(*number).key == key;
        let first = (0..entry).rev().take_while(same).last().unwrap_or(entry) as u32;
        let last = (entry + 1..index.len()).take_while(same).last().unwrap_or(entry) as u32;
        let best = |entries: &[(u32, f32)]| {
            let from = entries.partition_point(|(number, _)| *number < first);
            let those = entries[from..].iter().take_while(|(number, _)| *number <= last);
            those.fold(0.0, |best: f32, (_, worth)| best.max(*worth))
        };
        self.found.iter().map(|(weight, entries)| weight * best(entries)).sum()
    }
}

/// The entries that hold a concept by any of its wordings, with the worth of the best one.
fn entries_of(index: &Index, concept: &Concept) -> Vec<(u32, f32)> {
    let mut all: Vec<(u32, f32)> = Vec::new();
    for wording in &concept.wordings {
        let with = index.entries_with(&wording.terms).into_iter();
        all.extend(with.map(|(entry, worth)| (entry, wording.share * worth)));
    }
    if concept.wordings.len() > 1 {
        all.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
        all.dedup_by_key(|(entry, _)| *entry);
    }
    all
}
