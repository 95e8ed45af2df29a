//! Reading small files of the kernel, or of a test.

use std::fs::{self, File};
use std::io::Read;

/// No file that is read here is longer; a processor with 256 threads describes itself in half.
const MOST_BYTES: u64 = 1 << 20;

/// Where facts are read from.
pub(crate) trait Files {
    /// The text of a file, if it can be read.
    fn read(&self, path: &str) -> Option<String>;

    /// The names in a folder, in order, if there is such a folder.
    fn list(&self, folder: &str) -> Option<Vec<String>>;

    /// A number that is all there is in a file.
    fn number(&self, path: &str) -> Option<u64> {
        self.read(path)?.trim().parse().ok()
    }
}

/// The files of this computer.
pub(crate) struct RealFiles;

impl Files for RealFiles {
    fn read(&self, path: &str) -> Option<String> {
        let mut bytes = Vec::new();
        File::open(path).ok()?.take(MOST_BYTES).read_to_end(&mut bytes).ok()?;
        Some(String::from_utf8_lossy(&bytes).into_owned())
    }

    fn list(&self, folder: &str) -> Option<Vec<String>> {
        let entries = fs::read_dir(folder).ok()?.flatten();
        let mut names: Vec<String> =
            entries.filter_map(|entry| entry.file_name().into_string().ok()).collect();
        names.sort();
        Some(names)
    }
}
