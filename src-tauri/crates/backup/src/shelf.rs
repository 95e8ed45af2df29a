//! The backups in a folder, newest first, with what each says about itself.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use crate::error::io;
use crate::write::UNFINISHED;
use crate::{BackupError, EXTENSION, Manifest, read_manifest};

/// One file that is called like a backup.
#[derive(Debug)]
pub struct Listed {
    /// The file.
    pub path: PathBuf,
    /// Its size.
    pub bytes: u64,
    /// Unix seconds: when it was made, or last written to where it does not say.
    pub made_at: i64,
    /// What it says about itself, or why it says nothing.
    pub manifest: Result<Manifest, BackupError>,
}

/// The backups in a folder; none where there is no folder.
pub fn list(folder: &Path) -> Result<Vec<Listed>, BackupError> {
    let mut found = Vec::new();
    for path in files(folder)? {
        if path.extension().is_some_and(|ending| ending == EXTENSION) {
            let Ok(metadata) = fs::metadata(&path) else { continue };
            let written =
                metadata.modified().ok().and_then(|at| at.duration_since(UNIX_EPOCH).ok());
            let written = written.map_or(0, |since| since.as_secs() as i64);
            let manifest = read_manifest(&path);
            let made_at = manifest.as_ref().map_or(written, |manifest| manifest.made_at);
            found.push(Listed { bytes: metadata.len(), made_at, manifest, path });
        }
    }
    found.sort_by(|left, right| (right.made_at, &right.path).cmp(&(left.made_at, &left.path)));
    Ok(found)
}

/// Removes what programs left that were killed while they wrote here. Only one program at a time
/// may write into the folder.
pub fn remove_leftovers(folder: &Path) -> Result<(), BackupError> {
    let unfinished = format!(".{EXTENSION}.{UNFINISHED}");
    for path in files(folder)? {
        if path.to_string_lossy().ends_with(&unfinished) {
            fs::remove_file(&path).map_err(io(&path))?;
        }
    }
    Ok(())
}

fn files(folder: &Path) -> Result<Vec<PathBuf>, BackupError> {
    match fs::read_dir(folder) {
        Ok(entries) => {
            entries.map(|entry| entry.map(|entry| entry.path()).map_err(io(folder))).collect()
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(io(folder)(error)),
    }
}
