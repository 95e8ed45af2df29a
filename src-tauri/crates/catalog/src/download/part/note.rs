//! What is known of a part, beside it on the disk.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::download::Wanted;

/// Where Linux says which start of the system this is.
const BOOT: &str = "/proc/sys/kernel/random/boot_id";
/// A note is small; whatever is longer is none.
const LONGEST_BYTES: u64 = 64 << 10;

/// What is known of a part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Note {
    pub(super) id: String,
    pub(super) url: String,
    /// The server's strong ETag; without one nothing can be continued.
    pub(super) etag: Option<String>,
    pub(super) size_bytes: u64,
    pub(super) sha256: String,
    /// So many bytes are certainly on the disk.
    pub(super) written_bytes: u64,
    /// The start of the system in which it was written. While that lasts, the part's length can be
    /// believed beyond `written_bytes`: a killed program loses nothing, only a power cut does.
    pub(super) boot: Option<String>,
}

impl Note {
    /// What is known of so many bytes of this wish, written in this start of the system.
    pub(super) fn of(wanted: &Wanted, etag: Option<String>, written_bytes: u64) -> Self {
        Self {
            id: wanted.id.clone(),
            url: wanted.url.clone(),
            etag,
            size_bytes: wanted.size_bytes,
            sha256: wanted.sha256.clone(),
            written_bytes,
            boot: boot(),
        }
    }

    /// The wish it is about, for the file that it lies beside.
    pub(super) fn wanted(self, file: String) -> Wanted {
        let Self { id, url, size_bytes, sha256, .. } = self;
        Wanted { id, url, file, size_bytes, sha256 }
    }

    /// Reads a note; one that cannot be read is none.
    pub(super) fn read(path: &Path) -> Option<Self> {
        let mut text = String::new();
        File::open(path).ok()?.take(LONGEST_BYTES).read_to_string(&mut text).ok()?;
        serde_json::from_str(&text).ok()
    }

    /// Replaces the note as a whole, or leaves the old one.
    pub(super) fn write(&self, path: &Path) -> io::Result<()> {
        let new = new_path(path);
        let mut file = private().write(true).create(true).truncate(true).open(&new)?;
        let written = file
            .write_all(serde_json::to_string_pretty(self)?.as_bytes())
            .and_then(|()| file.sync_all())
            .and_then(|()| fs::rename(&new, path));
        if written.is_err() {
            forget(&new);
        }
        written
    }

    /// Deletes a note, and what a killed program left while it wrote one.
    pub(super) fn forget(path: &Path) {
        forget(path);
        forget(&new_path(path));
    }

    /// Whether it is about this very wish.
    pub(super) fn is_about(&self, wanted: &Wanted) -> bool {
        (self.url.as_str(), self.size_bytes, self.sha256.as_str())
            == (wanted.url.as_str(), wanted.size_bytes, wanted.sha256.as_str())
    }

    /// How much of a part of this length can be continued.
    pub(super) fn usable_bytes(&self, length: u64) -> u64 {
        let believed = match &self.boot {
            Some(then) if boot().as_ref() == Some(then) => length,
            _ => self.written_bytes.min(length),
        };
        let can_continue = self.etag.is_some() || believed == self.size_bytes;
        if believed > self.size_bytes || !can_continue { 0 } else { believed }
    }
}

fn new_path(path: &Path) -> PathBuf {
    path.with_extension("json.new")
}

/// Files of which nobody else needs to know.
pub(super) fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Deletes a file that nobody misses.
pub(super) fn forget(path: &Path) {
    if let Err(error) = fs::remove_file(path)
        && error.kind() != ErrorKind::NotFound
    {
        tracing::info!(path = %path.display(), %error, "a leftover stays");
    }
}

pub(super) fn boot() -> Option<String> {
    fs::read_to_string(BOOT).ok().map(|id| id.trim().to_string())
}
