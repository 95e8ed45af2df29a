//! The files with which the operating system keeps the visitors' screen locked: written for this
//! computer, with its own paths, so that a person copies nothing from a manual.

mod linux;
mod windows;

use std::fs;
use std::path::{Path, PathBuf};

use crate::errors;
use crate::wire::{ApiError, Code};

/// The service's file.
pub(super) const SERVICE: &str = "frontdesk-kiosk.service";
/// The account that shows the screen and may do nothing else.
const ACCOUNT: &str = "frontdesk-kiosk";
/// The folder that is made for the files.
const FOLDER: &str = "frontdesk-kiosk";

/// What the files name.
#[derive(Clone, Debug)]
pub(super) struct Facts {
    /// The program with the windows.
    pub(super) program: PathBuf,
    /// The desk's data folder.
    pub(super) data: PathBuf,
}

/// Whose files are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum System {
    /// systemd and cage.
    Linux,
    /// Shell Launcher and assigned access.
    Windows,
}

impl System {
    /// This computer's.
    pub(super) fn here() -> Self {
        if cfg!(windows) { Self::Windows } else { Self::Linux }
    }
}

/// A file to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct LockFile {
    /// Its name.
    pub(super) name: &'static str,
    /// What is in it.
    pub(super) text: String,
}

/// Every file for a system; README.txt is the first.
pub(super) fn files(facts: &Facts, system: System) -> Vec<LockFile> {
    match system {
        System::Linux => linux::files(facts),
        System::Windows => windows::files(facts),
    }
}

/// Writes them into a folder of their own below `place`. Answers the folder and the names.
pub(super) fn write(place: &Path, files: &[LockFile]) -> Result<(PathBuf, Vec<String>), ApiError> {
    if place.as_os_str().is_empty() || !place.is_absolute() || !place.is_dir() {
        return Err(ApiError {
            code: Code::Invalid,
            message: format!("{:?} is not a folder on this computer", place.display().to_string()),
            hint: Some("Choose a folder that exists, such as a USB stick; name it in full.".into()),
        });
    }
    let folder = place.join(FOLDER);
    let refused = |source: std::io::Error| errors::data_folder(&folder, &source);
    match fs::symlink_metadata(&folder) {
        Ok(found) if found.is_dir() => {}
        // A link could lead the files somewhere else.
        Ok(_) => return Err(refused(std::io::ErrorKind::NotADirectory.into())),
        Err(_) => fs::create_dir(&folder).map_err(refused)?,
    }
    for file in files {
        let path = folder.join(file.name);
        // Not through a link, and never half a file: written beside, then renamed.
        let new = folder.join(format!("{}.new", file.name));
        fs::write(&new, &file.text).and_then(|()| fs::rename(&new, &path)).map_err(refused)?;
    }
    Ok((folder.clone(), files.iter().map(|file| file.name.to_string()).collect()))
}

#[cfg(test)]
mod tests;
