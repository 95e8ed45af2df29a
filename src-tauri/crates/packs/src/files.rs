//! Names, hashes and whole files.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::PackError;

/// The pack of a version.
pub(crate) fn pack_name(version: i64) -> String {
    format!("kb-{version}.pack")
}

/// A name that stays one file in one folder on every system.
pub(crate) fn is_plain_name(name: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    !name.starts_with('.') && name.ends_with(".pack") && name.chars().all(is_plain)
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Size and hash of a file.
pub(crate) fn measure(path: &Path) -> Result<(u64, String), PackError> {
    let file = File::open(path).map_err(|error| PackError::file(path, &error))?;
    pass_on(path, file, &mut std::io::sink())
}

/// Copies at most so many bytes; answers their number and their hash.
pub(crate) fn copy(from: &Path, to: &Path, most_bytes: u64) -> Result<(u64, String), PackError> {
    let file = File::open(from).map_err(|error| PackError::file(from, &error))?;
    let mut options = File::options();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let failed = |error: std::io::Error| PackError::file(to, &error);
    let mut copy = options.open(to).map_err(failed)?;
    let done = pass_on(from, file.take(most_bytes.saturating_add(1)), &mut copy)?;
    copy.sync_all().map_err(failed)?;
    Ok(done)
}

fn pass_on(
    path: &Path,
    mut from: impl Read,
    to: &mut impl Write,
) -> Result<(u64, String), PackError> {
    let failed = |error: std::io::Error| PackError::file(path, &error);
    let (mut hash, mut size, mut piece) = (Sha256::new(), 0, vec![0; 1 << 16]);
    loop {
        let read = from.read(&mut piece).map_err(failed)?;
        if read == 0 {
            return Ok((size, hex(&hash.finalize())));
        }
        hash.update(&piece[..read]);
        to.write_all(&piece[..read]).map_err(failed)?;
        size += read as u64;
    }
}

/// Puts a whole file in the place of the one before, so that nobody ever reads half of one.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> Result<(), PackError> {
    let draft = path.with_extension("new");
    let failed = |error: std::io::Error| PackError::file(path, &error);
    let mut file = File::create(&draft).map_err(failed)?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(failed)?;
    drop(file);
    fs::rename(&draft, path).map_err(failed)?;
    sync_folder(path);
    Ok(())
}

/// A rename is on the disk only when its folder is; a share may not be able to say.
pub(crate) fn sync_folder(path: &Path) {
    if cfg!(unix)
        && let Some(folder) = path.parent()
        && let Err(error) = File::open(folder).and_then(|folder| folder.sync_all())
    {
        tracing::debug!(%error, "a folder was not synced");
    }
}
