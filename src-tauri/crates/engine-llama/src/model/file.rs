//! A look at a model's file before llama.cpp gets it, for a reason in plain words.

use std::path::Path;

use gguf::Refusal;

use crate::error::Error;

/// Fails unless `path` is a readable file with the header of a model that llama.cpp can bear.
pub(crate) fn check_header(path: &Path) -> Result<(), Error> {
    let unreadable = |source| Error::Unreadable { path: path.to_owned(), source };
    if path.to_str().is_none() {
        let kind = std::io::ErrorKind::InvalidFilename;
        return Err(unreadable(std::io::Error::new(kind, "its name is not Unicode")));
    }
    gguf::inspect(path).map(drop).map_err(|refusal| match refusal {
        Refusal::NotGguf => Error::NotGguf { path: path.to_owned() },
        Refusal::Unreadable(source) => unreadable(source),
        reason => Error::Unsound { path: path.to_owned(), reason: reason.to_string() },
    })
}
