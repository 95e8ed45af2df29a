//! Where a model's file is: the folders searched, and the first good file in them.

use std::path::{Path, PathBuf};

use crate::{CatalogError, Entry, verify};

/// Names a folder with models that is searched before all others.
pub const MODELS_VARIABLE: &str = "FRONTDESK_MODELS";

/// What was found of a model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Located {
    /// The right file.
    Ready {
        /// Where it is.
        path: PathBuf,
    },
    /// No file of that name in any folder.
    Missing,
    /// Only wrong files; none of them may be used.
    Damaged {
        /// What is wrong with the first of them, naming it.
        reason: String,
    },
}

/// The folders to search, most specific first: the folder named by [`MODELS_VARIABLE`], `models`
/// in the data folder, `models` beside this program, and `models` in the installed resources.
pub fn model_folders(data_dir: &Path, resource_dir: Option<&Path>) -> Vec<PathBuf> {
    let named = std::env::var_os(MODELS_VARIABLE).filter(|value| !value.is_empty());
    let program = std::env::current_exe().ok();
    ordered_folders(
        named.map(PathBuf::from),
        data_dir,
        program.as_deref().and_then(Path::parent),
        resource_dir,
    )
}

fn ordered_folders(
    named: Option<PathBuf>,
    data_dir: &Path,
    program_dir: Option<&Path>,
    resource_dir: Option<&Path>,
) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = named.into_iter().collect();
    for parent in [Some(data_dir), program_dir, resource_dir].into_iter().flatten() {
        let folder = parent.join("models");
        if !folders.contains(&folder) {
            folders.push(folder);
        }
    }
    folders
}

/// Finds the file of `entry`, with the hash the catalogue gives and no other.
///
/// A damaged file in one folder does not hide a good one in the next. `cache` is where checks are
/// remembered, see [`verify`].
pub fn locate(entry: &Entry, folders: &[PathBuf], cache: Option<&Path>) -> Located {
    let mut damage = None;
    for path in folders.iter().map(|folder| folder.join(&entry.file)) {
        match verify(&path, entry, cache) {
            Ok(()) => return Located::Ready { path },
            Err(CatalogError::Read { source, .. })
                if source.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => damage = damage.or(Some(error.to_string())),
        }
    }
    match damage {
        Some(reason) => Located::Damaged { reason },
        None => Located::Missing,
    }
}

#[cfg(test)]
mod tests;
