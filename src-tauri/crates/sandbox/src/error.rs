//! What can go wrong while a process locks itself in.

use std::error::Error;
use std::io;
use std::path::PathBuf;

/// A lock that the system has did not close. What is behind it is not safe from a hostile model.
#[derive(Debug, thiserror::Error)]
pub enum SandboxError {
    /// A file or folder that should stay allowed cannot be opened.
    #[error("{path} cannot be opened to allow it", path = .path.display())]
    Path {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The kernel has the lock for files and refused to close it.
    #[error("the files could not be locked away")]
    Files(#[source] Box<dyn Error + Send + Sync>),
    /// A limit could not be set.
    #[error("the limit for {what} could not be set")]
    Limit {
        /// What would have been limited.
        what: &'static str,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The kernel has the lock for calls and refused to close it.
    #[error("the calls of the kernel could not be locked away")]
    Calls(#[source] Box<dyn Error + Send + Sync>),
}
