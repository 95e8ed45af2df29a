//! The folder somebody publishes to.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::files::{measure, pack_name, replace, sync_folder};
use crate::{MANIFEST_FILE, Manifest, PackError, PublicKey, Published, SigningKey};

/// Packs that stay: the newest and some to go back to. Who is still copying an older one must be
/// able to end.
const KEPT: usize = 5;
/// A manifest has fewer than 1,000 bytes.
pub(crate) const MOST_MANIFEST_BYTES: usize = 64 << 10;

/// A folder to publish to.
pub struct Shelf {
    folder: PathBuf,
    key: SigningKey,
}

/// A pack that is being written; it has no name that anybody looks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Where to write it; nothing is there.
    pub path: PathBuf,
}

impl Shelf {
    /// A shelf in this folder, which is made where it is not there.
    pub fn open(folder: &Path, key: SigningKey) -> Result<Self, PackError> {
        fs::create_dir_all(folder).map_err(|error| PackError::file(folder, &error))?;
        Ok(Self { folder: folder.to_owned(), key })
    }

    /// What others know this publisher by.
    pub fn publisher(&self) -> PublicKey {
        self.key.public()
    }

    /// What is published now. Fails where somebody else publishes here.
    pub fn newest(&self) -> Result<Option<Manifest>, PackError> {
        let path = self.folder.join(MANIFEST_FILE);
        match fs::read(&path) {
            Ok(bytes) => Manifest::read(&bytes, &self.publisher()).map(Some),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(PackError::file(&path, &error)),
        }
    }

    /// A place for the next pack; what an earlier try left there is removed.
    pub fn draft(&self) -> Result<Draft, PackError> {
        let path = self.folder.join("pack.draft");
        match fs::remove_file(&path) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                Err(PackError::file(&path, &error))
            }
            _ => Ok(Draft { path }),
        }
    }

    /// Gives the pack its name and publishes it. `published` says what is in it; its file, size and
    /// hash are taken from the draft.
    pub fn publish(&self, draft: &Draft, published: Published) -> Result<Manifest, PackError> {
        let (size_bytes, sha256) = measure(&draft.path)?;
        let file = pack_name(published.version);
        let path = self.folder.join(&file);
        let failed = |error: std::io::Error| PackError::file(&path, &error);
        // The owner's file becomes everybody's who may enter the folder.
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            fs::set_permissions(&draft.path, fs::Permissions::from_mode(0o644)).map_err(failed)?;
        }
        fs::rename(&draft.path, &path).map_err(failed)?;
        sync_folder(&path);
        let manifest = self.sign(Published { file, size_bytes, sha256, ..published })?;
        self.tidy();
        Ok(manifest)
    }

    /// Publishes the pack before the newest one again, under a version of its own.
    pub fn roll_back(&self, version: i64, created_at: i64) -> Result<Manifest, PackError> {
        let place = self.folder.display().to_string();
        let newest = self.newest()?.ok_or(PackError::Empty { place: place.clone() })?.published;
        let before = self.history()?.into_iter().find(|one| one.kb_version < newest.kb_version);
        let Some(before) = before else {
            return Err(PackError::NothingBefore { version: newest.version, place });
        };
        let path = self.folder.join(&before.file);
        let (size_bytes, sha256) = measure(&path)?;
        if (size_bytes, &sha256) != (before.size_bytes, &before.sha256) {
            let reason = "its size or its hash is another one".into();
            return Err(PackError::WrongBytes { file: before.file, reason });
        }
        self.sign(Published { version, created_at, ..before })
    }

    fn sign(&self, published: Published) -> Result<Manifest, PackError> {
        let manifest = Manifest::signed(published, &self.key);
        let mut text = serde_json::to_vec_pretty(&manifest)
            .map_err(|error| PackError::Unclear { reason: error.to_string() })?;
        text.push(b'\n');
        replace(&self.folder.join(note_name(&manifest.published.file)), &text)?;
        // Last of all: from here on others see it.
        replace(&self.folder.join(MANIFEST_FILE), &text)?;
        Ok(manifest)
    }

    /// What lies here, the newest knowledge first; each pack has its own signed note beside it.
    fn history(&self) -> Result<Vec<Published>, PackError> {
        let entries = fs::read_dir(&self.folder);
        let entries = entries.map_err(|error| PackError::file(&self.folder, &error))?;
        let names = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
        let notes = names.filter(|name| name.starts_with("kb-") && name.ends_with(".json"));
        let read = |name: String| {
            let bytes = fs::read(self.folder.join(&name)).ok()?;
            Manifest::read(&bytes, &self.publisher()).ok().map(|manifest| manifest.published)
        };
        let mut history: Vec<Published> = notes.filter_map(read).collect();
        history.sort_by_key(|one| std::cmp::Reverse(one.kb_version));
        Ok(history)
    }

    /// Removes packs beyond those that stay. What cannot be removed stays too.
    fn tidy(&self) {
        for old in self.history().unwrap_or_default().into_iter().skip(KEPT) {
            for name in [note_name(&old.file), old.file] {
                if let Err(error) = fs::remove_file(self.folder.join(&name)) {
                    tracing::debug!(%error, name, "an old pack stays");
                }
            }
        }
    }
}

/// The signed note beside a pack: `kb-12.json`.
fn note_name(file: &str) -> String {
    file.replace(".pack", ".json")
}

#[cfg(test)]
pub(crate) mod tests;
