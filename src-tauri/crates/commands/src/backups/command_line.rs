//! Backups of a desk that is not running: what the command line does, without an engine. The same
//! work as for a running one, and the same refusals; whoever has the desk open keeps it.

use std::path::{Path, PathBuf};

use backup::Staging;
use store::StoreError;

use super::{Backups, check, open_store, restore};
use crate::wire::{ApiError, BackupContent, BackupMade, RestoreHow, RestoredView};

/// Makes a backup of the desk in `data`: a file of that name, or one with a name of its own where
/// it names a folder.
pub fn make(data: &Path, target: &Path) -> Result<BackupMade, ApiError> {
    let backups = Backups::new(open_store(data)?, Vec::new())?;
    let target = std::path::absolute(target).unwrap_or_else(|_| target.to_owned());
    match target.is_dir() {
        true => backups.make_as(&target.join(super::make::name_now())),
        false => backups.make_as(&target),
    }
}

/// Reads a backup from end to end; no desk is needed for it.
pub fn verify(file: &Path) -> Result<BackupContent, ApiError> {
    let staging = Staging::temporary()?;
    let read = backup::unpack(file, &staging)?;
    store::migrate_copy(&read.database)?;
    Ok(check::content(file, &read))
}

/// What bringing a backup back would change.
pub fn preview(data: &Path, file: &Path) -> Result<BackupContent, ApiError> {
    Backups::new(open_store(data)?, Vec::new())?.check(file)
}

/// Brings a backup back. A desk whose file cannot be read is kept aside, and replaced whole.
pub fn restore(data: &Path, file: &Path, how: RestoreHow) -> Result<RestoredView, ApiError> {
    match open_store(data) {
        Ok(store) => Backups::new(store, Vec::new())?.restore(&absolute(file), how),
        Err(StoreError::Damaged { .. }) if how == RestoreHow::Replace => {
            restore::replace_unreadable(data, &absolute(file))
        }
        Err(error) => Err(error.into()),
    }
}

fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}
