//! Facts about this machine, no opinion.
//!
//! What they mean for the choice of a model is decided in `catalog`. Facts inside a container are
//! the container's: its memory limit and its share of the processors, not the host's. No other
//! program is started for them, and graphics cards are not looked for here: only the engine knows
//! which of them it can use.
//!
//! On Linux all facts are known. Elsewhere the power, what the system runs inside, and which cores
//! are the fast ones stay unknown, because only unsafe calls tell them.
//!
//! Start with [`detect_with_disk`], or with [`Machine::parse`] for a computer that is not here.

#![warn(missing_docs)]
#![forbid(unsafe_code)]
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a failing test should stop there"))]

mod addresses;
#[cfg(target_os = "linux")]
mod cgroup;
mod description;
mod disk;
#[cfg(target_os = "linux")]
mod linux;
mod machine;
mod processor;
mod spent;
mod uptime;

use std::path::Path;

pub use addresses::{LocalAddress, local_addresses};
pub use description::MachineError;
pub use disk::{Disk, disk};
pub use machine::{Device, DeviceKind, Machine, Power};
pub use spent::processor_seconds;
pub use uptime::uptime_seconds;

use sysinfo::System;

/// Looks at this computer, and at the disk that holds `data_folder`, which need not exist.
pub fn detect_with_disk(data_folder: &Path) -> Machine {
    Machine { disk_free_bytes: disk(data_folder).free_bytes, ..detect() }
}

/// Looks at this computer. The room on its disks stays unknown: which one matters?
///
/// What the system does not tell reads as unknown, never as an error. It takes a few
/// milliseconds, so facts that change can be asked again at any time.
pub fn detect() -> Machine {
    let mut machine = look();
    if machine.memory_bytes == 0 {
        let memory = memory();
        machine.memory_bytes = memory.total_bytes;
        machine.memory_free_bytes = memory.free_bytes;
    }
    let logical_cores = std::thread::available_parallelism().map_or(1, usize::from);
    if machine.logical_cores == 0 {
        machine.logical_cores = logical_cores;
        // A container's share may be smaller than the processor.
        machine.physical_cores = System::physical_core_count()
            .map_or(logical_cores, |cores| cores.clamp(1, logical_cores));
        machine.performance_cores = machine.physical_cores;
    }
    machine.system = System::long_os_version().unwrap_or_else(|_| std::env::consts::OS.into());
    machine.processor = processor();
    machine.architecture = std::env::consts::ARCH.into();
    machine
}

/// What this computer is called in its network, so that reports can leave it out.
pub fn host_name() -> Option<String> {
    System::host_name().ok().filter(|name| !name.is_empty())
}

#[cfg(target_os = "linux")]
fn look() -> Machine {
    linux::look(&linux::RealFiles, &processor::can)
}

#[cfg(not(target_os = "linux"))]
fn look() -> Machine {
    Machine { instructions: processor::instructions(), ..Machine::default() }
}

/// Memory in all, and what is left of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Memory {
    total_bytes: u64,
    free_bytes: u64,
}

fn memory() -> Memory {
    System::new().map_or(Memory { total_bytes: 0, free_bytes: 0 }, |mut system| {
        system.refresh_memory();
        Memory { total_bytes: system.total_memory(), free_bytes: system.available_memory() }
    })
}

#[cfg(target_os = "linux")]
fn tighter(host: Memory, container: Memory) -> Memory {
    Memory {
        total_bytes: host.total_bytes.min(container.total_bytes),
        free_bytes: host.free_bytes.min(container.free_bytes),
    }
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
