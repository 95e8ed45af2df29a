//! Whether the disk has room: for the rest of the file, with some to spare for everybody else.

use std::path::Path;

use super::DownloadError;

/// Room that is left to others: a tenth of what is written, but no more than this.
const MOST_SPARE_BYTES: u64 = 2 << 30;
/// While writing, so much less is enough: what was spare at the start may be used by others.
const STILL_SPARE_SHARE: u64 = 4;

/// Bytes that the rest of a file needs, with room to spare.
pub(super) fn needed(size_bytes: u64, have_bytes: u64) -> u64 {
    let rest = size_bytes.saturating_sub(have_bytes);
    rest.saturating_add(spare(size_bytes))
}

fn spare(size_bytes: u64) -> u64 {
    (size_bytes / 10).min(MOST_SPARE_BYTES)
}

/// Whether the rest of a file fits; an unknown disk is trusted until it is full.
pub(super) fn fits(size_bytes: u64, have_bytes: u64, free_bytes: Option<u64>) -> bool {
    free_bytes.is_none_or(|free| free >= needed(size_bytes, have_bytes))
}

/// Refuses to begin where the rest of the file does not fit.
pub(super) fn check(folder: &Path, size_bytes: u64, have_bytes: u64) -> Result<(), DownloadError> {
    let free = free_bytes(folder);
    match free {
        Some(free) if !fits(size_bytes, have_bytes, Some(free)) => {
            Err(no_room(folder, size_bytes, have_bytes))
        }
        _ => Ok(()),
    }
}

/// Stops before the disk is full to the last byte: the desk itself must go on writing.
pub(super) fn check_while_writing(
    folder: &Path,
    size_bytes: u64,
    have_bytes: u64,
) -> Result<(), DownloadError> {
    match free_bytes(folder) {
        Some(free) if free < spare(size_bytes) / STILL_SPARE_SHARE => {
            Err(no_room(folder, size_bytes, have_bytes))
        }
        _ => Ok(()),
    }
}

/// The error that names what is needed.
pub(super) fn no_room(folder: &Path, size_bytes: u64, have_bytes: u64) -> DownloadError {
    DownloadError::NoRoom {
        folder: folder.into(),
        needed_bytes: needed(size_bytes, have_bytes),
        free_bytes: free_bytes(folder).unwrap_or(0),
    }
}

/// Room on the disk of a folder, or of the nearest one above it that exists.
#[cfg(unix)]
pub(super) fn free_bytes(folder: &Path) -> Option<u64> {
    let stats = folder.ancestors().find_map(|place| rustix::fs::statvfs(place).ok())?;
    Some(stats.f_bavail.saturating_mul(stats.f_frsize))
}

/// Room on the disk of a folder: the disk mounted nearest above it.
#[cfg(not(unix))]
pub(super) fn free_bytes(folder: &Path) -> Option<u64> {
    let folder = std::path::absolute(folder).ok()?;
    let disks = sysinfo::Disks::new_with_refreshed_list();
    let above = disks.iter().filter(|disk| folder.starts_with(disk.mount_point()));
    above
        .max_by_key(|disk| disk.mount_point().components().count())
        .map(sysinfo::Disk::available_space)
}
