//! Bringing a backup back: read and proved first, the desk as it is backed up, then one
//! transaction. Whatever ends the program before that leaves the old desk, and after it the new.

use std::path::{Path, PathBuf};
use std::time::Instant;

use backup::Staging;
use store::Store;

use super::Backups;
use super::check::{counts_of, few};
use super::make::mb_per_s;
use crate::core::{Core, unix_seconds};
use crate::wire::{ApiError, BackupCounts, RestoreHow, RestoredView};

impl Core {
    /// Brings a backup back while the desk runs.
    pub(crate) fn restore(&self, file: &Path, how: RestoreHow) -> Result<RestoredView, ApiError> {
        self.end_filling();
        // The file being read is finished first; the next one is read into what comes back.
        let _no_imports = self.knowledge.hold_imports();
        let restored = self.backups.restore(file, how)?;
        self.load_again()?;
        tracing::info!(?how, seconds = restored.seconds, "a backup was brought back");
        Ok(restored)
    }
}

impl Backups {
    /// Brings a backup back into the store. What is kept in memory of it is the caller's.
    pub(super) fn restore(&self, file: &Path, how: RestoreHow) -> Result<RestoredView, ApiError> {
        let started = Instant::now();
        let _alone = self.alone();
        // Read before the desk is touched, and out of the way while the desk is backed up: both
        // need the staging folder.
        let before = Staging::new(self.store.folder())?;
        let read = backup::unpack(file, &before)?;
        store::migrate_copy(&read.database)?;
        let ready = self.store.folder().join(READY);
        std::fs::rename(&read.database, &ready).map_err(|error| no_file(&ready, error))?;
        let ready = Removed(ready);
        drop(before);
        let safety = self.before_restore()?;
        let mut view = RestoredView {
            how,
            now: BackupCounts::default(),
            added_answers: 0,
            added_documents: 0,
            erased_again: 0,
            safety: safety.map_or_else(String::new, |path| path.display().to_string()),
            set_aside: String::new(),
            seconds: 0.0,
            mb_per_s: 0.0,
        };
        match how {
            RestoreHow::Replace => {
                view.erased_again = few(self.store.replace_with(&ready.0, unix_seconds())?);
            }
            RestoreHow::Merge => {
                let added = self.store.merge_from(&ready.0, "")?;
                view.added_answers = few(added.faqs);
                view.added_documents = few(added.sources);
            }
        }
        drop(ready);
        // Only now: until here the backup that was asked for might have been one to make room.
        self.make_room(&self.folder())?;
        view.now = counts_of(&self.store)?;
        view.seconds = started.elapsed().as_secs_f64();
        view.mb_per_s = mb_per_s(read.manifest.database_bytes(), view.seconds);
        Ok(view)
    }
}

/// A proved copy that is about to take the desk's place.
const READY: &str = "restore.part.db";

/// A file that goes when it is not needed any more.
struct Removed(PathBuf);

impl Drop for Removed {
    fn drop(&mut self) {
        remove(&self.0);
    }
}

fn remove(path: &Path) {
    for ending in ["", "-journal"] {
        let mut name = path.as_os_str().to_owned();
        name.push(ending);
        let removed = std::fs::remove_file(&name);
        if let Err(error) = removed
            && error.kind() != std::io::ErrorKind::NotFound
        {
            tracing::warn!(%error, "a copy is left for the next start to remove");
        }
    }
}

/// Removes the copy that a killed program was about to bring back.
pub(super) fn remove_leftovers(data: &Path) {
    remove(&data.join(READY));
}

/// Puts a backup in the place of a desk whose file cannot be read any more; that is kept.
pub(super) fn replace_unreadable(data: &Path, file: &Path) -> Result<RestoredView, ApiError> {
    let started = Instant::now();
    let owned = store::Unreadable::own(data)?;
    let staging = Staging::new(data)?;
    let read = backup::unpack(file, &staging)?;
    store::migrate_copy(&read.database)?;
    let aside = owned.replace(&read.database, unix_seconds())?;
    drop(staging);
    let store = Store::open(data)?;
    let seconds = started.elapsed().as_secs_f64();
    Ok(RestoredView {
        how: RestoreHow::Replace,
        now: counts_of(&store)?,
        added_answers: 0,
        added_documents: 0,
        erased_again: 0,
        safety: String::new(),
        set_aside: aside.map_or_else(String::new, |folder| folder.display().to_string()),
        seconds,
        mb_per_s: mb_per_s(read.manifest.database_bytes(), seconds),
    })
}

fn no_file(path: &Path, source: std::io::Error) -> ApiError {
    crate::errors::data_folder(path, &source)
}
