//! Keys in files: a folder of their own, one file a server, for this user only and not encrypted.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use crate::RemoteError;

/// Bytes that are read of a key's file.
const MOST_BYTES: u64 = 8 << 10;

/// Writes a key beside the one before, and then takes its name.
pub(super) fn keep(folder: &Path, server: &str, key: &str) -> Result<(), RemoteError> {
    let wrong = |error: std::io::Error| place(folder, &error);
    make_folder(folder).map_err(wrong)?;
    let path = path(folder, server)?;
    let new = path.with_extension("new");
    // Left by a program that was ended in the middle.
    forget_file(&new).map_err(wrong)?;
    let mut file = private().write(true).create_new(true).open(&new).map_err(wrong)?;
    let written = file.write_all(key.as_bytes()).and_then(|()| file.sync_all());
    written.and_then(|()| fs::rename(&new, &path)).map_err(wrong)
}

pub(super) fn find(folder: &Path, server: &str) -> Result<Option<String>, RemoteError> {
    let path = path(folder, server)?;
    let file = match File::open(&path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(place(&path, &error)),
    };
    let mut text = String::new();
    let read = file.take(MOST_BYTES).read_to_string(&mut text);
    read.map_err(|error| place(&path, &error))?;
    Ok(Some(text))
}

pub(super) fn forget(folder: &Path, server: &str) -> Result<(), RemoteError> {
    let path = path(folder, server)?;
    forget_file(&path).map_err(|error| place(&path, &error))
}

/// A server's id is a plain name; anything else would be a place outside the folder.
fn path(folder: &Path, server: &str) -> Result<PathBuf, RemoteError> {
    let is_plain = !server.is_empty()
        && server.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    if !is_plain {
        return Err(RemoteError::KeyPlace { reason: format!("{server:?} is no plain name") });
    }
    Ok(folder.join(format!("{server}.key")))
}

fn forget_file(path: &Path) -> std::io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        Ok(()) | Err(_) => Ok(()),
    }
}

fn place(path: &Path, error: &std::io::Error) -> RemoteError {
    RemoteError::KeyPlace { reason: format!("{}: {error}", path.display()) }
}

#[cfg(unix)]
fn make_folder(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o700))
}

/// Elsewhere the folder inherits the rights of the user's own data.
#[cfg(not(unix))]
fn make_folder(folder: &Path) -> std::io::Result<()> {
    fs::create_dir_all(folder)
}

#[cfg(unix)]
fn private() -> OpenOptions {
    use std::os::unix::fs::OpenOptionsExt;
    let mut options = OpenOptions::new();
    options.mode(0o600);
    options
}

#[cfg(not(unix))]
fn private() -> OpenOptions {
    OpenOptions::new()
}
