//! Bringing a model from a stick or a folder: a copy of exactly the right bytes in the desk's own
//! folder, or the file where it lies.
//!
//! Only the hash decides what a file is. One that has the name or the size of a catalogued model
//! and other bytes is damaged, whatever its header says; one that resembles none is unknown, and
//! its header is looked at with suspicion before anything else is done with it.

mod copy;
mod search;

use std::fs::{self, File, Metadata};
use std::path::{Path, PathBuf};

use gguf::Inspected;

use crate::{Catalog, CatalogError, Entry};
use copy::Part;
pub use copy::clear_leftovers;
pub use search::model_files;
pub(crate) use search::{Walk, is_gguf, is_split};

/// Left free on the disk beside the model: a full disk stops more than this program.
pub const SPARE_BYTES: u64 = 512 << 20;

/// What bringing a file needs to know.
pub struct Bringing<'a> {
    /// The models whose bytes are known.
    pub catalog: &'a Catalog,
    /// Where copies lie.
    pub folder: &'a Path,
    /// Room on the disk of that folder; `None` where the system does not say.
    pub free_bytes: Option<u64>,
    /// Size and sha256 of the unknown files that were brought before.
    pub brought: &'a [(u64, String)],
    /// Asked often; once it says yes, everything begun is taken back.
    pub stop: &'a dyn Fn() -> bool,
    /// Hears how many bytes of how many are done.
    pub progress: &'a dyn Fn(u64, u64),
}

/// A file whose bytes are known now.
#[derive(Debug)]
pub struct Brought {
    /// Where the bytes are.
    pub path: PathBuf,
    /// How many.
    pub size_bytes: u64,
    /// Their hash.
    pub sha256: String,
    /// What they are.
    pub bytes: Bytes,
    /// A copy that is thrown away unless it is kept.
    part: Option<Part>,
}

/// What a file's bytes are.
#[derive(Debug)]
pub enum Bytes {
    /// Those of this model of the catalogue.
    Known(Box<Entry>),
    /// Nobody's, with a sound header.
    Unknown(Box<Inspected>),
}

impl Catalog {
    /// The entry whose file has this sha256.
    pub fn by_sha256(&self, sha256: &str) -> Option<&Entry> {
        self.models.iter().find(|entry| entry.sha256 == sha256)
    }

    /// The entries that a file of this name and size would have to be.
    fn resembling(&self, file: &str, size_bytes: u64) -> Vec<&Entry> {
        let same = |entry: &&Entry| {
            entry.file.eq_ignore_ascii_case(file)
                || entry.size_exact && entry.size_bytes == size_bytes
        };
        self.models.iter().filter(same).collect()
    }
}

