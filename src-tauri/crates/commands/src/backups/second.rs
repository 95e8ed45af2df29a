//! The second place: a disk that fails takes along the backups that lie on it.

use std::path::{Path, PathBuf};

use super::Backups;
use crate::wire::{ApiError, Code};

/// Where the path of the second place is kept. It belongs to the computer and is in no backup.
const KEY: &str = "backup_folder";

impl Backups {
    /// The second place, if there is one.
    pub(super) fn second_folder(&self) -> Result<Option<PathBuf>, ApiError> {
        let saved = self.store.meta_get(KEY)?;
        Ok(saved.filter(|path| !path.is_empty()).map(PathBuf::from))
    }

    /// From now on each backup goes there too; an empty path ends that.
    pub(super) fn keep_also_in(&self, folder: &Path) -> Result<(), ApiError> {
        if folder.as_os_str().is_empty() {
            return Ok(self.store.meta_set(KEY, "")?);
        }
        let refused = |message: String, hint: &str| ApiError {
            code: Code::NotFound,
            message,
            hint: Some(hint.into()),
        };
        if !folder.is_absolute() || !folder.is_dir() {
            return Err(refused(
                format!("there is no folder {:?}", folder.display().to_string()),
                "Plug the stick in and write the whole path of a folder on it.",
            ));
        }
        let folder = folder.canonicalize().map_err(|error| crate::errors::internal(&error))?;
        if folder.starts_with(self.store.folder()) {
            return Err(refused(
                "that folder belongs to the desk itself".into(),
                "Choose a folder on another disk: this one can fail as a whole.",
            ));
        }
        Ok(self.store.meta_set(KEY, &folder.to_string_lossy())?)
    }

    /// Copies a proved backup to the second place and proves the copy. Returns the file, or why
    /// there is none; both are empty without a second place.
    pub(super) fn copy_to_second(&self, made: &Path) -> (String, String) {
        let folder = match self.second_folder() {
            Ok(Some(folder)) => folder,
            Ok(None) => return (String::new(), String::new()),
            Err(error) => return (String::new(), error.message),
        };
        if !folder.is_dir() {
            return (String::new(), format!("{} is not there", folder.display()));
        }
        let name = made.file_name().unwrap_or_default();
        let copied = backup::copy_file(made, &folder.join(name)).map_err(ApiError::from);
        match copied.and_then(|path| self.make_room(&folder).map(|()| path)) {
            Ok(path) => (path.display().to_string(), String::new()),
            Err(error) => (String::new(), error.message),
        }
    }
}
