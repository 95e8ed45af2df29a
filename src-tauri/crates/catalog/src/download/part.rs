//! The file while it is not whole: `FILE.part`, and what is known of it in `FILE.part.json`.
//!
//! The name of the model appears only with the right bytes: they are on the disk, read again and
//! hashed as a whole, and only then renamed. Whoever writes holds a lock on the part.

mod note;

use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use sha2::{Digest, Sha256};

use note::{Note, forget, private};

use super::{DownloadError, Wanted, room};

const READ_BYTES: usize = 1 << 20;
/// Between two tries to lock a part.
const LOOK_AGAIN: Duration = Duration::from_millis(10);

/// A part that is open, locked, and ours.
#[derive(Debug)]
pub(super) struct Part {
    folder: PathBuf,
    wanted: Wanted,
    file: File,
    etag: Option<String>,
    have_bytes: u64,
}

/// What is left of an earlier try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// What was wanted.
    pub wanted: Wanted,
    /// Bytes that are here.
    pub have_bytes: u64,
    /// Whether a program is downloading it now.
    pub in_use: bool,
}

impl Part {
    /// Opens or makes the part, and keeps of it what can be continued.
    pub(super) fn open(folder: &Path, wanted: &Wanted) -> Result<Self, DownloadError> {
        make_folder(folder).map_err(|error| disk(folder, &error))?;
        let path = part_path(folder, &wanted.file);
        let file = open_locked(&path, &wanted.file)?;
        let mut part =
            Self { folder: folder.into(), wanted: wanted.clone(), file, etag: None, have_bytes: 0 };
        let length = part.file.metadata().map_err(|error| disk(&path, &error))?.len();
        let note = Note::read(&note_path(folder, &wanted.file));
        match note.filter(|note| note.is_about(wanted)) {
            Some(note) => {
                part.have_bytes = note.usable_bytes(length);
                part.etag = note.etag;
                part.cut_to(part.have_bytes)?;
            }
            None => part.cut_to(0)?,
        }
        Ok(part)
    }

    pub(super) fn wanted(&self) -> &Wanted {
        &self.wanted
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Bytes that are here.
    pub(super) fn have(&self) -> u64 {
        self.have_bytes
    }

    /// The ETag under which what is here came.
    pub(super) fn etag(&self) -> Option<&str> {
        self.etag.as_deref()
    }

    /// Forgets what is here: the next byte is the first one of the file with this ETag.
    pub(super) fn restart(&mut self, etag: Option<String>) -> Result<(), DownloadError> {
        self.cut_to(0)?;
        // First the old bytes go for good, then the note speaks of new ones.
        self.sync()?;
        self.etag = etag;
        self.save_note()
    }

    /// Adds bytes at the end. What could not be written whole is as if it had not come.
    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<(), DownloadError> {
        if let Err(error) = self.file.write_all(bytes) {
            let failed = self.failed(&error);
            self.cut_to(self.have_bytes)?;
            return Err(failed);
        }
        self.have_bytes += bytes.len() as u64;
        Ok(())
    }

    /// Brings what is here onto the disk and notes that it is.
    pub(super) fn save_note(&mut self) -> Result<(), DownloadError> {
        self.sync()?;
        let note = Note::of(&self.wanted, self.etag.clone(), self.have_bytes);
        let path = note_path(&self.folder, &self.wanted.file);
        note.write(&path).map_err(|error| self.failed_at(&path, &error))
    }

    /// Reads everything again and gives it its name if it is right; deletes it if it is wrong.
    ///
    /// `None` when `stops` said so; then everything is kept.
    pub(super) fn finish(
        mut self,
        host: &str,
        stops: &dyn Fn() -> bool,
    ) -> Result<Option<PathBuf>, DownloadError> {
        self.sync()?;
        let Some(found) = self.hash(stops)? else {
            self.save_note()?;
            return Ok(None);
        };
        if found != self.wanted.sha256 {
            self.discard();
            let reason = format!("sha256 {found}");
            return Err(DownloadError::WrongBytes { host: host.into(), reason });
        }
        let path = self.folder.join(&self.wanted.file);
        let part = part_path(&self.folder, &self.wanted.file);
        fs::rename(&part, &path).map_err(|error| disk(&path, &error))?;
        sync_folder(&self.folder).map_err(|error| disk(&self.folder, &error))?;
        Note::forget(&note_path(&self.folder, &self.wanted.file));
        Ok(Some(path))
    }

    /// Deletes it and the note.
    pub(super) fn discard(&self) {
        Note::forget(&note_path(&self.folder, &self.wanted.file));
        forget(&part_path(&self.folder, &self.wanted.file));
    }

    fn hash(&mut self, stops: &dyn Fn() -> bool) -> Result<Option<String>, DownloadError> {
        let path = part_path(&self.folder, &self.wanted.file);
        let failed = |error: io::Error| disk(&path, &error);
        self.file.seek(SeekFrom::Start(0)).map_err(failed)?;
        let mut hash = Sha256::new();
        let mut buffer = vec![0; READ_BYTES];
        loop {
            if stops() {
                return Ok(None);
            }
            match self.file.read(&mut buffer).map_err(failed)? {
                0 => break,
                length => hash.update(&buffer[..length]),
            }
        }
        Ok(Some(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()))
    }

    fn cut_to(&mut self, bytes: u64) -> Result<(), DownloadError> {
        let cut = self.file.set_len(bytes).and_then(|()| self.file.seek(SeekFrom::Start(bytes)));
        self.have_bytes = bytes;
        cut.map(|_| ()).map_err(|error| self.failed(&error))
    }

    fn sync(&self) -> Result<(), DownloadError> {
        self.file.sync_data().map_err(|error| self.failed(&error))
    }

    fn failed(&self, error: &io::Error) -> DownloadError {
        self.failed_at(&part_path(&self.folder, &self.wanted.file), error)
    }

    fn failed_at(&self, path: &Path, error: &io::Error) -> DownloadError {
        match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
                room::no_room(&self.folder, self.wanted.size_bytes, self.have_bytes)
            }
            _ => disk(path, error),
        }
    }
}

