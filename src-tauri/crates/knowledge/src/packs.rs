//! Packs: what this desk knows as one file for other desks, and theirs taken over.

use std::path::Path;
use std::sync::PoisonError;

use store::{PackRow, PackTaken};

use crate::index::Keeper;
use crate::{Knowledge, KnowledgeError, tokens};

impl Knowledge {
    /// Writes what visitors may find into a new file.
    pub fn write_pack(&self, file: &Path, with_orders: bool) -> Result<PackRow, KnowledgeError> {
        Ok(self.store.write_pack(file, &self.embedder_in_use(), with_orders)?)
    }

    /// Makes the version of the knowledge at least this, and answers what it is.
    pub fn raise_version_to(&self, at_least: i64) -> Result<i64, KnowledgeError> {
        let version = self.store.raise_knowledge_to(at_least)?;
        self.reload()?;
        self.load_calibration(&self.index())?;
        Ok(version)
    }

    /// Makes this desk's knowledge what the pack holds. Questions go on meanwhile: each is answered
    /// from what was known before, or from what is known then.
    ///
    /// The pack must have been looked at before. On failure everything stays as it was.
    pub fn take_pack(&self, file: &Path, version: i64) -> Result<PackTaken, KnowledgeError> {
        let _one_at_a_time = self.importing.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = self.store.take_pack(file, version)?;
        // Pieces may have come under numbers that were looked through already.
        self.forget_how_far();
        if taken.has_other_rules {
            tokens::refresh(&self.store)?;
            let mut keeper = self.keeper();
            *keeper = Keeper::load(&self.store, keeper.index.meaning.clone())?;
            self.let_see(&keeper);
        } else {
            self.reload()?;
        }
        self.load_calibration(&self.index())?;
        Ok(taken)
    }
}
