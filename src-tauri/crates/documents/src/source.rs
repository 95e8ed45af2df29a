//! Opening a file so that a name cannot lead elsewhere: regular files only, never waited for.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::DocumentError;

/// SHA-256 of a file's bytes.
pub type FileHash = [u8; 32];

/// Whether a name may stand for another file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Links {
    /// Somebody chose this name: a link is what they meant.
    Followed,
    /// The name was found in a folder: a link may lead anywhere.
    Refused,
}

/// An open file that can be read and is not too large.
#[derive(Debug)]
pub struct Source {
    file: File,
    /// Its whole path, with links resolved.
    pub path: PathBuf,
    /// Its size.
    pub bytes: u64,
}

impl Source {
    /// Opens a file of at most `most` bytes.
    pub fn open(path: &Path, links: Links, most: u64) -> Result<Self, DocumentError> {
        let reason = |error: io::Error| DocumentError::from(&error);
        let is_link = fs::symlink_metadata(path).map_err(reason)?.is_symlink();
        if is_link && links == Links::Refused {
            return Err(DocumentError::Link);
        }
        let whole = fs::canonicalize(path).map_err(reason)?;
        // Asked first, because opening some devices does something; asked again below, because
        // the name may mean something else by then.
        if !fs::symlink_metadata(&whole).map_err(reason)?.is_file() {
            return Err(DocumentError::NotAFile);
        }
        let file = open(&whole).map_err(reason)?;
        let metadata = file.metadata().map_err(reason)?;
        if !metadata.is_file() {
            return Err(DocumentError::NotAFile);
        }
        let bytes = metadata.len();
        if bytes > most {
            let megabytes = bytes.div_ceil(1 << 20);
            return Err(DocumentError::TooLarge { megabytes, most: most >> 20 });
        }
        // The system's own pseudo files say that they are empty, and some of them never end.
        if bytes == 0 {
            return Err(DocumentError::Empty);
        }
        Ok(Self { file, path: whole, bytes })
    }

    /// The hash of its bytes; they are never all in memory.
    pub fn hash(&mut self) -> Result<FileHash, DocumentError> {
        let mut hasher = Sha256::new();
        self.rewind()?;
        let mut part = (&self.file).take(self.bytes);
        let mut buffer = vec![0; 256 << 10];
        loop {
            match part.read(&mut buffer) {
                Ok(0) => return Ok(hasher.finalize().into()),
                Ok(read) => hasher.update(&buffer[..read]),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(DocumentError::from(&error)),
            }
        }
    }

    /// All its bytes.
    pub(crate) fn into_bytes(mut self) -> Result<Vec<u8>, DocumentError> {
        self.rewind()?;
        let mut bytes = Vec::new();
        let read = (&self.file).take(self.bytes).read_to_end(&mut bytes);
        read.map_err(|error| DocumentError::from(&error))?;
        Ok(bytes)
    }

    /// The file itself, from its start, for a child to read.
    pub(crate) fn into_file(mut self) -> Result<File, DocumentError> {
        self.rewind()?;
        Ok(self.file)
    }

    fn rewind(&mut self) -> Result<(), DocumentError> {
        let moved = self.file.seek(SeekFrom::Start(0));
        moved.map(|_| ()).map_err(|error| DocumentError::from(&error))
    }
}

/// Opens without following a link that was put there a moment ago, and without waiting for the
/// other end of a pipe.
#[cfg(unix)]
fn open(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    OpenOptions::new().read(true).custom_flags(libc::O_NOFOLLOW | libc::O_NONBLOCK).open(path)
}

#[cfg(not(unix))]
fn open(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).open(path)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;

    fn check_refused(path: &Path, links: Links, expected: DocumentError) {
        assert_eq!(Source::open(path, links, 1 << 20).unwrap_err(), expected, "{}", path.display());
    }

    #[test]
    fn only_regular_files_are_opened() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("file"), "words").unwrap();
        fs::write(at("nothing"), "").unwrap();
        symlink(at("file"), at("link")).unwrap();
        symlink("/dev/zero", at("zero")).unwrap();
        symlink(at("gone"), at("broken")).unwrap();
        File::create(at("large")).unwrap().set_len(3 << 20).unwrap();
        let pipe = std::process::Command::new("mkfifo").arg(at("pipe")).status().unwrap();
        assert!(pipe.success());

        let mut source = Source::open(&at("file"), Links::Refused, 1 << 20).unwrap();
        assert_eq!(source.hash().unwrap(), <FileHash>::from(Sha256::digest(b"words")));
        assert_eq!(source.into_bytes().unwrap(), b"words");
        let followed = Source::open(&at("link"), Links::Followed, 1 << 20).unwrap();
        assert_eq!(followed.path, fs::canonicalize(at("file")).unwrap());
        check_refused(&at("link"), Links::Refused, DocumentError::Link);
        check_refused(&at("zero"), Links::Followed, DocumentError::NotAFile);
        check_refused(&at("broken"), Links::Followed, DocumentError::Missing);
        check_refused(&at("pipe"), Links::Followed, DocumentError::NotAFile);
        check_refused(folder.path(), Links::Followed, DocumentError::NotAFile);
        check_refused(&at("nothing"), Links::Followed, DocumentError::Empty);
        check_refused(
            &at("large"),
            Links::Followed,
            DocumentError::TooLarge { megabytes: 3, most: 1 },
        );
    }
}
