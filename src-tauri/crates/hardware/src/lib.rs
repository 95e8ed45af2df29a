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
mod machine;

pub use machine::{Device, DeviceKind, Machine, Power};

use sysinfo::System;

/// Looks at this computer. What the system does not tell reads as unknown, never as an error.
pub fn detect() -> Machine {
    let logical_cores = std::thread::available_parallelism().map_or(1, usize::from);
    let memory = memory();
    // A container's share may be smaller than the processor.
    let physical_cores =
        System::physical_core_count().map_or(logical_cores, |cores| cores.clamp(1, logical_cores));
    Machine {
        system: System::long_os_version().unwrap_or_else(|_| std::env::consts::OS.into()),
        processor: processor(),
        architecture: std::env::consts::ARCH.into(),
        physical_cores,
        performance_cores: physical_cores,
        logical_cores,
        memory_bytes: memory.total_bytes,
        memory_free_bytes: memory.free_bytes,
        ..Machine::default()
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
