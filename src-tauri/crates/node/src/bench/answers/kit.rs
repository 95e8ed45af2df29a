//! What every figure measures with: desks of its own, question sets, samples.

use std::path::PathBuf;
use std::sync::Arc;

use commands::Core;

use crate::arguments::AnswersBench;
use crate::exit::Failure;
use crate::open::{Empty, Place};
use crate::output::Output;

/// Handed to every figure.
pub(super) struct Kit<'a> {
    pub(super) place: &'a Place,
    pub(super) command: &'a AnswersBench,
    pub(super) output: &'a Output,
}

impl Kit<'_> {
    /// A new desk of this name below the data folder, on the models of this computer.
    pub(super) fn desk(&self, name: &str, empty: Empty) -> Result<Arc<Core>, Failure> {
        let core = self.place.below(name).open(empty)?;
        core.settle();
        Ok(core)
    }

    /// A folder for files of this figure, made where it is not there.
    pub(super) fn folder(&self, name: &str) -> Result<PathBuf, Failure> {
        let folder = self.place.data.join(name);
        std::fs::create_dir_all(&folder).map_err(|error| Failure::file(&folder, &error))?;
        Ok(folder)
    }

    /// A file of the public question sets; `None` where the sets are not here.
    pub(super) fn set(&self, path: &str) -> Option<PathBuf> {
        let file = self.command.sets.as_ref()?.join(path);
        file.is_file().then_some(file)
    }

    /// A file of the sample shop's questions.
    pub(super) fn demo(&self, name: &str) -> PathBuf {
        self.command.demo.join(name)
    }

    /// Says how far a long measurement is.
    pub(super) fn progress(&self, what: &str, done: usize, total: usize) {
        self.output.progress(&format!("{what}: {done} of {total}"));
    }
}

/// Numbers that look random and are the same in every run (SplitMix64, Steele and others 2014).
#[derive(Clone, Copy, Debug)]
pub(super) struct Dice(pub(super) u64);

impl Dice {
    /// The next number below `limit`, which is not 0.
    pub(super) fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) % limit as u64) as usize
    }

    /// Puts a list into another order.
    pub(super) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}
