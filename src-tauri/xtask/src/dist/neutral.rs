//! Takes the folders of the building machine out of built files.
//!
//! Compilers write the paths of sources into what they build, for messages, and llama.cpp also the
//! folder it was built in, where it would look for parts. Each is overwritten in place by a name of
//! the same length: nothing moves, and it does not matter how or when a file was compiled.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use memchr::memmem::find;

use crate::workspace::Workspace;

/// What stands there afterwards, filled up to the length of what stood there.
const NAME: &[u8] = b"/source";
const FILLING: u8 = b'_';

/// The folders that must not be in a package, longest first.
pub fn folders(workspace: &Workspace) -> Result<Vec<PathBuf>> {
    let home = std::env::home_dir().context("no home folder is known")?;
    let cargo = std::env::var_os("CARGO_HOME").map_or_else(|| home.join(".cargo"), PathBuf::from);
    let mut folders = vec![
        workspace.root.clone(),
        workspace.target.clone(),
        workspace.cache.clone(),
        cargo,
        home.join(".rustup"),
        home.join(".cache"),
    ];
    folders.extend(folders.clone().iter().filter_map(|folder| folder.canonicalize().ok()));
    folders.sort_by_key(|folder| std::cmp::Reverse(folder.as_os_str().len()));
    folders.dedup();
    Ok(folders)
}

/// Overwrites every one of `folders` in `bytes`. Returns how often that was.
pub fn neutralise(bytes: &mut [u8], folders: &[PathBuf]) -> usize {
    let mut count = 0;
    for folder in folders {
        let wanted = folder.as_os_str().as_encoded_bytes();
        let replacement = replacement(wanted.len());
        let mut from = 0;
        while let Some(at) = find(&bytes[from..], wanted) {
            let at = from + at;
            bytes[at..at + wanted.len()].copy_from_slice(&replacement);
            from = at + wanted.len();
            count += 1;
        }
    }
    count
}

/// The folders of `folders` that are in `bytes`.
pub fn found<'a>(bytes: &[u8], folders: &'a [PathBuf]) -> Vec<&'a Path> {
    let is_in = |folder: &&PathBuf| find(bytes, folder.as_os_str().as_encoded_bytes()).is_some();
    folders.iter().filter(is_in).map(PathBuf::as_path).collect()
}

fn replacement(length: usize) -> Vec<u8> {
    let filling = std::iter::repeat(FILLING);
    NAME.iter().copied().chain(filling).take(length).collect()
}

#[cfg(test)]
mod tests;
