//! Resource limits: most memory, open files and bytes in a file; no memory dump.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use crate::{Confinement, Hold, SandboxError};

/// Lowers the limits of this process. A limit that is lower already stays.
pub(super) fn set(confinement: &Confinement) -> Result<Hold, SandboxError> {
    // A dump would hold what visitors wrote.
    lower("memory dumps", Resource::Core, 0)?;
    lower("open files", Resource::Nofile, confinement.open_files)?;
    lower("the size of a file", Resource::Fsize, confinement.file_bytes)?;
    if let Some(memory_bytes) = confinement.memory_bytes {
        // The address space as a whole would count the mapped model and what drivers reserve.
        lower("memory", Resource::Data, memory_bytes)?;
    }
    Ok(Hold::Fully)
}

fn lower(what: &'static str, resource: Resource, limit: u64) -> Result<(), SandboxError> {
    let highest = getrlimit(resource).maximum.map_or(limit, |highest| highest.min(limit));
    let both = Rlimit { current: Some(highest), maximum: Some(highest) };
    setrlimit(resource, both).map_err(|source| SandboxError::Limit { what, source: source.into() })
}
