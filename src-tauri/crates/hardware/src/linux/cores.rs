//! How many cores this program may use, and which of them are fast.
//!
//! The kernel lists processors, which are threads of cores. Which of them this program may run on
//! is in its status; a container's share of their time comes on top.

use std::collections::BTreeSet;

use super::Files;

/// Cores by what they are good for. Zero where the files do not say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Cores {
    pub(super) logical: usize,
    pub(super) physical: usize,
    pub(super) performance: usize,
}

/// More processors than any computer has; a list that names more is not believed further.
const MOST_PROCESSORS: usize = 8192;

/// A core with less than this share of the largest one's power is a small one, in percent.
const FAST_PERCENT: u64 = 75;

/// Counts cores. `share` is how many processors' time a container may use.
pub(super) fn count(files: &dyn Files, share: Option<f64>) -> Cores {
    let allowed = allowed(files);
    if allowed.is_empty() {
        return Cores::default();
    }
    // Time for one and a half processors makes two threads wait for each other.
    let most = share.map_or(usize::MAX, |share| (share as usize).max(1));
    let logical = allowed.len().min(most);
    let physical = distinct(files, &allowed).min(logical);
    let performance = distinct(files, &fast(files, &allowed)).clamp(1, physical);
    Cores { logical, physical, performance }
}

/// The processors that this program may run on.
fn allowed(files: &dyn Files) -> BTreeSet<usize> {
    let online = files.read("/sys/devices/system/cpu/online").map(|text| list(&text));
    let status = files.read("/proc/self/status").unwrap_or_default();
    let ours = status.lines().find_map(|line| line.strip_prefix("Cpus_allowed_list:")).map(list);
    match (ours, online) {
        (Some(ours), Some(online)) if !ours.is_disjoint(&online) => &ours & &online,
        (Some(ours), _) => ours,
        (None, Some(online)) => online,
        (None, None) => BTreeSet::new(),
    }
}

/// How many cores these processors are threads of. Without an answer, each counts as one.
fn distinct(files: &dyn Files, processors: &BTreeSet<usize>) -> usize {
    let cores: Option<BTreeSet<String>> =
        processors.iter().map(|processor| siblings(files, *processor)).collect();
    cores.map_or(processors.len(), |cores| cores.len())
}

/// The processors of the same core as the kernel lists them: the same text for each of them.
fn siblings(files: &dyn Files, processor: usize) -> Option<String> {
    let topology = format!("/sys/devices/system/cpu/cpu{processor}/topology");
    let list = files
        .read(&format!("{topology}/core_cpus_list"))
        .or_else(|| files.read(&format!("{topology}/thread_siblings_list")))?;
    Some(list.trim().to_string())
}

/// The processors of the fast cores; all of them where they are alike or nothing is known.
fn fast(files: &dyn Files, allowed: &BTreeSet<usize>) -> BTreeSet<usize> {
    // Intel's kernel driver names the two kinds.
    if let Some(text) = files.read("/sys/devices/cpu_core/cpus") {
        let large = &list(&text) & allowed;
        if !large.is_empty() {
            return large;
        }
    }
    let power = |processor: &usize| {
        files.number(&format!("/sys/devices/system/cpu/cpu{processor}/cpu_capacity"))
    };
    let Some(largest) = allowed.iter().filter_map(power).max() else { return allowed.clone() };
    let is_fast = |processor: &&usize| {
        power(processor).is_none_or(|power| power * 100 >= largest * FAST_PERCENT)
    };
    allowed.iter().filter(is_fast).copied().collect()
}

/// Numbers as the kernel lists them, as in `0-3,8`.
fn list(text: &str) -> BTreeSet<usize> {
    let mut numbers = BTreeSet::new();
    for part in text.trim().split(',') {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        if let (Ok(first), Ok(last)) = (first.trim().parse(), last.trim().parse::<usize>()) {
            numbers.extend((first..=last).take(MOST_PROCESSORS));
        }
    }
    numbers
}
