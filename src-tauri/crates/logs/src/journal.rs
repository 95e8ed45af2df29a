//! The files: a current one and those before it, each bounded.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::LogsError;
use crate::scrub::scrubbed;

/// Bytes of one file.
const FILE_BYTES: u64 = 4 << 20;
/// Files in all.
const FILES: usize = 5;
/// Bytes of one line. What is beyond tells nobody anything.
const LINE_BYTES: usize = 4 << 10;

/// Writes lines into the files of a folder; drops them until it knows the folder.
#[derive(Debug, Default)]
pub(crate) struct Journal {
    open: Mutex<Option<Open>>,
}

#[derive(Debug)]
struct Open {
    folder: PathBuf,
    file: File,
    bytes: u64,
    /// Bytes of one file; smaller in tests.
    most_bytes: u64,
}

impl Journal {
    /// Writes into this folder from now on.
    pub(crate) fn open(&self, folder: &Path) -> Result<(), LogsError> {
        self.open_with(folder, FILE_BYTES)
    }

    pub(crate) fn open_with(&self, folder: &Path, most_bytes: u64) -> Result<(), LogsError> {
        let unusable = |source| LogsError::Unusable { path: folder.to_owned(), source };
        fs::create_dir_all(folder).map_err(unusable)?;
        let file = current(folder).map_err(unusable)?;
        let bytes = file.metadata().map_err(unusable)?.len();
        let open = Open { folder: folder.to_owned(), file, bytes, most_bytes };
        *self.open.lock().unwrap_or_else(PoisonError::into_inner) = Some(open);
        Ok(())
    }
}

impl Write for &Journal {
    /// One call is one event. It never fails: a full disk must not end what is being logged.
    fn write(&mut self, event: &[u8]) -> io::Result<usize> {
        if let Some(open) = &mut *self.open.lock().unwrap_or_else(PoisonError::into_inner) {
            let line = scrubbed(&String::from_utf8_lossy(event), LINE_BYTES);
            open.append(line.as_bytes());
        }
        Ok(event.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Open {
    fn append(&mut self, line: &[u8]) {
        if self.bytes + line.len() as u64 > self.most_bytes && self.turn_over().is_err() {
            // Without the next file this one stays bounded all the same.
            return;
        }
        if self.file.write_all(line).is_ok() {
            self.bytes += line.len() as u64;
        }
    }

    /// The current file becomes the first of the old ones; the oldest goes.
    fn turn_over(&mut self) -> io::Result<()> {
        for number in (1..FILES - 1).rev() {
            let from = old(&self.folder, number);
            if from.exists() {
                fs::rename(from, old(&self.folder, number + 1))?;
            }
        }
        fs::rename(path_of_current(&self.folder), old(&self.folder, 1))?;
        self.file = current(&self.folder)?;
        self.bytes = 0;
        Ok(())
    }
}

fn path_of_current(folder: &Path) -> PathBuf {
    folder.join("frontdesk.log")
}

fn old(folder: &Path, number: usize) -> PathBuf {
    folder.join(format!("frontdesk.{number}.log"))
}

fn current(folder: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path_of_current(folder))
}

/// The newest lines, oldest of them first; none where nothing was logged yet.
pub fn last_lines(folder: &Path, most: usize) -> Result<Vec<String>, LogsError> {
    let path = path_of_current(folder);
    let unusable = |source| LogsError::Unusable { path: path.clone(), source };
    let mut file = match File::open(&path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(unusable(error)),
    };
    let bytes = file.metadata().map_err(unusable)?.len();
    let from = bytes.saturating_sub((most * LINE_BYTES) as u64);
    file.seek(SeekFrom::Start(from)).map_err(unusable)?;
    let mut end = Vec::new();
    file.read_to_end(&mut end).map_err(unusable)?;
    let end = String::from_utf8_lossy(&end);
    // The first line may have begun before.
    let mut lines: Vec<String> =
        end.lines().skip(usize::from(from > 0)).map(String::from).collect();
    let rest = lines.len().saturating_sub(most);
    lines.drain(..rest);
    Ok(lines)
}

#[cfg(test)]
mod tests;
