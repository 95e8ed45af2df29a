//! Whether a file holds the bytes the catalogue describes.
//!
//! Reading 100 MB at every start would cost a visible part of a second, so a verdict is
//! remembered with everything that changes when a file is replaced or written to.

use std::collections::BTreeMap;
use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{CatalogError, Entry};

/// The file in the cache folder that remembers verdicts.
const REMEMBERED: &str = "verified.json";

const READ_BYTES: usize = 1 << 20;

/// What was true of a file when its hash was computed. A difference in any field means that the
/// hash has to be computed again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Stamp {
    size_bytes: u64,
    modified_ns: u128,
    /// Inode, device and change time where the system has them: they betray a file that was
    /// swapped or edited with its old time put back.
    identity: (u64, u64, i64, i64),
    sha256: String,
}

/// Checks that `path` is the file of `entry`: its size first, then its hash.
///
/// With a cache folder, a file that has not changed since its last good check is not read again.
/// A cache that cannot be read or written costs time, never correctness.
pub fn verify(path: &Path, entry: &Entry, cache: Option<&Path>) -> Result<(), CatalogError> {
    verify_bytes(path, entry.size_exact.then_some(entry.size_bytes), &entry.sha256, cache)
}

/// The same, and reads the file whatever is remembered: bytes on a disk can change without anybody
/// writing. A file that is wrong is no longer remembered as right.
pub fn verify_again(path: &Path, entry: &Entry, cache: &Path) -> Result<(), CatalogError> {
    if let Ok(path_now) = fs::canonicalize(path)
        && let Err(error) = change(cache, |all| all.remove(&path_now).is_some())
    {
        tracing::info!(folder = %cache.display(), %error, "the model check is not forgotten");
    }
    verify(path, entry, Some(cache))
}

/// The same for a file without an entry; a size that is not known exactly proves nothing.
pub(crate) fn verify_bytes(
    path: &Path,
    size_bytes: Option<u64>,
    sha256: &str,
    cache: Option<&Path>,
) -> Result<(), CatalogError> {
    let read = |source| CatalogError::Read { path: path.into(), source };
    let path_now = fs::canonicalize(path).map_err(read)?;
    let metadata = fs::metadata(&path_now).map_err(read)?;
    if !metadata.is_file() {
        return Err(read(io::Error::other("not a file")));
    }
    if let Some(expected_bytes) = size_bytes
        && metadata.len() != expected_bytes
    {
        return Err(CatalogError::WrongSize {
            path: path.into(),
            expected_bytes,
            found_bytes: metadata.len(),
        });
    }
    let expected = Stamp {
        size_bytes: metadata.len(),
        modified_ns: modified_ns(&metadata).map_err(read)?,
        identity: identity(&metadata),
        sha256: sha256.into(),
    };
    if cache.is_some_and(|folder| remembered(folder).get(&path_now) == Some(&expected)) {
        return Ok(());
    }
    let found = hash_file(&path_now).map_err(read)?;
    if found != sha256 {
        return Err(CatalogError::WrongHash { path: path.into(), found });
    }
    if let Some(folder) = cache
        && let Err(error) = remember(folder, path_now, expected)
    {
        tracing::info!(folder = %folder.display(), %error, "the model check is not remembered");
    }
    Ok(())
}

/// Remembers that a file has been found right by somebody who has just read all of it.
pub(crate) fn remember_good(path: &Path, size_bytes: u64, sha256: &str, cache: &Path) {
    let stamped = fs::canonicalize(path).and_then(|path| {
        let metadata = fs::metadata(&path)?;
        let modified_ns = modified_ns(&metadata)?;
        let identity = identity(&metadata);
        let stamp = Stamp { size_bytes, modified_ns, identity, sha256: sha256.into() };
        // A file that was swapped since is read again, which is all that a wrong size can cause.
        if metadata.len() == size_bytes { remember(cache, path, stamp) } else { Ok(()) }
    });
    if let Err(error) = stamped {
        tracing::info!(folder = %cache.display(), %error, "the model check is not remembered");
    }
}

fn hash_file(path: &Path) -> io::Result<String> {
    let mut file = File::open(path)?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; READ_BYTES];
    loop {
        match file.read(&mut buffer)? {
            0 => break,
            length => hash.update(&buffer[..length]),
        }
    }
    Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

fn modified_ns(metadata: &Metadata) -> io::Result<u128> {
    Ok(metadata.modified()?.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_nanos()))
}

/// Whether a file was changed or replaced between two looks at it.
pub(crate) fn differs(before: &Metadata, after: &Metadata) -> bool {
    before.len() != after.len()
        || identity(before) != identity(after)
        || modified_ns(before).ok() != modified_ns(after).ok()
}

#[cfg(unix)]
fn identity(metadata: &Metadata) -> (u64, u64, i64, i64) {
    use std::os::unix::fs::MetadataExt;
    (metadata.ino(), metadata.dev(), metadata.ctime(), metadata.ctime_nsec())
}

#[cfg(not(unix))]
fn identity(_: &Metadata) -> (u64, u64, i64, i64) {
    (0, 0, 0, 0)
}

fn remembered(folder: &Path) -> BTreeMap<PathBuf, Stamp> {
    let text = fs::read_to_string(folder.join(REMEMBERED)).unwrap_or_default();
    serde_json::from_str(&text).unwrap_or_default()
}

fn remember(folder: &Path, path: PathBuf, stamp: Stamp) -> io::Result<()> {
    change(folder, |all| all.insert(path, stamp.clone()) != Some(stamp))
}

/// Changes what is remembered; `edit` says whether there is anything to write.
fn change(
    folder: &Path,
    edit: impl FnOnce(&mut BTreeMap<PathBuf, Stamp>) -> bool,
) -> io::Result<()> {
    let mut all = remembered(folder);
    if !edit(&mut all) {
        return Ok(());
    }
    fs::create_dir_all(folder)?;
    // Two programs may write at once; each writes a whole file, and a lost line is only re-read.
    let part = folder.join(format!("{REMEMBERED}.{}.part", std::process::id()));
    fs::write(&part, serde_json::to_string_pretty(&all)?)?;
    fs::rename(&part, folder.join(REMEMBERED))
}

#[cfg(test)]
mod tests;
