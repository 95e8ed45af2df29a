//! Facts about this machine, no opinion.
//!
//! What they mean for the choice of a model is decided in `catalog`. Facts inside a container are
//! the container's: its memory limit and its share of the processors, not the host's.
//!
//! Start with [`detect`].

#![warn(missing_docs)]
#![forbid(unsafe_code)]

#[cfg(target_os = "linux")]
mod cgroup;

use sysinfo::System;

/// What this computer has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Machine {
    /// The operating system and its version, as people say it.
    pub system: String,
    /// The processor's name as it gives it.
    pub processor: String,
    /// Cores that can work at full speed at once, at least 1.
    pub physical_cores: usize,
    /// Threads this program may run at once, at least 1.
    pub logical_cores: usize,
    /// Memory this program may use in all; 0 when the system does not say.
    pub memory_bytes: u64,
    /// Memory that can be had now without swapping.
    pub memory_free_bytes: u64,
}

/// Looks at this computer. What the system does not tell reads as unknown, never as an error.
pub fn detect() -> Machine {
    let logical_cores = std::thread::available_parallelism().map_or(1, usize::from);
    let memory = memory();
    Machine {
        system: System::long_os_version().unwrap_or_else(|_| std::env::consts::OS.into()),
        processor: processor(),
        // A container's share may be smaller than the processor.
        physical_cores: System::physical_core_count()
            .map_or(logical_cores, |cores| cores.clamp(1, logical_cores)),
        logical_cores,
        memory_bytes: memory.total_bytes,
        memory_free_bytes: memory.free_bytes,
    }
}

/// Memory in all, and what is left of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Memory {
    total_bytes: u64,
    free_bytes: u64,
}

fn memory() -> Memory {
    let host = System::new().map_or(Memory { total_bytes: 0, free_bytes: 0 }, |mut system| {
        system.refresh_memory();
        Memory { total_bytes: system.total_memory(), free_bytes: system.available_memory() }
    });
    match container_memory() {
        Some(container) => tighter(host, container),
        None => host,
    }
}

fn tighter(host: Memory, container: Memory) -> Memory {
    Memory {
        total_bytes: host.total_bytes.min(container.total_bytes),
        free_bytes: host.free_bytes.min(container.free_bytes),
    }
}

#[cfg(target_os = "linux")]
fn container_memory() -> Option<Memory> {
    let groups = std::fs::read_to_string("/proc/self/cgroup").ok()?;
    cgroup::memory(&groups, |path| std::fs::read_to_string(path).ok())
}

#[cfg(not(target_os = "linux"))]
fn container_memory() -> Option<Memory> {
    None
}

fn processor() -> String {
    let unknown = || std::env::consts::ARCH.to_string();
    let Ok(mut system) = System::new() else { return unknown() };
    system.refresh_cpu_list(sysinfo::CpuRefreshKind::nothing());
    match system.cpus().first().map(|cpu| cpu.brand().trim()) {
        Some(brand) if !brand.is_empty() => brand.to_string(),
        _ => unknown(),
    }
}

#[cfg(test)]
mod tests;
