//! Files and folders of the system that a confined program goes on needing. What a machine does
//! not have is passed over.

use std::fs;
use std::path::{Path, PathBuf};

/// Where the system keeps its libraries, and what it tells every program about the machine.
const SYSTEM: &[&str] = &[
    "/lib",
    "/lib32",
    "/lib64",
    "/usr/lib",
    "/usr/lib64",
    "/usr/local/lib",
    "/nix/store",
    "/etc/ld.so.cache",
    "/etc/localtime",
    "/usr/share/zoneinfo",
    "/dev/null",
    "/dev/random",
    "/dev/urandom",
    "/dev/zero",
    "/proc/cpuinfo",
    "/proc/meminfo",
    "/proc/self",
    "/proc/stat",
    "/proc/sys/vm/overcommit_memory",
    "/sys/devices/system/cpu",
    "/sys/devices/system/node",
    // How many processors this process may use is written here.
    "/sys/fs/cgroup",
    "/sys/kernel/mm/hugepages",
    "/sys/kernel/mm/transparent_hugepage",
];

/// Where drivers of graphics cards keep their descriptions, and where the kernel lists the cards.
const DRIVERS: &[&str] = &[
    "/etc/drirc",
    "/etc/glvnd",
    "/etc/nvidia",
    "/etc/vulkan",
    "/opt/rocm",
    "/proc/devices",
    "/proc/driver/nvidia",
    "/sys/bus/pci",
    "/sys/class/drm",
    "/sys/class/kfd",
    "/sys/dev/char",
    "/sys/devices",
    "/sys/module/amdgpu",
    "/sys/module/nvidia",
    "/usr/local/cuda",
    "/usr/local/share/vulkan",
    "/usr/share/drirc.d",
    "/usr/share/glvnd",
    "/usr/share/libdrm",
    "/usr/share/nvidia",
    "/usr/share/vulkan",
];

/// The cards themselves. NVIDIA's have a number in their names and are looked up.
const CARDS: &[&str] = &["/dev/dri", "/dev/dxg", "/dev/kfd"];

/// What may be read besides the named files.
pub(super) fn readable(graphics_card: bool) -> impl Iterator<Item = &'static Path> {
    let drivers = if graphics_card { DRIVERS } else { &[] };
    SYSTEM.iter().chain(drivers).map(Path::new)
}

/// The devices of graphics cards.
pub(super) fn cards() -> Vec<PathBuf> {
    let devices = fs::read_dir("/dev").into_iter().flatten().flatten();
    let by_nvidia = devices
        .filter(|device| device.file_name().as_encoded_bytes().starts_with(b"nvidia"))
        .map(|device| device.path());
    CARDS.iter().map(PathBuf::from).chain(by_nvidia).collect()
}
