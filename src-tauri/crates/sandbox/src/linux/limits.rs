//! Resource limits: most memory, time, open files and bytes in a file; no memory dump.

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
    if let Some(address_bytes) = confinement.address_bytes {
        lower("addresses", Resource::As, address_bytes)?;
    }
    if let Some(processor_seconds) = confinement.processor_seconds {
        // One second more for the hard limit: the signal of the soft one says what was used up.
        let what = "the processor's time";
        lower(what, Resource::Cpu, processor_seconds.saturating_add(1))?;
        let both = getrlimit(Resource::Cpu);
        let soft = both.current.map_or(processor_seconds, |now| now.min(processor_seconds));
        let limit = Rlimit { current: Some(soft), ..both };
        setrlimit(Resource::Cpu, limit)
            .map_err(|source| SandboxError::Limit { what, source: source.into() })?;
    }
    Ok(Hold::Fully)
}

fn lower(what: &'static str, resource: Resource, limit: u64) -> Result<(), SandboxError> {
    let highest = getrlimit(resource).maximum.map_or(limit, |highest| highest.min(limit));
    let both = Rlimit { current: Some(highest), maximum: Some(highest) };
    setrlimit(resource, both).map_err(|source| SandboxError::Limit { what, source: source.into() })
}
