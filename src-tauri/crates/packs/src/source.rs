//! The shelf somebody follows: a folder, or an address on the network.

use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

use catalog::download::{
    Download, DownloadError, Limits, Policy, Small, State, Wanted, read_small,
};

use crate::files::copy;
use crate::shelf::MOST_MANIFEST_BYTES;
use crate::{MANIFEST_FILE, Manifest, PackError, PublicKey};

/// No pack is larger, whatever a manifest says.
const MOST_PACK_BYTES: u64 = 8 << 30;

/// Where packs come from.
pub struct Source {
    place: Place,
    publisher: PublicKey,
    /// The bytes or the ETag of the manifest that was looked at last.
    seen: Seen,
}

enum Place {
    Folder(PathBuf),
    Address(String),
}

#[derive(Default)]
struct Seen {
    bytes: Vec<u8>,
    etag: Option<String>,
}

/// What a look at the manifest brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Looked {
    /// It is the one from before.
    Unchanged,
    /// It is new, and its signature is right.
    Fresh(Box<Manifest>),
}

impl Source {
    /// A folder, or an address that begins with `http://` or `https://`.
    pub fn new(place: &str, publisher: PublicKey) -> Self {
        let is_address = ["http://", "https://"].iter().any(|scheme| place.starts_with(scheme));
        let place = match is_address {
            true => Place::Address(place.trim_end_matches('/').to_owned()),
            false => Place::Folder(place.into()),
        };
        Self { place, publisher, seen: Seen::default() }
    }

    /// Looks whether something new is published.
    pub fn look(&mut self) -> Result<Looked, PackError> {
        let bytes = match &self.place {
            Place::Folder(folder) => read_manifest(folder)?,
            Place::Address(address) => {
                let address = format!("{address}/{MANIFEST_FILE}");
                let etag = self.seen.etag.as_deref();
                match read_small(&address, etag, MOST_MANIFEST_BYTES, Policy::Mirror, limits()) {
                    Ok(Small::Unchanged) => return Ok(Looked::Unchanged),
                    Ok(Small::Fresh { bytes, etag }) => {
                        self.seen.etag = etag;
                        bytes
                    }
                    Err(DownloadError::Refused { status: 404, .. }) => {
                        return Err(PackError::Empty { place: self.name() });
                    }
                    Err(error) => return Err(error.into()),
                }
            }
        };
        if bytes == self.seen.bytes {
            return Ok(Looked::Unchanged);
        }
        self.seen.bytes.clone_from(&bytes);
        Manifest::read(&bytes, &self.publisher).map(|manifest| Looked::Fresh(Box::new(manifest)))
    }

    /// Looks at the same manifest again the next time: what was published could not be fetched.
    pub fn forget(&mut self) {
        self.seen = Seen::default();
    }

    /// Brings the pack of a manifest into a folder of this desk's own, and checks every byte.
    pub fn fetch(&self, manifest: &Manifest, into: &Path) -> Result<PathBuf, PackError> {
        let wanted = &manifest.published;
        let wrong = |reason: String| PackError::WrongBytes { file: wanted.file.clone(), reason };
        if wanted.size_bytes > MOST_PACK_BYTES {
            return Err(wrong(format!("{} bytes are too many", wanted.size_bytes)));
        }
        fs::create_dir_all(into).map_err(|error| PackError::file(into, &error))?;
        match &self.place {
            Place::Folder(folder) => {
                let path = into.join(&wanted.file);
                let copied = copy(&folder.join(&wanted.file), &path, wanted.size_bytes);
                let right = copied.and_then(|(size_bytes, sha256)| {
                    if size_bytes != wanted.size_bytes {
                        Err(other_size(&wanted.file, size_bytes, wanted.size_bytes))
                    } else if sha256 != wanted.sha256 {
                        Err(wrong(format!("its sha256 is {sha256}")))
                    } else {
                        Ok(path.clone())
                    }
                });
                if right.is_err() {
                    remove(&path);
                }
                right
            }
            Place::Address(address) => {
                let url = format!("{address}/{}", wanted.file);
                let wanted = Wanted {
                    id: wanted.file.clone(),
                    url,
                    file: wanted.file.clone(),
                    size_bytes: wanted.size_bytes,
                    sha256: wanted.sha256.clone(),
                };
                download(wanted, into)
            }
        }
    }

    /// The place as somebody wrote it.
    pub fn name(&self) -> String {
        match &self.place {
            Place::Folder(folder) => folder.display().to_string(),
            Place::Address(address) => address.clone(),
        }
    }
}

fn download(wanted: Wanted, into: &Path) -> Result<PathBuf, PackError> {
    let file = wanted.file.clone();
    let ended = Box::new(|_: &State| {});
    let mut download = Download::start(into, None, wanted, Policy::Mirror, limits(), ended)?;
    match download.wait().state {
        State::Done(path) => Ok(path),
        State::Failed(DownloadError::WrongBytes { reason, .. }) => {
            Err(PackError::WrongBytes { file, reason })
        }
        State::Failed(DownloadError::OtherSize { expected_bytes, announced_bytes, .. }) => {
            Err(other_size(&file, announced_bytes, expected_bytes))
        }
        State::Failed(error) => Err(error.into()),
        State::Running
        | State::Retrying(_)
        | State::Checking
        | State::Paused
        | State::Cancelled => Err(DownloadError::Unfit { reason: "it was stopped".into() }.into()),
    }
}

/// A folder that is copied from elsewhere may have the manifest before the whole pack.
fn other_size(file: &str, found_bytes: u64, expected_bytes: u64) -> PackError {
    let file = file.to_owned();
    if found_bytes < expected_bytes {
        return PackError::Unfinished { file, found_bytes, expected_bytes };
    }
    let reason = format!("it is longer than the {expected_bytes} bytes that were signed");
    PackError::WrongBytes { file, reason }
}

/// The next look is seconds away: nobody has to be patient here.
fn limits() -> Limits {
    Limits {
        connect: Duration::from_secs(5),
        stall: Duration::from_secs(15),
        retries: 2,
        longest_wait: Duration::from_secs(5),
        ..Limits::default()
    }
}

fn read_manifest(folder: &Path) -> Result<Vec<u8>, PackError> {
    let path = folder.join(MANIFEST_FILE);
    let file = match File::open(&path) {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            return Err(PackError::Empty { place: folder.display().to_string() });
        }
        opened => opened.map_err(|error| PackError::file(&path, &error))?,
    };
    let mut bytes = Vec::new();
    let read = file.take(MOST_MANIFEST_BYTES as u64 + 1).read_to_end(&mut bytes);
    read.map_err(|error| PackError::file(&path, &error))?;
    if bytes.len() > MOST_MANIFEST_BYTES {
        return Err(PackError::Unclear { reason: "it is too long".into() });
    }
    Ok(bytes)
}

fn remove(path: &Path) {
    if let Err(error) = fs::remove_file(path) {
        tracing::debug!(%error, "there was no pack to remove");
    }
}

#[cfg(test)]
mod tests;
