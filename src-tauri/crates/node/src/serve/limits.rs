//! Each connection is an open file, and systems give a program 1,024 of them unless it asks.

/// Enough for every connection, every document and every database file at the same time.
#[cfg(unix)]
const FILES: u64 = 8_192;

/// Asks for as many open files as a full server may need. Without them it serves fewer people.
#[cfg(unix)]
pub(super) fn raise_open_files() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    let wanted = FILES.min(maximum.unwrap_or(FILES));
    if current.is_some_and(|current| current < wanted)
        && let Err(error) = setrlimit(Resource::Nofile, Rlimit { current: Some(wanted), maximum })
    {
        tracing::debug!(%error, "the number of open files stays");
    }
}

/// Windows has no such limit.
#[cfg(not(unix))]
pub(super) fn raise_open_files() {}
