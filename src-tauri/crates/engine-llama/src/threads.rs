//! How many threads compute.

use std::num::NonZeroUsize;
use std::thread::available_parallelism;

/// More threads than this only wait for each other.
const LIMIT: usize = 16;

/// Threads to use when `asked` for some or for none, on this machine.
pub(crate) fn choose_threads(asked: Option<usize>) -> i32 {
    let usable = available_parallelism().map_or(1, NonZeroUsize::get);
    let physical = sysinfo::System::physical_core_count().unwrap_or(usable);
    let threads = clamp_threads(asked, physical, usable);
    i32::try_from(threads).expect("clamped to a small number")
}

/// The physical cores, because two threads of one core share the unit that multiplies. Never
/// more than this process may use, which a container may have limited, and at least one.
fn clamp_threads(asked: Option<usize>, physical: usize, usable: usize) -> usize {
    match asked {
        Some(asked) => asked.clamp(1, usable.max(1)),
        None => physical.min(usable).clamp(1, LIMIT),
    }
}

#[cfg(test)]
mod tests;
