//! Backups of the desk: when they are made, where they lie, and how old the newest is.
//!
//! `make` writes them, `restore` brings one back, `check` says what is in one, `command_line` does
//! the same for a desk that is not running. What a backup is like is the crate `backup`'s business.

mod check;
pub mod command_line;
mod make;
mod restore;
mod second;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard};

use backup::{ModelFile, Reason, Staging};
use store::Store;

use crate::core::{Core, unix_seconds};
use crate::shelf::Model;
use crate::wire::{
    ApiError, BackupCommand, BackupReason, BackupReply, BackupState, BackupView, CheckState,
};

pub(crate) use make::open_store;

/// Below the data folder.
const FOLDER: &str = "backups";
/// Up to this age the newest backup is as it should be: that of yesterday, before today's is made.
const FRESH_SECONDS: i64 = 2 * 86_400;
/// Beyond this, so much would be lost that it cannot wait.
const OLD_SECONDS: i64 = 7 * 86_400;

/// The backups of one desk. One piece of work at a time, whoever wants it.
pub(crate) struct Backups {
    store: Store,
    models: Mutex<Vec<ModelFile>>,
    working: Mutex<()>,
    /// Unix seconds of the last one, or of the start of a desk with nothing to lose.
    last_at: Mutex<Option<i64>>,
}

impl Backups {
    /// The backups of the desk in `store`; what a killed program left unfinished is removed.
    pub(crate) fn new(store: Store, models: Vec<ModelFile>) -> Result<Arc<Self>, ApiError> {
        Staging::clear(store.folder())?;
        restore::remove_leftovers(store.folder());
        backup::remove_leftovers(&store.folder().join(FOLDER))?;
        let newest = backup::list(&store.folder().join(FOLDER))?;
        let newest = newest.iter().find(|one| one.manifest.is_ok()).map(|one| one.made_at);
        let last_at = if is_empty(&store)? { Some(unix_seconds()) } else { newest };
        Ok(Arc::new(Self {
            store,
            models: Mutex::new(models),
            working: Mutex::default(),
            last_at: Mutex::new(last_at),
        }))
    }

    /// The models that the next one names.
    pub(crate) fn set_models(&self, models: Vec<ModelFile>) {
        *make::lock(&self.models) = models;
    }

    /// Whether the newest one is young enough, and its age where there is one.
    pub(crate) fn light(&self) -> Result<(CheckState, Option<i64>), ApiError> {
        let now = unix_seconds();
        let found = self.found()?;
        let newest = found.iter().find(|one| one.reason.is_some()).map(|one| one.made_at);
        let age_s = newest.map(|at| (now - at).max(0));
        let state = match age_s {
            None if is_empty(&self.store)? => CheckState::Good,
            Some(age_s) if age_s <= FRESH_SECONDS => CheckState::Good,
            Some(age_s) if age_s > OLD_SECONDS => CheckState::Bad,
            None | Some(_) => CheckState::Warn,
        };
        Ok((state, age_s))
    }

    fn state(&self) -> Result<BackupState, ApiError> {
        let (light, newest_age_s) = self.light()?;
        let second = self.second_folder()?;
        Ok(BackupState {
            folder: self.folder().display().to_string(),
            second_is_there: second.as_ref().is_some_and(|folder| folder.is_dir()),
            second_folder: second.map_or_else(String::new, |folder| folder.display().to_string()),
            backups: self.found()?,
            light,
            newest_age_s,
            is_empty: is_empty(&self.store)?,
            desk_bytes: make::desk_bytes(self.store.folder()),
        })
    }

    /// Both places, newest first.
    fn found(&self) -> Result<Vec<BackupView>, ApiError> {
        let now = unix_seconds();
        let view = |one: backup::Listed, is_second| BackupView {
            name: one.path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            file: one.path.display().to_string(),
            bytes: one.bytes,
            age_s: (now - one.made_at).max(0),
            made_at: one.made_at,
            reason: one.manifest.ok().map(|manifest| reason(manifest.reason)),
            is_second,
        };
        let own = backup::list(&self.folder())?;
        let mut found: Vec<BackupView> = own.into_iter().map(|one| view(one, false)).collect();
        if let Some(second) = self.second_folder()? {
            // A stick that is pulled out at this moment is no reason to show nothing.
            let there = backup::list(&second).unwrap_or_default();
            found.extend(there.into_iter().map(|one| view(one, true)));
        }
        found.sort_by_key(|one| std::cmp::Reverse(one.made_at));
        Ok(found)
    }

    fn folder(&self) -> PathBuf {
        self.store.folder().join(FOLDER)
    }

    /// Held while one is made or brought back.
    fn alone(&self) -> MutexGuard<'_, ()> {
        make::lock(&self.working)
    }
}

impl Core {
    /// Does what staff ask of it.
    pub(crate) fn backup(&self, command: BackupCommand) -> Result<BackupReply, ApiError> {
        match command {
            BackupCommand::State => Ok(BackupReply::State(self.backups.state()?)),
            BackupCommand::Make => Ok(BackupReply::Made(self.backups.make_by_hand()?)),
            BackupCommand::KeepAlsoIn { folder } => {
                let folder = match folder {
                    Some(folder) => Some(PathBuf::from(folder.trim())),
                    None => self.host.choose_folder()?,
                };
                if let Some(folder) = folder {
                    self.backups.keep_also_in(&folder)?;
                }
                Ok(BackupReply::State(self.backups.state()?))
            }
            BackupCommand::ChooseFile => {
                let chosen = self.host.choose_backup().ok_or_else(no_window)?;
                let file = chosen.first().map(|path| path.display().to_string());
                Ok(BackupReply::Chosen { file })
            }
            BackupCommand::Check { file } => {
                let content = self.backups.check(Path::new(file.trim()))?;
                Ok(BackupReply::Checked(content))
            }
            BackupCommand::Restore { file, how } => {
                Ok(BackupReply::Restored(self.restore(Path::new(file.trim()), how)?))
            }
        }
    }

    /// Makes the backup of the day, once each day; a desk with nothing in it has none.
    pub(crate) fn back_up_if_due(&self) -> Result<(), ApiError> {
        if self.is_preparing() || self.clock_is_wrong()? {
            return Ok(());
        }
        self.backups.make_daily()
    }
}

/// Whether nobody has put anything into the desk and nobody has asked anything.
fn is_empty(store: &Store) -> Result<bool, ApiError> {
    let tables = ["source", "faq", "turn", "order_source", "setting", "desk_facts", "logo"];
    Ok(!store.has_rows(&tables)?)
}

/// The models of a desk by their hashes, as a backup names them.
pub(crate) fn model_files(models: &[Model]) -> Vec<ModelFile> {
    let here = models.iter().filter(|model| model.file().is_some());
    here.map(|model| ModelFile {
        id: model.entry.id.clone(),
        name: model.entry.name.clone(),
        file: model.entry.file.clone(),
        bytes: model.entry.size_bytes,
        sha256: model.entry.sha256.clone(),
    })
    .collect()
}

fn reason(reason: Reason) -> BackupReason {
    match reason {
        Reason::Manual => BackupReason::Manual,
        Reason::Daily => BackupReason::Daily,
        Reason::BeforeRestore => BackupReason::BeforeRestore,
        Reason::BeforeImport => BackupReason::BeforeImport,
        Reason::BeforeMigration => BackupReason::BeforeMigration,
    }
}

fn no_window() -> ApiError {
    ApiError {
        code: crate::wire::Code::Unavailable,
        message: "there is no window to choose a file in".into(),
        hint: Some("Write the whole path of the backup instead.".into()),
    }
}

#[cfg(test)]
mod tests;
