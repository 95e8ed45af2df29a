//! Files that are whole or absent: hashing, writing through a temporary name, stamps.

use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Write};
use std::path::Path;

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

const READ_BYTES: usize = 1 << 20;

/// A file's sha256 in hex.
pub fn hash_file(path: &Path) -> Result<String> {
    let mut file = File::open(path).with_context(|| path.display().to_string())?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; READ_BYTES];
    loop {
        match file.read(&mut buffer).with_context(|| path.display().to_string())? {
            0 => return Ok(hex(&hash.finalize())),
            length => hash.update(&buffer[..length]),
        }
    }
}

/// A text's sha256 in hex.
pub fn hash_text(text: &str) -> String {
    hex(&Sha256::digest(text))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Writes a whole file: under another name first, to the disk, then renamed. Whoever interrupts
/// it leaves the old file, or none.
pub fn write_whole(
    path: &Path,
    write: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>,
) -> Result<()> {
    let part = path.with_added_extension("part");
    let at = || path.display().to_string();
    fs::create_dir_all(path.parent().context("a file without a folder")?).with_context(at)?;
    let mut file = BufWriter::new(File::create(&part).with_context(at)?);
    write(&mut file).and_then(|()| file.flush()).with_context(at)?;
    file.get_ref().sync_all().with_context(at)?;
    fs::rename(&part, path).with_context(at)
}

/// Moves a folder to its final name, in place of what is there.
pub fn replace_folder(part: &Path, folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| folder.display().to_string())?;
    }
    fs::rename(part, folder).with_context(|| folder.display().to_string())
}

/// The same bytes at another place, without copying where the file system can.
pub fn link_or_copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to.parent().context("a file without a folder")?)?;
    let part = to.with_added_extension("part");
    if part.exists() {
        fs::remove_file(&part)?;
    }
    if fs::hard_link(from, &part).is_err() {
        fs::copy(from, &part).with_context(|| to.display().to_string())?;
    }
    // Renaming a file onto another link of itself does nothing, so the old name goes first.
    if to.exists() {
        fs::remove_file(to)?;
    }
    fs::rename(&part, to).with_context(|| to.display().to_string())
}

/// Whether the file holds exactly this text.
pub fn holds(path: &Path, text: &str) -> bool {
    fs::read_to_string(path).is_ok_and(|found| found == text)
}
