//! Which beginnings were asked for lately, so that what is asked once does not wear the disk.

use std::collections::VecDeque;
use std::hash::{BuildHasher, RandomState};

/// How far back a second sighting counts.
const REMEMBERED: usize = 1024;

/// The last sightings, as hashes. Two beginnings with one hash cost a needless file, no more.
#[derive(Debug, Default)]
pub(super) struct Sightings {
    recent: VecDeque<u64>,
    hasher: RandomState,
}

impl Sightings {
    /// Takes note of a sighting. `true` if there was one before, not long ago.
    pub(super) fn note(&mut self, tokens: &[i32]) -> bool {
        let hash = self.hasher.hash_one(tokens);
        let was_seen = self.recent.contains(&hash);
        if self.recent.len() == REMEMBERED {
            self.recent.pop_front();
        }
        self.recent.push_back(hash);
        was_seen
    }
}

#[cfg(test)]
mod tests;
