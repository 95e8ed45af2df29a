//! Why a download stopped: a variant for each thing that a person could do about it.

use std::path::PathBuf;

/// Why a download could not begin or gave up.
///
/// Apart from [`CatalogError`](crate::CatalogError), because nobody who reads the catalogue has to
/// deal with servers; and it can be cloned, because a download tells it more than once.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DownloadError {
    /// The wish itself makes no sense.
    #[error("this cannot be downloaded: {reason}")]
    Unfit {
        /// What is wrong with it.
        reason: String,
    },
    /// The address, or one it leads to, may not be asked.
    #[error("{host} may not be asked: {reason}")]
    NotAllowed {
        /// Its host, or the address as given where it has none.
        host: String,
        /// The rule it breaks.
        reason: String,
    },
    /// The address leads from one place to the next without an end.
    #[error("{host} leads from one address to the next without an end")]
    TooManyRedirects {
        /// The host that was asked first.
        host: String,
    },
    /// No connection.
    #[error("{host} cannot be reached: {reason}")]
    NoNetwork {
        /// Who was called.
        host: String,
        /// What the system said.
        reason: String,
    },
    /// Somebody answers who cannot prove to be the host.
    #[error("{host} cannot prove who it is: {reason}")]
    Untrusted {
        /// Who was called.
        host: String,
        /// What is wrong with the proof.
        reason: String,
    },
    /// Nothing came for too long, or almost nothing.
    #[error("{host} sent almost nothing for {seconds} s")]
    Stalled {
        /// Who was asked.
        host: String,
        /// How long that was.
        seconds: u64,
    },
    /// The connection broke off, again and again.
    #[error("the connection to {host} broke off: {reason}")]
    Interrupted {
        /// Who was asked.
        host: String,
        /// What happened.
        reason: String,
    },
    /// The server said no.
    #[error("{host} refused the file (status {status})")]
    Refused {
        /// Who was asked.
        host: String,
        /// The status it gave.
        status: u16,
    },
    /// The server has a file of another size.
    #[error("{host} has a file of {announced_bytes} bytes where {expected_bytes} are expected")]
    OtherSize {
        /// Who was asked.
        host: String,
        /// The size that was agreed to.
        expected_bytes: u64,
        /// The size the server gave.
        announced_bytes: u64,
    },
    /// The server does not say how large the file is.
    #[error("{host} does not say how large the file is")]
    NoSize {
        /// Who was asked.
        host: String,
    },
    /// The server, or something on the way, packed the file although it was asked not to.
    #[error("{host} sent the file packed ({encoding})")]
    Encoded {
        /// Who was asked.
        host: String,
        /// How.
        encoding: String,
    },
    /// The bytes that came are not those of the model. They are deleted.
    #[error("{host} sent other bytes than the model has: {reason}")]
    WrongBytes {
        /// Who was asked.
        host: String,
        /// The difference.
        reason: String,
    },
    /// The disk is too full.
    #[error("{needed_bytes} bytes are needed in {folder}, and {free_bytes} are free")]
    NoRoom {
        /// Where.
        folder: PathBuf,
        /// What the rest of the file needs, with some room to spare.
        needed_bytes: u64,
        /// What there is.
        free_bytes: u64,
    },
    /// Another program, or another thread of this one, downloads the same file.
    #[error("{file} is being downloaded already")]
    InUse {
        /// The file.
        file: String,
    },
    /// The disk refused.
    #[error("{path} cannot be written: {reason}")]
    Disk {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
}
