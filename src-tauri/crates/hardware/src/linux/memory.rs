//! The memory that may be used: the system's or, where that is less, the container's.

use super::Files;
use crate::{Memory, tighter};

/// Memory by `/proc/meminfo`, tightened by the container's limit. Zero where nothing is known.
pub(super) fn available(files: &dyn Files, container: Option<Memory>) -> Memory {
    let system = files.read("/proc/meminfo").and_then(|text| system(&text));
    match (system, container) {
        (Some(system), Some(container)) => tighter(system, container),
        (Some(memory), None) | (None, Some(memory)) => memory,
        (None, None) => Memory { total_bytes: 0, free_bytes: 0 },
    }
}

fn system(text: &str) -> Option<Memory> {
    let bytes = |name: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))?;
        let kibibytes: u64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
        kibibytes.checked_mul(1024)
    };
    let total_bytes = bytes("MemTotal")?;
    // Kernels before 3.14 leave the sum to the reader.
    let free_bytes = bytes("MemAvailable").or_else(|| {
        let cached = [bytes("Buffers"), bytes("Cached")].into_iter().flatten();
        Some(cached.fold(bytes("MemFree")?, u64::saturating_add))
    })?;
    Some(Memory { total_bytes, free_bytes: free_bytes.min(total_bytes) })
}
