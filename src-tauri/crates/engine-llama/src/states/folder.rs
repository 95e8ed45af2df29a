//! The folder of the states: what the files are called, and the few things done to them.
//!
//! Only names that this program gives are ever read or removed, so a folder set by mistake loses
//! nothing. A file appears under its name whole or not at all.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::hash::{BuildHasher, RandomState};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::SystemTime;

use sha2::{Digest, Sha256};

const STATE_ENDING: &str = ".state";
const HALF_ENDING: &str = ".half";

/// The letters before the ending.
const NAME_LETTERS: usize = 32;

/// A file's name without its ending: a hash of whose state it is and of which tokens.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Name(String);

impl Name {
    /// The name that a state of these tokens has. Another identity gives another name, so that
    /// two models on one folder never write to the same file.
    pub(super) fn of(identity: &str, tokens: &[i32]) -> Name {
        let mut hash = Sha256::new();
        hash.update((identity.len() as u64).to_le_bytes());
        hash.update(identity);
        for token in tokens {
            hash.update(token.to_le_bytes());
        }
        let digest = hash.finalize();
        let letters = digest.iter().take(NAME_LETTERS / 2).map(|byte| format!("{byte:02x}"));
        Name(letters.collect())
    }

    fn from_letters(letters: &str) -> Option<Name> {
        let is_ours = letters.len() == NAME_LETTERS
            && letters.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        is_ours.then(|| Name(letters.to_owned()))
    }
}

/// What the folder holds of ours.
#[derive(Debug, Default)]
pub(super) struct Held {
    /// Whole files, unless they were damaged later, and when each was used.
    pub(super) states: Vec<(Name, SystemTime)>,
    /// What an interrupted writer left.
    pub(super) halves: Vec<PathBuf>,
}

/// A folder that can be listed.
#[derive(Clone, Debug)]
pub(super) struct Folder {
    path: PathBuf,
}

impl Folder {
    /// Uses a folder, made for this user alone if there is none.
    pub(super) fn open(path: &Path) -> io::Result<Folder> {
        let mut builder = DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(path)?;
        Ok(Folder { path: path.to_owned() })
    }

    /// Lists our files. Links and folders under our names are passed over.
    pub(super) fn list(&self) -> io::Result<Held> {
        let mut held = Held::default();
        for file in fs::read_dir(&self.path)? {
            let file = file?;
            let file_name = file.file_name();
            let Some(file_name) = file_name.to_str() else { continue };
            if !file.file_type().is_ok_and(|kind| kind.is_file()) {
                continue;
            }
            if let Some(letters) = file_name.strip_suffix(STATE_ENDING)
                && let Some(name) = Name::from_letters(letters)
            {
                let used = file.metadata().and_then(|metadata| metadata.modified());
                held.states.push((name, used.unwrap_or(SystemTime::UNIX_EPOCH)));
            } else if let Some(letters) = file_name.strip_suffix(HALF_ENDING)
                && Name::from_letters(letters).is_some()
            {
                held.halves.push(file.path());
            }
        }
        Ok(held)
    }

    /// Opens a state for reading, and says how many bytes it has.
    pub(super) fn read(&self, name: &Name) -> io::Result<(File, u64)> {
        let path = self.path_of(name);
        let seen = fs::symlink_metadata(&path)?;
        if !seen.is_file() {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "not an ordinary file"));
        }
        let file = File::open(&path)?;
        let opened = file.metadata()?;
        if !is_same_file(&seen, &opened) {
            return Err(io::Error::other("the file was exchanged while it was opened"));
        }
        Ok((file, opened.len()))
    }

    /// Makes the file of a state with what `fill` writes, or leaves nothing.
    pub(super) fn write(
        &self,
        name: &Name,
        fill: impl FnOnce(&mut File) -> io::Result<()>,
    ) -> io::Result<()> {
        let half = self.path.join(half_name());
        let whole = self.path_of(name);
        let written = create_private(&half).and_then(|mut file| {
            fill(&mut file)?;
            file.sync_all()?;
            fs::rename(&half, &whole)
        });
        if let Err(error) = written {
            if let Err(left) = remove(&half) {
                tracing::debug!("half a state is left in the folder: {left}");
            }
            return Err(error);
        }
        self.sync()
    }

    /// Removes a state. That it is gone already is no error.
    pub(super) fn remove(&self, name: &Name) -> io::Result<()> {
        remove(&self.path_of(name))
    }

    /// Takes note, for the next start, that a state was used now.
    pub(super) fn mark_used(&self, name: &Name) {
        let marked =
            File::open(self.path_of(name)).and_then(|file| file.set_modified(SystemTime::now()));
        if let Err(error) = marked {
            tracing::debug!("the use of a state is forgotten at the next start: {error}");
        }
    }

    /// Where the file of a state is.
    pub(super) fn path_of(&self, name: &Name) -> PathBuf {
        self.path.join(format!("{}{STATE_ENDING}", name.0))
    }

    /// Without this, a power cut may undo the rename.
    fn sync(&self) -> io::Result<()> {
        #[cfg(unix)]
        File::open(&self.path)?.sync_all()?;
        Ok(())
    }
}

/// Removes a file that may be gone already.
pub(super) fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        Ok(()) | Err(_) => Ok(()),
    }
}

fn create_private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// A name that no other writer has, in this process or another one.
fn half_name() -> String {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let random = RandomState::new().hash_one(std::process::id());
    format!("{random:016x}{:016x}{HALF_ENDING}", COUNT.fetch_add(1, Ordering::Relaxed))
}

/// A link put in the place of a file between looking and opening is not followed either.
fn is_same_file(seen: &fs::Metadata, opened: &fs::Metadata) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        seen.dev() == opened.dev() && seen.ino() == opened.ino()
    }
    #[cfg(not(unix))]
    {
        seen.is_file() && opened.is_file()
    }
}

#[cfg(test)]
mod tests;
