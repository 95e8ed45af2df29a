//! How much of the processor a program has used.

use sysinfo::{Pid, ProcessRefreshKind, ProcessesToUpdate, System};

/// Processor seconds that a running program has used since its start, all its threads together.
///
/// Counted in hundredths on most systems. `None` when it does not run, or the system does not say.
pub fn processor_seconds(process_id: u32) -> Option<f64> {
    let mut system = System::new().ok()?;
    let id = Pid::from_u32(process_id);
    let kind = ProcessRefreshKind::nothing().with_cpu();
    system.refresh_processes_specifics(ProcessesToUpdate::Some(&[id]), true, kind);
    let milliseconds = system.process(id)?.accumulated_cpu_time();
    Some(milliseconds as f64 / 1e3)
}

#[cfg(test)]
mod tests;