/// What earlier tries left in a folder, the newest first.
pub fn kept(folder: &Path) -> Vec<Kept> {
    let files = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let mut found: Vec<_> = files
        .filter_map(|file| {
            let name = file.file_name().into_string().ok()?;
            let name = name.strip_suffix(".part.json")?.to_string();
            let part = part_path(folder, &name);
            let metadata = fs::metadata(&part).ok()?;
            let note = Note::read(&file.path())?;
            let have_bytes = note.usable_bytes(metadata.len());
            let wanted = note.wanted(name);
            wanted.check().ok()?;
            let in_use = is_locked(&part);
            Some((metadata.modified().ok(), Kept { wanted, have_bytes, in_use }))
        })
        .collect();
    found.sort_by_key(|(modified, _)| std::cmp::Reverse(*modified));
    found.into_iter().map(|(_, kept)| kept).collect()
}

/// Deletes what an earlier try left of a file; nothing if there is nothing.
///
/// Fails while a program is downloading it.
pub fn discard_kept(folder: &Path, file: &str) -> Result<(), DownloadError> {
    let path = part_path(folder, file);
    if path.exists() {
        let _locked = open_locked(&path, file)?;
        Note::forget(&note_path(folder, file));
        forget(&path);
    }
    Ok(())
}

fn part_path(folder: &Path, file: &str) -> PathBuf {
    folder.join(format!("{file}.part"))
}

fn note_path(folder: &Path, file: &str) -> PathBuf {
    folder.join(format!("{file}.part.json"))
}

/// Opens the part and locks it, so that no two programs write it.
fn open_locked(path: &Path, name: &str) -> Result<File, DownloadError> {
    let in_use = || DownloadError::InUse { file: name.into() };
    // Its last owner may have renamed or deleted it between our opening and our locking, and
    // somebody who only looks whether it is locked holds it for a moment.
    for _ in 0..5 {
        let file = private().read(true).write(true).create(true).truncate(false).open(path);
        let file = file.map_err(|error| disk(path, &error))?;
        match file.try_lock() {
            Ok(()) if is_still_there(path, &file) => return Ok(file),
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => std::thread::sleep(LOOK_AGAIN),
            Err(TryLockError::Error(error)) => return Err(disk(path, &error)),
        }
    }
    Err(in_use())
}

fn is_locked(path: &Path) -> bool {
    let file = File::open(path);
    file.is_ok_and(|file| matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock)))
}

#[cfg(unix)]
fn is_still_there(path: &Path, file: &File) -> bool {
    use std::os::unix::fs::MetadataExt;
    let identity = |metadata: fs::Metadata| (metadata.dev(), metadata.ino());
    match (fs::metadata(path), file.metadata()) {
        (Ok(there), Ok(ours)) => identity(there) == identity(ours),
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_still_there(path: &Path, _file: &File) -> bool {
    path.exists()
}

fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Other systems bring a rename onto the disk by themselves.
#[cfg(not(unix))]
fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}

fn disk(path: &Path, error: &io::Error) -> DownloadError {
    DownloadError::Disk { path: path.into(), reason: error.to_string() }
}

#[cfg(test)]
mod tests;
