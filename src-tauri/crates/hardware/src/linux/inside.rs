//! What the system runs inside: a container, Windows, or a virtual machine.

use super::Files;

/// Words in the names of a container's group, and whose they are. The first that fits counts.
const CONTAINER_GROUPS: &[(&str, &str)] = &[
    ("kubepods", "Kubernetes container"),
    ("libpod", "Podman container"),
    ("docker", "Docker container"),
    ("lxc", "LXC container"),
    ("containerd", "container"),
    ("machine.slice", "container"),
];

/// Words in what the firmware calls the computer and its maker.
const VIRTUAL_MACHINES: &[(&str, &str)] = &[
    ("kvm", "KVM"),
    ("qemu", "KVM"),
    ("vmware", "VMware"),
    ("virtualbox", "VirtualBox"),
    ("innotek", "VirtualBox"),
    ("parallels", "Parallels"),
    ("xen", "Xen"),
    ("virtual machine", "Hyper-V"),
    ("amazon ec2", "Amazon EC2"),
    ("google compute engine", "Google Compute Engine"),
    ("openstack", "OpenStack"),
    ("bhyve", "bhyve"),
];

/// What this runs inside, the nearest first, as in `Docker container in KVM`. `None` on a
/// computer of its own. `processor` is the text of `/proc/cpuinfo`.
pub(super) fn what(files: &dyn Files, processor: &str) -> Option<String> {
    let layers = [container(files), windows(files).or_else(|| machine(files, processor))];
    let layers: Vec<&str> = layers.into_iter().flatten().collect();
    (!layers.is_empty()).then(|| layers.join(" in "))
}

fn container(files: &dyn Files) -> Option<&'static str> {
    let groups = files.read("/proc/1/cgroup").unwrap_or_default()
        + &files.read("/proc/self/cgroup").unwrap_or_default();
    let by_group = || named(&groups, CONTAINER_GROUPS);
    if files.read("/run/.containerenv").is_some() {
        Some("Podman container")
    } else if files.read("/.dockerenv").is_some() {
        Some("Docker container")
    } else {
        by_group()
    }
}

/// Linux in Windows says so in the name of its kernel.
fn windows(files: &dyn Files) -> Option<&'static str> {
    let release = files.read("/proc/sys/kernel/osrelease")?.to_lowercase();
    release.contains("microsoft").then_some("WSL")
}

fn machine(files: &dyn Files, processor: &str) -> Option<&'static str> {
    let read = |name: &str| files.read(&format!("/sys/class/dmi/id/{name}")).unwrap_or_default();
    let firmware = read("sys_vendor") + &read("product_name");
    let told_by_firmware = named(&firmware, VIRTUAL_MACHINES);
    let flags = processor.lines().find(|line| line.starts_with("flags"));
    match flags {
        // Rented computers without a hypervisor have the same firmware as those with one.
        Some(flags) if flags.split_whitespace().any(|flag| flag == "hypervisor") => {
            Some(told_by_firmware.unwrap_or("virtual machine"))
        }
        Some(_) => None,
        // Only processors of the x86 family have such a flag.
        None => told_by_firmware.filter(|name| *name != "Amazon EC2"),
    }
}

fn named(text: &str, table: &[(&str, &'static str)]) -> Option<&'static str> {
    let text = text.to_lowercase();
    table.iter().find(|(word, _)| text.contains(word)).map(|(_, name)| *name)
}
