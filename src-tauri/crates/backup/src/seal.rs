//! The seal: the last bytes of the file are the ZIP's comment, and the end of that is the SHA-256
//! of every byte before. One changed bit anywhere is seen before anything is unpacked.
//!
//! It proves that a file is as it was written, not who wrote it.

use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::BackupError;
use crate::error::io;
use crate::manifest::MARK;

/// Stands before the hash; the number is the shape of the file.
const WORDS: &str = "Frontdesk backup 1, SHA-256 of all before: ";
/// How these words begin, whatever the number.
const FIRST_WORDS: &str = "Frontdesk backup ";
const HEX: usize = 64;
const READ_BYTES: usize = 1 << 20;
/// A local header of a ZIP, up to the name of its first part.
const HEADER_BYTES: usize = 30;

/// The comment to write, with room for the hash.
pub(crate) fn empty() -> String {
    format!("{WORDS}{}", "0".repeat(HEX))
}

/// Puts the hash in its place.
pub(crate) fn close(file: &mut File, path: &Path) -> Result<(), BackupError> {
    let bytes = file.seek(SeekFrom::End(0)).map_err(io(path))?;
    file.seek(SeekFrom::Start(0)).map_err(io(path))?;
    let hash = hash_of(file, bytes - HEX as u64, path)?;
    file.seek(SeekFrom::End(-(HEX as i64))).map_err(io(path))?;
    file.write_all(hash.as_bytes()).map_err(io(path))
}

/// Opens a file that is sealed and unchanged, and returns it at its beginning.
pub(crate) fn open(path: &Path) -> Result<File, BackupError> {
    let not_ours =
        |reason: &str| BackupError::NotABackup { path: path.to_owned(), reason: reason.to_owned() };
    let damaged =
        |reason: &str| BackupError::Damaged { path: path.to_owned(), reason: reason.to_owned() };
    // Looked at by its name first: opening a pipe would wait for somebody to write into it.
    let found = std::fs::metadata(path).map_err(io(path))?;
    if !found.is_file() {
        return Err(not_ours("it is no file"));
    }
    let mut file = OpenOptions::new().read(true).open(path).map_err(io(path))?;
    let begins = begins_like_ours(&mut file, path)?;
    let length = (WORDS.len() + HEX) as u64;
    if found.len() < length {
        return Err(match begins {
            true => damaged("it is cut short"),
            false => not_ours("it is too short"),
        });
    }
    let mut end = vec![0; length as usize];
    file.seek(SeekFrom::End(-(length as i64))).map_err(io(path))?;
    file.read_exact(&mut end).map_err(io(path))?;
    let (words, hash) = end.split_at(WORDS.len());
    if !words.starts_with(FIRST_WORDS.as_bytes()) {
        return Err(match begins {
            true => damaged("its end is missing or was changed"),
            false => not_ours("it has neither its beginning nor its end"),
        });
    }
    file.seek(SeekFrom::Start(0)).map_err(io(path))?;
    if hash_of(&mut file, found.len() - HEX as u64, path)?.as_bytes() != hash {
        return Err(damaged("some of its bytes were changed or are missing"));
    }
    if words != WORDS.as_bytes() {
        let made_by = String::from_utf8_lossy(words);
        let made_by = made_by.split(',').next().unwrap_or_default().to_owned();
        return Err(BackupError::Newer { path: path.to_owned(), made_by });
    }
    if !begins {
        return Err(not_ours("its first part is another one"));
    }
    file.seek(SeekFrom::Start(0)).map_err(io(path))?;
    Ok(file)
}

/// Whether the first part of a ZIP is the one that every backup begins with.
fn begins_like_ours(file: &mut File, path: &Path) -> Result<bool, BackupError> {
    let mut start = Vec::new();
    let wanted = (HEADER_BYTES + MARK.len()) as u64;
    file.take(wanted).read_to_end(&mut start).map_err(io(path))?;
    Ok(start.starts_with(b"PK\x03\x04") && start.ends_with(MARK.as_bytes()))
}

fn hash_of(file: &mut File, bytes: u64, path: &Path) -> Result<String, BackupError> {
    let mut hash = Hashing::default();
    let mut block = vec![0; READ_BYTES];
    let mut left = file.take(bytes);
    loop {
        let read = left.read(&mut block).map_err(io(path))?;
        if read == 0 {
            return Ok(hash.finish().0);
        }
        hash.add(&block[..read]);
    }
}

/// A hash that is being made, with the bytes that went into it.
#[derive(Default)]
pub(crate) struct Hashing {
    hash: Sha256,
    bytes: u64,
}

impl Hashing {
    pub(crate) fn add(&mut self, bytes: &[u8]) {
        self.hash.update(bytes);
        self.bytes += bytes.len() as u64;
    }

    /// The hash in hexadecimal, and how many bytes it is of.
    pub(crate) fn finish(self) -> (String, u64) {
        let hex = self.hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        (hex, self.bytes)
    }
}
