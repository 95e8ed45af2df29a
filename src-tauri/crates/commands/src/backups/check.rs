//! What is in a backup, and what a restore would change.

use std::path::Path;

use backup::{Manifest, Staging, Unpacked};
use store::{MergeCounts, Store};

use super::{Backups, reason};
use crate::core::unix_seconds;
use crate::wire::{ApiError, BackupContent, BackupCounts};

impl Backups {
    /// Reads a file from end to end, and compares it with the desk.
    pub(super) fn check(&self, file: &Path) -> Result<BackupContent, ApiError> {
        let _alone = self.alone();
        let staging = Staging::new(self.store.folder())?;
        let read = backup::unpack(file, &staging)?;
        store::migrate_copy(&read.database)?;
        let missing = store::would_merge(&self.store, &read.database)?;
        let models = super::make::lock(&self.models).clone();
        let has_model = |hash: &str| models.iter().any(|model| model.sha256 == hash);
        let mut content = content(file, &read);
        content.is_own = read.manifest.desk == self.store.desk_id()?;
        content.here = Some(counts_of(&self.store)?);
        content.missing_models = read
            .models
            .iter()
            .filter(|model| !has_model(&model.sha256))
            .map(|model| model.name.clone())
            .collect();
        Ok(BackupContent {
            new_answers: few(missing.faqs),
            new_documents: few(missing.sources),
            ..content
        })
    }
}

/// What a backup holds, with nothing to compare it with.
pub(super) fn content(file: &Path, read: &Unpacked) -> BackupContent {
    let said = &read.manifest;
    let MergeCounts { faqs, sources } = MergeCounts::default();
    BackupContent {
        file: file.display().to_string(),
        bytes: read.bytes,
        made_at: said.made_at,
        age_s: (unix_seconds() - said.made_at).max(0),
        reason: reason(said.reason),
        shop: said.name.clone(),
        program: said.program.clone(),
        is_own: false,
        holds: counts_in(said),
        here: None,
        new_answers: few(faqs),
        new_documents: few(sources),
        missing_models: Vec::new(),
    }
}

/// What a desk holds now.
pub(super) fn counts_of(store: &Store) -> Result<BackupCounts, ApiError> {
    let rows = store.count_rows()?;
    Ok(counts(|table| rows.iter().find(|(name, _)| name == table).map_or(0, |(_, rows)| *rows)))
}

fn counts_in(manifest: &Manifest) -> BackupCounts {
    counts(|table| manifest.count(table))
}

fn counts(rows: impl Fn(&str) -> u64) -> BackupCounts {
    BackupCounts {
        answers: few(rows("faq")),
        documents: few(rows("source")),
        questions: few(rows("turn")),
        open_questions: few(rows("gap")),
        orders: few(rows("order_row")),
        wishes: few(rows("ticket")),
    }
}

pub(super) fn few(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
