//! What the store knows of its files without reading them: which is of use, which goes first.

use std::sync::Arc;

use super::folder::Name;

/// So many fixed beginnings, the last used, are kept before anything else. A desk has one for
/// each of its languages; those of earlier settings must not fill the disk for ever.
const FIXED_PROTECTED: usize = 4;

/// One kept state.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) name: Name,
    pub(super) tokens: Arc<[i32]>,
    pub(super) file_bytes: u64,
    pub(super) is_fixed: bool,
}

/// The states on disk, with the order in which they were used.
#[derive(Debug, Default)]
pub(super) struct Shelf {
    entries: Vec<(Entry, u64)>,
    uses: u64,
}

impl Shelf {
    /// Adds a state as the last used one.
    pub(super) fn add(&mut self, entry: Entry) {
        self.uses += 1;
        self.entries.push((entry, self.uses));
    }

    /// Forgets a state.
    pub(super) fn forget(&mut self, name: &Name) {
        self.entries.retain(|(entry, _)| entry.name != *name);
    }

    /// Makes a state the last used one.
    pub(super) fn mark_used(&mut self, name: &Name) {
        self.uses += 1;
        if let Some((_, used)) = self.entries.iter_mut().find(|(entry, _)| entry.name == *name) {
            *used = self.uses;
        }
    }

    /// The state of this name.
    pub(super) fn get(&self, name: &Name) -> Option<&Entry> {
        self.entries.iter().map(|(entry, _)| entry).find(|entry| entry.name == *name)
    }

    /// The fixed state that was used last.
    pub(super) fn last_fixed(&self) -> Option<&Entry> {
        let fixed = self.entries.iter().filter(|(entry, _)| entry.is_fixed);
        fixed.max_by_key(|(_, used)| *used).map(|(entry, _)| entry)
    }

    /// The state of exactly these tokens.
    pub(super) fn exact(&self, tokens: &[i32]) -> Option<&Entry> {
        self.entries.iter().map(|(entry, _)| entry).find(|entry| *entry.tokens == *tokens)
    }

    /// The state that begins like `prompt` for the most tokens, more than `more_than`. Among
    /// equals the shortest, because it is read the fastest.
    pub(super) fn longest(&self, prompt: &[i32], more_than: usize) -> Option<(&Entry, usize)> {
        self.entries
            .iter()
            .map(|(entry, _)| (entry, common_tokens(&entry.tokens, prompt)))
            .filter(|(_, common)| *common > more_than)
            .max_by_key(|(entry, common)| (*common, std::cmp::Reverse(entry.tokens.len())))
    }

    /// Forgets the least valuable states until `file_bytes` more fit into `limit_bytes`, and
    /// says which. `None`, and nothing is forgotten, if they cannot fit.
    ///
    /// The least recently used go first. The protected fixed ones go only for another fixed one,
    /// after all others.
    pub(super) fn make_room(
        &mut self,
        file_bytes: u64,
        limit_bytes: u64,
        is_fixed: bool,
    ) -> Option<Vec<Name>> {
        let mut held_bytes: u64 = self.entries.iter().map(|(entry, _)| entry.file_bytes).sum();
        let mut leaving = Vec::new();
        if held_bytes.saturating_add(file_bytes) <= limit_bytes {
            return Some(leaving);
        }
        for (name, size_bytes) in self.least_valuable_first(is_fixed) {
            if held_bytes.saturating_add(file_bytes) <= limit_bytes {
                break;
            }
            held_bytes -= size_bytes;
            leaving.push(name);
        }
        if held_bytes.saturating_add(file_bytes) > limit_bytes {
            return None;
        }
        self.entries.retain(|(entry, _)| !leaving.contains(&entry.name));
        Some(leaving)
    }

    fn least_valuable_first(&self, with_protected: bool) -> Vec<(Name, u64)> {
        let mut by_use: Vec<&(Entry, u64)> = self.entries.iter().collect();
        by_use.sort_by_key(|(_, used)| *used);
        let fixed_count = by_use.iter().filter(|(entry, _)| entry.is_fixed).count();
        let mut unprotected_fixed = fixed_count.saturating_sub(FIXED_PROTECTED);
        let (protected, ordinary): (Vec<_>, Vec<_>) = by_use.into_iter().partition(|(entry, _)| {
            let is_protected = entry.is_fixed && unprotected_fixed == 0;
            if entry.is_fixed && !is_protected {
                unprotected_fixed -= 1;
            }
            is_protected
        });
        let protected = if with_protected { protected } else { Vec::new() };
        let leaving = ordinary.into_iter().chain(protected);
        leaving.map(|(entry, _)| (entry.name.clone(), entry.file_bytes)).collect()
    }
}

fn common_tokens(kept: &[i32], prompt: &[i32]) -> usize {
    kept.iter().zip(prompt).take_while(|(kept, asked)| kept == asked).count()
}

#[cfg(test)]
mod tests;
