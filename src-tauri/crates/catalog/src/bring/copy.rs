//! Reading a file once, hashing and writing on the way, and a copy that is there as a whole or not
//! at all.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use sha2::{Digest, Sha256};

use super::{Bringing, unreadable};
use crate::CatalogError;

const READ_BYTES: usize = 1 << 20;

/// How the names of unfinished copies begin and end. No model's file is called so.
const PART: (&str, &str) = ("import-", ".part");

/// Tells the copies of one program apart.
static NEXT: AtomicU64 = AtomicU64::new(1);

/// A copy under way. It is deleted when it is dropped before it was kept.
#[derive(Debug)]
pub(super) struct Part {
    path: PathBuf,
    file: File,
    is_kept: bool,
}

impl Part {
    pub(super) fn create(folder: &Path) -> Result<Self, CatalogError> {
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let (begin, end) = PART;
        let path = folder.join(format!("{begin}{}-{number}{end}", std::process::id()));
        let failed = |source| CatalogError::Write { path: path.clone(), source };
        fs::create_dir_all(folder).map_err(failed)?;
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt;
            options.mode(0o600);
        }
        let file = options.open(&path).map_err(failed)?;
        Ok(Self { path, file, is_kept: false })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), CatalogError> {
        self.file.write_all(bytes).map_err(|source| self.failed(source))
    }

    pub(super) fn sync(&self) -> Result<(), CatalogError> {
        self.file.sync_all().map_err(|source| self.failed(source))
    }

    /// Renames it, and waits until the disk knows the new name.
    pub(super) fn keep(mut self, name: &str) -> Result<PathBuf, CatalogError> {
        let to = self.path.with_file_name(name);
        fs::rename(&self.path, &to).map_err(|source| self.failed(source))?;
        self.is_kept = true;
        if let Some(folder) = to.parent() {
            sync_folder(folder).map_err(|source| self.failed(source))?;
        }
        Ok(to)
    }

    fn failed(&self, source: io::Error) -> CatalogError {
        CatalogError::Write { path: self.path.clone(), source }
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        if !self.is_kept
            && let Err(error) = fs::remove_file(&self.path)
        {
            tracing::warn!(path = %self.path.display(), %error, "an unfinished copy stays behind");
        }
    }
}

/// Deletes copies that a killed program left unfinished. Only for the folder's one owner, before
/// it copies anything itself.
pub fn clear_leftovers(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with(PART.0)
            && name.ends_with(PART.1)
            && let Err(error) = fs::remove_file(entry.path())
        {
            tracing::warn!(%name, %error, "an unfinished copy stays behind");
        }
    }
}

/// Reads the whole file and hashes it; what is read goes into `part` too.
///
/// Fails when the file was not the same all the time: its length, its time or its place on the
/// disk tell.
pub(super) fn hashed(
    mut file: &File,
    source: &Path,
    facts: &Metadata,
    mut part: Option<&mut Part>,
    bringing: &Bringing<'_>,
) -> Result<String, CatalogError> {
    let total_bytes = facts.len();
    let mut hash = Sha256::new();
    let mut buffer = vec![0; READ_BYTES];
    let mut done_bytes = 0u64;
    loop {
        if (bringing.stop)() {
            return Err(CatalogError::Cancelled);
        }
        let length = file.read(&mut buffer).map_err(|error| unreadable(source, error))?;
        done_bytes += length as u64;
        // A file that grows while it is read must not fill the disk.
        if length == 0 || done_bytes > total_bytes {
            break;
        }
        hash.update(&buffer[..length]);
        if let Some(part) = part.as_deref_mut() {
            part.write(&buffer[..length])?;
        }
        (bringing.progress)(done_bytes, total_bytes);
    }
    let after = file.metadata().map_err(|error| unreadable(source, error))?;
    if done_bytes != total_bytes || crate::verify::differs(facts, &after) {
        return Err(CatalogError::Changed { path: source.into() });
    }
    Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Opens a file for reading. A link in its place is an error, and a pipe is not waited for.
pub(super) fn open_without_following(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        let flags = rustix::fs::OFlags::NOFOLLOW | rustix::fs::OFlags::NONBLOCK;
        options.custom_flags(flags.bits().cast_signed());
    }
    options.open(path)
}

#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Elsewhere a folder cannot be opened as a file; the system writes its entries by itself.
#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}
