//! A look at a model's file before llama.cpp gets it, for a reason in plain words.

use std::fs::File;
use std::io::ErrorKind;
use std::path::Path;

use super::gguf::{self, Refusal};
use crate::error::Error;

/// Fails unless `path` is a readable file with the header of a model that llama.cpp can bear.
pub(crate) fn check_header(path: &Path) -> Result<(), Error> {
    let unreadable = |source| Error::Unreadable { path: path.to_owned(), source };
    if path.to_str().is_none() {
        let source = std::io::Error::new(ErrorKind::InvalidFilename, "its name is not Unicode");
        return Err(unreadable(source));
    }
    let file = File::open(path).map_err(unreadable)?;
    let facts = file.metadata().map_err(unreadable)?;
    if !facts.is_file() {
        return Err(Error::NotGguf { path: path.to_owned() });
    }
    gguf::check(file, facts.len()).map_err(|refusal| match refusal {
        Refusal::NotGguf => Error::NotGguf { path: path.to_owned() },
        Refusal::Unreadable(source) => unreadable(source),
        reason => Error::Unsound { path: path.to_owned(), reason: reason.to_string() },
    })
}
