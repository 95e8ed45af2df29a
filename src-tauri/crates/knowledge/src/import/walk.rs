//! Which files a list of files and folders means.

use std::fs;
use std::path::{Path, PathBuf};

use super::{FileProblem, FileReport};

/// Files a folder may hold; more is a folder chosen by mistake.
const MOST_FILES: usize = 20_000;

/// The files in order of names; for a path that gives none, the report that says why.
///
/// Hidden files and links to folders are left out: the first are not meant, the second may lead
/// in circles.
pub(super) fn files(paths: &[PathBuf]) -> Vec<Result<PathBuf, FileReport>> {
    let mut found = Vec::new();
    for path in paths {
        match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => walk(path, &mut found),
            Ok(_) => found.push(Ok(path.clone())),
            Err(error) => found.push(Err(FileReport::rejected(path, "", unreadable(&error)))),
        }
    }
    found
}

fn walk(folder: &Path, found: &mut Vec<Result<PathBuf, FileReport>>) {
    let before = found.len();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let mut entries: Vec<PathBuf> = match fs::read_dir(&folder) {
            Ok(entries) => entries.flatten().map(|entry| entry.path()).collect(),
            Err(error) => {
                found.push(Err(FileReport::rejected(&folder, "", unreadable(&error))));
                continue;
            }
        };
        entries.sort();
        let mut inner = Vec::new();
        for entry in entries {
            let hidden = entry.file_name().is_some_and(|name| {
                name.as_encoded_bytes().starts_with(b".") || name == "Thumbs.db"
            });
            if hidden {
                continue;
            }
            if entry.is_symlink() {
                // A link to a folder may lead in circles, one to a file anywhere.
                if !entry.is_dir() {
                    let problem = documents::DocumentError::Link.into();
                    found.push(Err(FileReport::rejected(&entry, "", problem)));
                }
            } else if entry.is_dir() {
                inner.push(entry);
            } else if found.len() - before < MOST_FILES {
                found.push(Ok(entry));
            } else {
                let problem = FileProblem::new(format!("more than {MOST_FILES} files"))
                    .hint("Choose a folder that holds only what visitors may know.");
                found.push(Err(FileReport::rejected(&folder, "", problem)));
                return;
            }
        }
        folders.extend(inner.into_iter().rev());
    }
    if found.len() == before {
        let problem = FileProblem::new("the folder holds no files");
        found.push(Err(FileReport::rejected(folder, "", problem)));
    }
}

/// Why the system would not give a file's bytes.
fn unreadable(error: &std::io::Error) -> FileProblem {
    documents::DocumentError::from(error).into()
}
