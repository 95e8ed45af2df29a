//! Knowledge for other desks: this desk publishes packs of it, or follows another that does.
//!
//! A desk that follows changes nothing of its knowledge itself; what visitors say to it stays with
//! it, until somebody fetches that with an export.

mod errors;
mod follow;
mod take;

use std::path::{Path, PathBuf};
use std::sync::PoisonError;

use ::packs::{Published, Shelf, SigningKey};

use crate::core::{Core, unix_seconds};
use crate::wire::{ApiError, Code, LearningCommand, SetupCommand, StaffCommand};

use errors::refused;
pub(crate) use follow::Follower;
pub use follow::{Follow, Following};

/// The publisher's own key lies below the data folder, under this name.
const KEY_FILE: &str = "publisher.key";

/// What to publish, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishPack {
    /// A folder on this computer or on a share.
    pub folder: PathBuf,
    /// Imported orders ride along, and the key they are hashed with.
    pub with_orders: bool,
}

/// What was published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedPack {
    /// Its version.
    pub version: i64,
    /// The version whose knowledge it holds; lower where somebody went back.
    pub kb_version: i64,
    /// The pack.
    pub file: PathBuf,
    /// Its size.
    pub size_bytes: u64,
    /// Its hash.
    pub sha256: String,
    /// What those who follow need to be told once.
    pub publisher: String,
    /// Whether all of it can be found by meaning; if not, each desk makes the missing vectors.
    pub is_embedded: bool,
}

impl Core {
    /// The version of the knowledge that questions are answered from. A desk that publishes and
    /// those that follow it count in one line of numbers; 0 is nothing yet.
    pub fn knowledge_version(&self) -> i64 {
        self.knowledge.version()
    }

    /// Publishes what visitors may find now. Questions go on meanwhile.
    pub fn publish_pack(&self, request: &PublishPack) -> Result<PublishedPack, ApiError> {
        self.settle();
        let shelf = self.shelf(&request.folder)?;
        let newest = shelf.newest().map_err(refused)?;
        let next = newest.map_or(1, |newest| newest.published.version + 1);
        let version = self.knowledge.raise_version_to(next)?;
        let draft = shelf.draft().map_err(refused)?;
        let row = self.knowledge.write_pack(&draft.path, request.with_orders)?;
        let published = Published {
            version,
            file: String::new(),
            sha256: String::new(),
            size_bytes: 0,
            schema: row.schema,
            // A change since the number was raised is in the pack; the next one has its number.
            kb_version: version,
            embedder: row.embedder,
            created_at: unix_seconds(),
        };
        let manifest = shelf.publish(&draft, published).map_err(refused)?;
        Ok(self.told(&request.folder, &shelf, manifest.published))
    }

    /// Publishes the knowledge before the newest one again, under a version of its own. This desk's
    /// own knowledge stays as it is.
    pub fn roll_back_pack(&self, folder: &Path) -> Result<PublishedPack, ApiError> {
        let shelf = self.shelf(folder)?;
        let newest = shelf.newest().map_err(refused)?;
        let newest = newest.map_or(0, |newest| newest.published.version);
        let next = self.knowledge.version().max(newest) + 1;
        let manifest = shelf.roll_back(next, unix_seconds()).map_err(refused)?;
        self.knowledge.raise_version_to(next)?;
        Ok(self.told(folder, &shelf, manifest.published))
    }

    /// From now on each version that staff publish goes to this folder too, and each roll-back.
    pub fn publish_to(&self, folder: PathBuf) {
        *self.publishes_to.lock().unwrap_or_else(PoisonError::into_inner) = Some(folder);
    }

    /// Publishes where this desk does so by itself. What fails is logged: the version is there.
    pub(crate) fn publish_along(&self) {
        let folder = self.publishes_to.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let Some(folder) = folder else { return };
        match self.publish_pack(&PublishPack { folder, with_orders: false }) {
            Ok(published) => tracing::info!(version = published.version, "a pack is published"),
            Err(error) => tracing::warn!(error = error.message, "no pack is published"),
        }
    }

    fn shelf(&self, folder: &Path) -> Result<Shelf, ApiError> {
        let key = SigningKey::read_or_make(&self.folder().join(KEY_FILE)).map_err(refused)?;
        Shelf::open(folder, key).map_err(refused)
    }

    fn told(&self, folder: &Path, shelf: &Shelf, published: Published) -> PublishedPack {
        PublishedPack {
            version: published.version,
            kb_version: published.kb_version,
            file: folder.join(&published.file),
            size_bytes: published.size_bytes,
            sha256: published.sha256,
            publisher: shelf.publisher().to_string(),
            is_embedded: self.knowledge.is_embedded(),
        }
    }

    /// Refuses what would change the knowledge of a desk that follows another.
    pub(crate) fn must_not_follow(&self, command: &StaffCommand) -> Result<(), ApiError> {
        if !changes_knowledge(command) {
            return Ok(());
        }
        let Some(following) = self.following() else { return Ok(()) };
        Err(ApiError {
            code: Code::Unavailable,
            message: format!("the knowledge of this desk comes from {}", following.from),
            hint: Some("Change it on the desk that publishes it, and publish it there.".into()),
        })
    }
}

/// Documents, answers, facts, orders and the shop's face belong to the desk that publishes.
fn changes_knowledge(command: &StaffCommand) -> bool {
    match command {
        StaffCommand::Learning(learning) => matches!(
            learning,
            LearningCommand::WriteAnswer { .. }
                | LearningCommand::DraftFaq { .. }
                | LearningCommand::EditFaq { .. }
                | LearningCommand::ApproveFaq { .. }
                | LearningCommand::RetireFaq { .. }
                | LearningCommand::SetReview { .. }
                | LearningCommand::RestoreFaq { .. }
                | LearningCommand::Publish { .. }
                | LearningCommand::RollBack { .. }
        ),
        StaffCommand::Setup(setup) => matches!(setup, SetupCommand::ChooseKit { .. }),
        other => matches!(
            other,
            StaffCommand::AddFaq { .. }
                | StaffCommand::SetFaqStatus { .. }
                | StaffCommand::ChooseAndImport
                | StaffCommand::Import { .. }
                | StaffCommand::StartImport { .. }
                | StaffCommand::ResumeImport { .. }
                | StaffCommand::WatchFolder { .. }
                | StaffCommand::RemoveSource { .. }
                | StaffCommand::SaveFacts(_)
        ),
    }
}
