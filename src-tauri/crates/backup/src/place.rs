//! Where copies lie while they are worked on: a folder of the desk's own, on its own disk, that is
//! empty before and after.

use std::fs;
use std::path::{Path, PathBuf};

use crate::BackupError;
use crate::error::io;

/// The folder's name below the data folder.
const FOLDER: &str = "backup.part";
/// Room that is left free for everything else.
const SPARE_BYTES: u64 = 8 << 20;

/// A folder for one piece of work; it goes when the work is over, or when the next one begins.
pub struct Staging {
    folder: PathBuf,
}

impl Staging {
    /// Makes it anew below a data folder; what a killed program left in it goes.
    pub fn new(data: &Path) -> Result<Self, BackupError> {
        let folder = data.join(FOLDER);
        clear(&folder)?;
        fs::create_dir_all(&folder).map_err(io(&folder))?;
        restrict(&folder)?;
        Ok(Self { folder })
    }

    /// Makes one among the system's temporary files, for who has no desk.
    pub fn temporary() -> Result<Self, BackupError> {
        let name = format!("frontdesk-verify-{}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        // Refused when it is there: somebody else may have put it there, or a link.
        fs::create_dir(&folder).map_err(io(&folder))?;
        let staging = Self { folder };
        restrict(&staging.folder)?;
        Ok(staging)
    }

    /// Removes what a killed program left, where there is anything.
    pub fn clear(data: &Path) -> Result<(), BackupError> {
        clear(&data.join(FOLDER))
    }

    /// A file in it.
    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        if let Err(error) = clear(&self.folder) {
            tracing::warn!(%error, "a copy is left for the next start to remove");
        }
    }
}

fn clear(folder: &Path) -> Result<(), BackupError> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(io(folder)(error)),
        _ => Ok(()),
    }
}

/// Fails before anything is written where there is too little room for it.
pub(crate) fn need_room(folder: &Path, bytes: u64) -> Result<(), BackupError> {
    let needed_bytes = bytes + SPARE_BYTES;
    match hardware::disk(folder).free_bytes {
        Some(free_bytes) if free_bytes < needed_bytes => {
            Err(BackupError::NoRoom { path: folder.to_owned(), needed_bytes, free_bytes })
        }
        _ => Ok(()),
    }
}

/// A rename is on the disk only when its folder is.
pub(crate) fn sync_folder(folder: &Path) -> Result<(), BackupError> {
    if cfg!(unix) {
        let synced = fs::File::open(folder).and_then(|handle| handle.sync_all());
        synced.map_err(io(folder))?;
    }
    Ok(())
}

#[cfg(unix)]
fn restrict(folder: &Path) -> Result<(), BackupError> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o700)).map_err(io(folder))
}

#[cfg(not(unix))]
fn restrict(_folder: &Path) -> Result<(), BackupError> {
    Ok(())
}

/// Makes a file that only its owner may read, where the disk can tell owners apart.
pub(crate) fn create(path: &Path) -> Result<fs::File, BackupError> {
    let mut options = fs::OpenOptions::new();
    options.read(true).write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path).map_err(io(path))
}
