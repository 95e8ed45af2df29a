//! Which files below a folder are models. Every walk has an end, and no link is followed.

use std::fs;
use std::path::{Path, PathBuf};

use crate::CatalogError;

/// Folders below the first one.
const DEEPEST: usize = 6;

/// Names that are looked at in one walk.
const MOST_NAMES: usize = 20_000;

/// Model files of one walk.
const MOST_FILES: usize = 500;

/// The model files at `path`: the file itself, or every `.gguf` below a folder, in order.
///
/// Fails when there is nothing, and when a folder holds none.
pub fn model_files(path: &Path) -> Result<Vec<PathBuf>, CatalogError> {
    let facts = fs::symlink_metadata(path)
        .map_err(|source| CatalogError::Read { path: path.into(), source })?;
    if !facts.is_dir() {
        return Ok(vec![path.into()]);
    }
    let mut files = Vec::new();
    let mut walk = Walk::below(path);
    while let Some(file) = walk.next_file() {
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned());
        if name.is_some_and(|name| is_gguf(&name)) && files.len() < MOST_FILES {
            files.push(file);
        }
    }
    files.sort();
    if files.is_empty() {
        return Err(CatalogError::NoModels { path: path.into() });
    }
    Ok(files)
}

/// A bounded walk over the regular files below a folder. What cannot be read is passed over.
pub(crate) struct Walk {
    folders: Vec<(PathBuf, usize)>,
    files: Vec<PathBuf>,
    names_left: usize,
    /// Whether links are handed out like files; they are never walked into.
    with_links: bool,
}

impl Walk {
    pub(crate) fn below(folder: &Path) -> Self {
        let folders = vec![(folder.to_path_buf(), 0)];
        Self { folders, files: Vec::new(), names_left: MOST_NAMES, with_links: false }
    }

    /// The same with links to whatever.
    pub(crate) fn with_links_below(folder: &Path) -> Self {
        Self { with_links: true, ..Self::below(folder) }
    }

    pub(crate) fn next_file(&mut self) -> Option<PathBuf> {
        loop {
            if let Some(file) = self.files.pop() {
                return Some(file);
            }
            let (folder, depth) = self.folders.pop()?;
            self.list(&folder, depth);
        }
    }

    fn list(&mut self, folder: &Path, depth: usize) {
        let Ok(entries) = fs::read_dir(folder) else { return };
        for entry in entries.flatten() {
            if self.names_left == 0 {
                return;
            }
            self.names_left -= 1;
            // This does not follow links.
            let Ok(kind) = entry.file_type() else { continue };
            if kind.is_dir() && depth < DEEPEST {
                self.folders.push((entry.path(), depth + 1));
            } else if kind.is_file() || self.with_links && kind.is_symlink() {
                self.files.push(entry.path());
            }
        }
    }
}

/// Whether a file's name says that it is a model.
pub(crate) fn is_gguf(name: &str) -> bool {
    name.len() > 5 && name.to_ascii_lowercase().ends_with(".gguf")
}

/// Whether a file's name says that it is a part of a model, as in `-00001-of-00003.gguf`.
pub(crate) fn is_split(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let stem = name.strip_suffix(".gguf").unwrap_or(&name);
    let Some((rest, of)) = stem.rsplit_once("-of-") else { return false };
    let Some((_, part)) = rest.rsplit_once('-') else { return false };
    let is_number = |text: &str| text.len() == 5 && text.bytes().all(|b| b.is_ascii_digit());
    is_number(of) && is_number(part) && of != "00001"
}
