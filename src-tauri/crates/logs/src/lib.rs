//! The program's log files: what happened, for whoever helps later.
//!
//! They cannot fill the disk (five files of four megabytes), they can be read by their owner alone, one
//! event is one line whatever is in it, and what looks like a person's address or number is hidden
//! before it is written. Nothing is ever sent anywhere.
//!
//! It is not where the program says something to a person: that is an error with a hint.
//!
//! Start with [`start`], then `journal.rs` for the files and `scrub.rs` for what is hidden.

#![warn(missing_docs)]
#![forbid(unsafe_code)]

mod journal;
mod scrub;

use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer, fmt};

use journal::Journal;
pub use journal::last_lines;

/// What can go wrong with a log file. None of it stops the program.
#[derive(Debug, thiserror::Error)]
pub enum LogsError {
    /// The folder or a file in it cannot be used.
    #[error("the log {path} cannot be used: {source}")]
    Unusable {
        /// Where.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

/// The files of this program.
static JOURNAL: LazyLock<Arc<Journal>> = LazyLock::new(Arc::default);

/// Begins to log: to stderr as `FRONTDESK_LOG` says, else from `usual` on; and to files from "info"
/// on, as soon as [`keep_in`] says where. Call it once, first thing.
pub fn start(usual: &str) {
    let wish = EnvFilter::try_from_env("FRONTDESK_LOG");
    let to_stderr = fmt::layer()
        .with_writer(std::io::stderr)
        // A closed stderr must not end the program.
        .log_internal_errors(false)
        .with_filter(wish.unwrap_or_else(|_| EnvFilter::new(usual)));
    let to_journal = fmt::layer()
        .with_writer(JOURNAL.clone())
        .with_ansi(false)
        .log_internal_errors(false)
        .with_filter(EnvFilter::new("info"));
    tracing_subscriber::registry().with(to_stderr).with(to_journal).init();
}

/// Keeps what is logged from now on in files below a desk's data folder.
pub fn keep_in(data: &Path) -> Result<(), LogsError> {
    JOURNAL.open(&folder(data))
}

/// The folder of the log files in a desk's data folder.
pub fn folder(data: &Path) -> PathBuf {
    data.join("logs")
}
