//! Models that other programs keep on this computer.
//!
//! Nothing is read but names, small descriptions and the other programs' own lists; whether a file
//! holds the right bytes is found out when somebody wants to use it. Each program keeps its models
//! in its own way, and each way is a file here. Links are followed only as long as they stay inside
//! the folder of that program.

mod folders;
mod hugging_face;
mod jan;
mod lm_studio;
mod ollama;

use std::fs;
use std::path::{Path, PathBuf};

use crate::bring::{is_gguf, is_split};
use crate::{Catalog, Entry};
pub use folders::Surroundings;

/// Bytes of a list or a description that is read.
const LONGEST_LIST: u64 = 1 << 20;

/// Models of one program that are told.
const MOST_MODELS: usize = 200;

/// A model that another program keeps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The program's name.
    pub program: &'static str,
    /// What it calls the model.
    pub name: String,
    /// The file itself, never a link.
    pub path: PathBuf,
    /// Its size.
    pub size_bytes: u64,
    /// Its sha256 as the program tells it. Nothing is sure before it was read.
    pub sha256: Option<String>,
}

impl Found {
    /// The catalogued model this probably is: by the hash that the program tells, else by the
    /// file's name and size.
    pub fn entry<'a>(&self, catalog: &'a Catalog) -> Option<&'a Entry> {
        if let Some(sha256) = &self.sha256 {
            return catalog.by_sha256(sha256);
        }
        let name = self.path.file_name()?.to_str()?;
        catalog.models.iter().find(|entry| {
            let fits = entry.size_bytes == self.size_bytes || !entry.size_exact;
            fits && entry.file.eq_ignore_ascii_case(name)
        })
    }
}

/// Looks into the folders of every program that is known here. A file that two of them share is
/// told once, with the first one's name for it.
pub fn find(surroundings: &Surroundings) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let all = [
        ollama::find(surroundings),
        lm_studio::find(surroundings),
        jan::find(surroundings),
        hugging_face::find(surroundings),
        folders::gpt4all(surroundings),
    ];
    for model in all.into_iter().flat_map(|models| models.into_iter().take(MOST_MODELS)) {
        if !found.iter().any(|other| other.path == model.path) {
            found.push(model);
        }
    }
    found.sort_by(|a, b| b.size_bytes.cmp(&a.size_bytes).then_with(|| a.path.cmp(&b.path)));
    found
}

/// The file behind `path`, if it is a file that is not empty and lies below `root`, which is a
/// folder without links.
fn file_below(root: &Path, path: &Path) -> Option<(PathBuf, u64)> {
    let file = fs::canonicalize(path).ok()?;
    let facts = fs::metadata(&file).ok()?;
    (file.starts_with(root) && facts.is_file() && facts.len() > 0).then_some((file, facts.len()))
}

/// Whether a file could be a whole model that writes text, by its name.
fn is_model(name: &str) -> bool {
    is_gguf(name) && !is_split(name) && !name.to_ascii_lowercase().starts_with("mmproj")
}

/// A small text file. What is larger than a list is none.
fn small_text(path: &Path) -> Option<String> {
    let facts = fs::metadata(path).ok()?;
    if !facts.is_file() || facts.len() > LONGEST_LIST {
        return None;
    }
    fs::read_to_string(path).ok()
}

/// A hash in the way hashes are written here.
fn sha256(text: &str) -> Option<String> {
    let is_hex = text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hex.then(|| text.to_ascii_lowercase())
}

/// A name for people: one line without anything that cannot be printed.
fn printable(name: &str) -> String {
    name.chars().filter(|c| !c.is_control()).take(120).collect()
}

#[cfg(test)]
mod tests;
