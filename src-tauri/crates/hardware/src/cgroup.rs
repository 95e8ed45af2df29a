//! The memory and the processors a Linux container may use: cgroup version 2, and version 1 where
//! that is mounted.
//!
//! Every group above ours limits us as well, so the walk goes up to the root and keeps the
//! tightest. Reading files is a parameter; what is left is arithmetic on text.

mod share;

pub(crate) use share::processors;

use crate::Memory;

/// Version 1 writes "no limit" as a number near 2^63; no machine has that much.
const NO_LIMIT_BYTES: u64 = 1 << 60;

/// How one version of cgroup lays out its files.
struct Layout {
    mount: &'static str,
    limit: &'static str,
    used: &'static str,
    /// The line of `memory.stat` with file pages that go first when memory is short.
    droppable: &'static str,
}

const VERSION_2: Layout = Layout {
    mount: "/sys/fs/cgroup",
    limit: "memory.max",
    used: "memory.current",
    droppable: "inactive_file",
};

const VERSION_1: Layout = Layout {
    mount: "/sys/fs/cgroup/memory",
    limit: "memory.limit_in_bytes",
    used: "memory.usage_in_bytes",
    droppable: "total_inactive_file",
};

/// The tightest limit on this program. `groups` is the text of `/proc/self/cgroup`.
///
/// `None` when nothing limits it, or the files cannot be read.
pub(crate) fn memory(groups: &str, read: impl Fn(&str) -> Option<String>) -> Option<Memory> {
    let mut tightest: Option<Memory> = None;
    for (version, group) in groups_of("memory", groups) {
        let layout = match version {
            Version::One => VERSION_1,
            Version::Two => VERSION_2,
        };
        for folder in upwards(layout.mount, group) {
            if let Some(found) = limit_at(&layout, &folder, &read) {
                tightest = Some(match tightest {
                    Some(earlier) => crate::tighter(earlier, found),
                    None => found,
                });
            }
        }
    }
    tightest
}

/// Which of the two designs a group belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Version {
    One,
    Two,
}

/// The lines that say where we are accounted: `0::/path` or, for a controller, `4:memory:/path`.
fn groups_of<'a>(controller: &str, groups: &'a str) -> Vec<(Version, &'a str)> {
    let parse = |line: &'a str| {
        let mut parts = line.splitn(3, ':');
        let (number, controllers, path) = (parts.next()?, parts.next()?, parts.next()?);
        match (number, controllers) {
            ("0", "") => Some((Version::Two, path)),
            (_, list) if list.split(',').any(|name| name == controller) => {
                Some((Version::One, path))
            }
            _ => None,
        }
    };
    groups.lines().filter_map(parse).collect()
}

/// The group's folder and all above it, down to the mount itself. In a container the path may be
/// the host's and not exist; the mount is then the container's own group.
fn upwards(mount: &str, group: &str) -> Vec<String> {
    let mut folders = Vec::new();
    let mut rest = group.trim_end_matches('/');
    while !rest.is_empty() {
        folders.push(format!("{mount}{rest}"));
        rest = rest.rsplit_once('/').map_or("", |(parent, _)| parent);
    }
    folders.push(mount.to_string());
    folders
}

fn limit_at(
    layout: &Layout,
    folder: &str,
    read: impl Fn(&str) -> Option<String>,
) -> Option<Memory> {
    let number = |name: &str| read(&format!("{folder}/{name}"))?.trim().parse::<u64>().ok();
    let total_bytes = number(layout.limit).filter(|bytes| *bytes < NO_LIMIT_BYTES)?;
    let used_bytes = number(layout.used).unwrap_or(0);
    let stat = read(&format!("{folder}/memory.stat")).unwrap_or_default();
    let droppable_bytes = stat
        .lines()
        .find_map(|line| line.strip_prefix(layout.droppable)?.trim().parse::<u64>().ok())
        .unwrap_or(0);
    let held_bytes = used_bytes.saturating_sub(droppable_bytes);
    Some(Memory { total_bytes, free_bytes: total_bytes.saturating_sub(held_bytes) })
}

#[cfg(test)]
mod tests;