impl Bringing<'_> {
    /// Copies the file, hashing what is written. The copy lies beside its later place until
    /// [`Brought::keep`] gives it its name.
    ///
    /// A catalogued model that is there already is not copied again.
    /// Fails when the file is no file of its own, damaged, unsound, changed meanwhile, or too
    /// large for the disk; then nothing is left behind.
    pub fn copy(&self, source: &Path) -> Result<Brought, CatalogError> {
        let (file, facts) = open(source)?;
        let size_bytes = facts.len();
        let resembling = self.catalog.resembling(&file_name(source), size_bytes);
        let was_brought = self.brought.iter().any(|(size, _)| *size == size_bytes);
        if was_brought || resembling.iter().any(|entry| self.is_here(entry)) {
            let sha256 = self.hash(source, &file, &facts)?;
            if let Some(entry) = self.catalog.by_sha256(&sha256).filter(|entry| self.is_here(entry))
            {
                let path = self.folder.join(&entry.file);
                let bytes = Bytes::Known(Box::new(entry.clone()));
                return Ok(Brought { path, size_bytes, sha256, bytes, part: None });
            }
            refuse_damaged(source, &sha256, self.catalog, &resembling)?;
            if self.brought.iter().any(|(_, known)| *known == sha256) {
                return Err(CatalogError::AlreadyBrought { path: source.into(), sha256 });
            }
        }
        if resembling.is_empty() {
            inspect(source)?;
        }
        self.check_room(size_bytes)?;
        let mut part = Part::create(self.folder)?;
        let sha256 = copy::hashed(&file, source, &facts, Some(&mut part), self)?;
        part.sync()?;
        refuse_damaged(source, &sha256, self.catalog, &resembling)?;
        let bytes = match self.catalog.by_sha256(&sha256) {
            Some(entry) => Bytes::Known(Box::new(entry.clone())),
            // What was copied counts, and not what was looked at before.
            None => Bytes::Unknown(Box::new(inspect(part.path())?)),
        };
        let path = part.path().to_path_buf();
        Ok(Brought { path, size_bytes, sha256, bytes, part: Some(part) })
    }

    /// Looks at the file where it lies.
    ///
    /// Fails like [`Bringing::copy`], but for the room.
    pub fn in_place(&self, source: &Path) -> Result<Brought, CatalogError> {
        let (file, facts) = open(source)?;
        let resembling = self.catalog.resembling(&file_name(source), facts.len());
        if resembling.is_empty() {
            inspect(source)?;
        }
        let sha256 = self.hash(source, &file, &facts)?;
        refuse_damaged(source, &sha256, self.catalog, &resembling)?;
        let bytes = match self.catalog.by_sha256(&sha256) {
            Some(entry) => Bytes::Known(Box::new(entry.clone())),
            None => Bytes::Unknown(Box::new(inspect(source)?)),
        };
        let path = fs::canonicalize(source).map_err(|error| unreadable(source, error))?;
        Ok(Brought { path, size_bytes: facts.len(), sha256, bytes, part: None })
    }

    fn hash(&self, source: &Path, file: &File, facts: &Metadata) -> Result<String, CatalogError> {
        copy::hashed(file, source, facts, None, self)
    }

    fn is_here(&self, entry: &Entry) -> bool {
        crate::verify(&self.folder.join(&entry.file), entry, self.folder.parent()).is_ok()
    }

    fn check_room(&self, size_bytes: u64) -> Result<(), CatalogError> {
        match self.free_bytes {
            Some(free_bytes) if free_bytes < size_bytes.saturating_add(SPARE_BYTES) => {
                let path = self.folder.into();
                Err(CatalogError::NoRoom { path, needed_bytes: size_bytes, free_bytes })
            }
            _ => Ok(()),
        }
    }
}

impl Brought {
    /// Gives a copy its name, for good: after this, a power cut leaves it there.
    ///
    /// A file used in place, or one that was there already, stays where it is.
    pub fn keep(self, name: &str) -> Result<PathBuf, CatalogError> {
        match self.part {
            Some(part) => part.keep(name),
            None => Ok(self.path),
        }
    }
}

/// Opens a file that is one: links, folders and devices are refused before anything is read.
fn open(source: &Path) -> Result<(File, Metadata), CatalogError> {
    let facts = fs::symlink_metadata(source).map_err(|error| unreadable(source, error))?;
    if facts.is_symlink() {
        return Err(CatalogError::IsLink { path: source.into() });
    }
    if is_split(&file_name(source)) {
        return Err(CatalogError::IsSplit { path: source.into() });
    }
    let file = copy::open_without_following(source).map_err(|error| unreadable(source, error))?;
    let facts = file.metadata().map_err(|error| unreadable(source, error))?;
    if !facts.is_file() {
        return Err(unreadable(source, std::io::Error::other("not a file")));
    }
    Ok((file, facts))
}

fn inspect(path: &Path) -> Result<Inspected, CatalogError> {
    gguf::inspect(path)
        .map_err(|refusal| CatalogError::Unsound { path: path.into(), reason: refusal.to_string() })
}

/// A file that poses as a catalogued model and is not one is not taken for anything else.
fn refuse_damaged(
    source: &Path,
    sha256: &str,
    catalog: &Catalog,
    resembling: &[&Entry],
) -> Result<(), CatalogError> {
    match resembling.first() {
        Some(entry) if catalog.by_sha256(sha256).is_none() => Err(CatalogError::Damaged {
            path: source.into(),
            model: entry.name.clone(),
            found: sha256.into(),
        }),
        _ => Ok(()),
    }
}

fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn unreadable(path: &Path, source: std::io::Error) -> CatalogError {
    CatalogError::Read { path: path.into(), source }
}

#[cfg(test)]
mod tests;
