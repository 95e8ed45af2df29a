//! Taking over what another desk has published: looked at in every way first, then all or nothing.

use std::path::Path;

use ::packs::{Manifest, PackError};
use knowledge::PackTaken;
use store::{Store, StoreError};

use super::errors::refused;
use crate::core::Core;
use crate::wire::{ApiError, Code};

impl Core {
    /// The version that was taken over from the desk that is followed; 0 for none.
    pub(super) fn taken_version(&self) -> Result<i64, ApiError> {
        Ok(self.store.pack_taken()?)
    }

    /// Refuses to follow where that would throw away what somebody has written here.
    pub(super) fn must_be_empty_or_follow(&self) -> Result<(), ApiError> {
        if self.taken_version()? > 0 || !self.store.has_own_knowledge()? {
            return Ok(());
        }
        Err(ApiError {
            code: Code::Unavailable,
            message: format!("{} has knowledge of its own", self.folder().display()),
            hint: Some(
                "A desk that follows another has all of it from there. Name an empty folder with \
                 --data."
                    .into(),
            ),
        })
    }

    /// Whether a manifest may be followed from here, before anything is fetched.
    pub(super) fn may_take(&self, manifest: &Manifest) -> Result<(), ApiError> {
        let (wanted, known) = (&manifest.published, self.taken_version()?);
        if wanted.version < known {
            return Err(refused(PackError::Older { found: wanted.version, known }));
        }
        check_schema(wanted.schema)?;
        self.check_embedder(&wanted.embedder)
    }

    /// Makes the fetched pack of a manifest this desk's knowledge.
    pub(super) fn take(&self, manifest: &Manifest, file: &Path) -> Result<PackTaken, ApiError> {
        let wanted = &manifest.published;
        let wrong =
            |reason: String| refused(PackError::WrongBytes { file: wanted.file.clone(), reason });
        let found = Store::look_at_pack(file).map_err(|error| match error {
            StoreError::Newer { found, .. } => check_schema(found).err().unwrap_or(error.into()),
            other => wrong(other.to_string()),
        })?;
        if (found.schema, &found.embedder) != (wanted.schema, &wanted.embedder) {
            return Err(wrong("it is not what its manifest says".into()));
        }
        if !wanted.embedder.is_empty() {
            self.finders.follow(&wanted.embedder);
        }
        let taken = self.knowledge.take_pack(file, wanted.version)?;
        self.read_settings_again()?;
        self.load_facts()?;
        if found.has_orders {
            self.orders.reload()?;
        }
        self.indexer.wake();
        Ok(taken)
    }

    fn check_embedder(&self, wanted: &str) -> Result<(), ApiError> {
        if wanted.is_empty() || self.finders.has(wanted) {
            return Ok(());
        }
        let own = self.knowledge.embedder_in_use();
        let own = if own.is_empty() { "no such model".into() } else { named(&own) };
        Err(ApiError {
            code: Code::ModelRefused,
            message: format!(
                "its vectors are of the model {}, and this desk finds passages with {own}",
                named(wanted)
            ),
            hint: Some(
                "What is in use stays. Bring the model that the publisher uses: frontdesk-node \
                 models list shows it there, frontdesk-node models get brings it here."
                    .into(),
            ),
        })
    }
}

fn check_schema(found: i64) -> Result<(), ApiError> {
    let known = store::SCHEMA_VERSION;
    if found <= known {
        return Ok(());
    }
    Err(ApiError {
        code: Code::DataNewer,
        message: format!(
            "the pack is of version {found} of the tables, this program knows up to {known}"
        ),
        hint: Some("What is in use stays. Bring this program up to date first.".into()),
    })
}

/// A model by the first digits of its file's hash, as people compare it.
fn named(identity: &str) -> String {
    let hash = identity.split('|').next().unwrap_or_default();
    hash.chars().take(12).collect()
}
