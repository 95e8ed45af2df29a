//! What the system says of a running process: processor time and memory. Linux only; elsewhere
//! these figures are not measured.

use std::fs;
use std::time::Duration;

use super::broken;
use crate::exit::Failure;

/// Memory of a process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Memory {
    /// Pages that are in memory, shared ones too.
    pub(super) resident_bytes: u64,
    /// The same, each shared page divided among those who share it.
    pub(super) proportional_bytes: u64,
}

/// Processor time used so far, by all threads.
pub(in crate::bench) fn processor_time(id: u32) -> Result<Duration, Failure> {
    let stat = read(id, "stat")?;
    let ticks = ticks(&stat).ok_or_else(|| broken("the system's numbers cannot be read"))?;
    Ok(Duration::from_secs_f64(ticks as f64 / ticks_per_second() as f64))
}

/// Memory in use.
pub(super) fn memory(id: u32) -> Result<Memory, Failure> {
    let rollup = read(id, "smaps_rollup")?;
    memory_in(&rollup).ok_or_else(|| broken("the system's numbers cannot be read"))
}

/// Ends a process the hard way.
#[cfg(unix)]
pub(super) fn kill(id: u32) -> Result<(), Failure> {
    use rustix::process::{Pid, Signal, kill_process};
    let id = i32::try_from(id).ok().and_then(Pid::from_raw);
    let id = id.ok_or_else(|| broken("the process has no number"))?;
    kill_process(id, Signal::KILL).map_err(|error| broken(format!("our engine: {error}")))
}

/// Ends a process the hard way.
#[cfg(not(unix))]
pub(super) fn kill(_id: u32) -> Result<(), Failure> {
    Err(broken("only measured on unix"))
}

fn read(id: u32, name: &str) -> Result<String, Failure> {
    let path = format!("/proc/{id}/{name}");
    fs::read_to_string(&path).map_err(|error| broken(format!("{path}: {error}")))
}

/// User and system time of `stat`, whose second field may hold spaces and brackets.
fn ticks(stat: &str) -> Option<u64> {
    let mut fields = stat.rsplit_once(") ")?.1.split(' ').skip(11);
    let user: u64 = fields.next()?.parse().ok()?;
    let system: u64 = fields.next()?.parse().ok()?;
    Some(user + system)
}

fn memory_in(rollup: &str) -> Option<Memory> {
    let bytes = |field: &str| {
        let line = rollup.lines().find(|line| line.starts_with(field))?;
        let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
        Some(kilobytes * 1024)
    };
    Some(Memory { resident_bytes: bytes("Rss:")?, proportional_bytes: bytes("Pss:")? })
}

#[cfg(unix)]
fn ticks_per_second() -> u64 {
    rustix::param::clock_ticks_per_second()
}

#[cfg(not(unix))]
fn ticks_per_second() -> u64 {
    100
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_follow_the_name() {
        let stat = "42 (a b) c) S 1 42 42 0 -1 4194560 9 0 0 0 250 50 0 0 20 0 5 0 100 1 1";
        assert_eq!(ticks(stat), Some(300));
        assert_eq!(ticks("42 nothing"), None);
    }

    #[test]
    fn memory_is_in_kilobytes() {
        let rollup =
            "00400000-7ffc ---p 00000000 00:00 0 [rollup]\nRss:    2048 kB\nPss: 1024 kB\n";
        let expected = Memory { resident_bytes: 2 << 20, proportional_bytes: 1 << 20 };
        assert_eq!(memory_in(rollup), Some(expected));
        assert_eq!(memory_in(""), None);
    }
}
