//! The disk that holds a folder: its room, and whether it is in this computer.

use std::path::{Path, PathBuf};

/// What is known of the disk that holds a folder.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Disk {
    /// Bytes that this user may still write; `None` when the system does not say.
    pub free_bytes: Option<u64>,
    /// Whether another computer holds it; `false` when the system does not say.
    pub is_network: bool,
    /// Whether nothing can be written to it; `false` when the system does not say.
    pub is_read_only: bool,
}

/// Looks at the disk that holds this folder, or will when the folder is made.
pub fn disk(folder: &Path) -> Disk {
    nearest(folder).map_or(Disk::default(), |folder| look(&folder))
}

/// The folder itself or the nearest one above it that exists.
fn nearest(folder: &Path) -> Option<PathBuf> {
    let whole = std::path::absolute(folder).ok()?;
    whole.ancestors().find_map(|folder| folder.canonicalize().ok())
}

/// Kinds of file systems whose files lie on another computer, as systems call them.
const NETWORK: &[&str] = &[
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "afpfs",
    "ncpfs",
    "afs",
    "ceph",
    "webdav",
    "davfs",
    "fuse.sshfs",
    "fuse.davfs2",
    "fuse.rclone",
    "fuse.glusterfs",
    "fuse.ceph",
    "fuse.s3fs",
];

fn is_network(kind: &str) -> bool {
    NETWORK.iter().any(|name| kind.eq_ignore_ascii_case(name))
}

#[cfg(target_os = "linux")]
fn look(folder: &Path) -> Disk {
    use rustix::fs::{StatVfsMountFlags, statvfs};
    let mounts = std::fs::read_to_string("/proc/self/mountinfo").unwrap_or_default();
    let is_network = mounted_kind(&mounts, folder).is_some_and(is_network);
    match statvfs(folder) {
        Ok(told) => Disk {
            free_bytes: Some(told.f_bavail.saturating_mul(told.f_frsize)),
            is_network,
            is_read_only: told.f_flag.contains(StatVfsMountFlags::RDONLY),
        },
        Err(_) => Disk { is_network, ..Disk::default() },
    }
}

/// The kind of file system that holds this folder, by the text of `/proc/self/mountinfo`.
///
/// The longest place above the folder counts, and of the same place the last one mounted.
#[cfg(target_os = "linux")]
fn mounted_kind<'a>(mounts: &'a str, folder: &Path) -> Option<&'a str> {
    let mut best: Option<(usize, &str)> = None;
    for line in mounts.lines() {
        let Some((before, after)) = line.split_once(" - ") else { continue };
        let (Some(place), Some(kind)) = (before.split(' ').nth(4), after.split(' ').next()) else {
            continue;
        };
        // The kernel writes blanks in names as numbers.
        let place = PathBuf::from(place.replace("\\040", " "));
        let depth = place.components().count();
        if folder.starts_with(&place) && best.is_none_or(|(deepest, _)| depth >= deepest) {
            best = Some((depth, kind));
        }
    }
    best.map(|(_, kind)| kind)
}

#[cfg(not(target_os = "linux"))]
fn look(folder: &Path) -> Disk {
    // Windows writes the name of another computer with two strokes before it.
    let is_share = folder.to_str().is_some_and(|name| {
        name.starts_with(r"\\?\UNC\") || name.starts_with(r"\\") && !name.starts_with(r"\\?\")
    });
    let plain = folder.to_str().and_then(|name| name.strip_prefix(r"\\?\")).map(PathBuf::from);
    let folder = plain.as_deref().unwrap_or(folder);
    let disks = sysinfo::Disks::new_with_refreshed_list();
    let holds = |disk: &&sysinfo::Disk| folder.starts_with(disk.mount_point());
    let found = disks.as_ref().ok().and_then(|disks| {
        disks.list().iter().filter(holds).max_by_key(|disk| disk.mount_point().components().count())
    });
    match found {
        Some(disk) => Disk {
            free_bytes: Some(disk.available_space()),
            is_network: is_share || disk.file_system().to_str().is_some_and(is_network),
            is_read_only: disk.is_read_only(),
        },
        None => Disk { is_network: is_share, ..Disk::default() },
    }
}

#[cfg(test)]
mod tests;
