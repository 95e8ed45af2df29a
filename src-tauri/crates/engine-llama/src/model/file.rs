//! A look at a model's file before llama.cpp gets it, for a reason in plain words.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::Path;

use crate::error::Error;

/// Magic and version.
const HEADER_BYTES: usize = 8;

/// Fails unless `path` is a readable file that begins like a GGUF model.
pub(crate) fn check_header(path: &Path) -> Result<(), Error> {
    let unreadable = |source| Error::Unreadable { path: path.to_owned(), source };
    if path.to_str().is_none() {
        let source = std::io::Error::new(ErrorKind::InvalidFilename, "its name is not Unicode");
        return Err(unreadable(source));
    }
    let file = File::open(path).map_err(unreadable)?;
    if !file.metadata().map_err(unreadable)?.is_file() {
        return Err(Error::NotGguf { path: path.to_owned() });
    }
    let mut header = Vec::with_capacity(HEADER_BYTES);
    file.take(HEADER_BYTES as u64).read_to_end(&mut header).map_err(unreadable)?;
    if header.len() == HEADER_BYTES && header.starts_with(b"GGUF") {
        Ok(())
    } else {
        Err(Error::NotGguf { path: path.to_owned() })
    }
}
