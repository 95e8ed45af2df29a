//! What Linux tells about a computer, in small files below `/proc` and `/sys`.
//!
//! Reading is a parameter, so that files written down on other computers can be read as well.

mod cores;
mod files;
mod inside;
mod instructions;
mod memory;
mod power;

pub(crate) use files::{Files, RealFiles};

use crate::{Machine, cgroup};

/// What the files say. What they do not say stays as it is in an empty [`Machine`].
///
/// `can` tells whether the processor has an instruction set, by the names of the kernel.
pub(crate) fn look(files: &dyn Files, can: &dyn Fn(&str) -> bool) -> Machine {
    let read = |path: &str| files.read(path);
    let groups = files.read("/proc/self/cgroup").unwrap_or_default();
    let processor = files.read("/proc/cpuinfo").unwrap_or_default();
    let cores = cores::count(files, cgroup::processors(&groups, read));
    let memory = memory::available(files, cgroup::memory(&groups, read));
    Machine {
        instructions: instructions::known(&processor, can),
        physical_cores: cores.physical,
        performance_cores: cores.performance,
        logical_cores: cores.logical,
        memory_bytes: memory.total_bytes,
        memory_free_bytes: memory.free_bytes,
        power: power::source(files),
        virtualised: inside::what(files, &processor),
        ..Machine::default()
    }
}

#[cfg(test)]
mod tests;
