//! Computers of many kinds, by the files that their kernels show, written down in `fixtures/`: a
//! line `== PATH` begins each file.

use std::collections::BTreeMap;

use super::{Files, look};
use crate::{Machine, Power};

/// The files of one computer.
struct Fixture(BTreeMap<String, String>);

impl Fixture {
    fn read(name: &str) -> Self {
        let path = format!("{}/fixtures/{name}.txt", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
        let mut files = BTreeMap::new();
        for part in text.split("== ").skip(1) {
            let (path, content) = part.split_once('\n').unwrap();
            files.insert(path.trim().to_string(), content.to_string());
        }
        Self(files)
    }
}

impl Files for Fixture {
    fn read(&self, path: &str) -> Option<String> {
        self.0.get(path).cloned()
    }

    fn list(&self, folder: &str) -> Option<Vec<String>> {
        let below = format!("{folder}/");
        let mut names: Vec<String> = Vec::new();
        for path in self.0.keys() {
            let Some(rest) = path.strip_prefix(&below) else { continue };
            let name = rest.split('/').next().unwrap_or_default();
            // An empty folder is written with a dot in it.
            if name != "." && names.last().is_none_or(|last| last != name) {
                names.push(name.into());
            }
        }
        let exists = self.0.keys().any(|path| path.starts_with(&below));
        exists.then_some(names)
    }
}

fn seen(name: &str) -> Machine {
    look(&Fixture::read(name), &|_| true)
}

const MIB: u64 = 1 << 20;

/// Logical, physical and performance cores; memory and what of it is free, in MiB.
#[track_caller]
fn check(name: &str, cores: [usize; 3], memory: [u64; 2]) -> Machine {
    let machine = seen(name);
    let found = [machine.logical_cores, machine.physical_cores, machine.performance_cores];
    assert_eq!(found, cores, "{name}: {machine:?}");
    let found = [machine.memory_bytes / MIB, machine.memory_free_bytes / MIB];
    assert_eq!(found, memory, "{name}: {machine:?}");
    machine
}

#[track_caller]
fn check_place(machine: &Machine, power: Power, virtualised: Option<&str>) {
    assert_eq!(machine.power, power, "{machine:?}");
    assert_eq!(machine.virtualised.as_deref(), virtualised, "{machine:?}");
}

#[test]
fn a_container_has_its_limits_and_not_the_hosts() {
    // 64 GiB and 32 threads outside; 6 GiB and two processors' time inside.
    let machine = check("container_v2", [2, 2, 2], [6144, 5120]);
    check_place(&machine, Power::Mains, Some("Docker container"));
}

#[test]
fn a_container_of_cgroup_version_1_has_its_limits_too() {
    // 1.5 processors' time, and a cpuset of three threads on two cores.
    let machine = check("container_v1", [1, 1, 1], [2048, 1348]);
    check_place(&machine, Power::Unknown, Some("Kubernetes container in KVM"));
}

#[test]
fn hybrid_cores_are_told_apart() {
    // 8 fast cores with two threads each and 8 small ones with one.
    let machine = check("hybrid", [24, 16, 8], [31_875, 27_343]);
    check_place(&machine, Power::Mains, None);
    assert!(machine.instructions.contains(&"avxvnni".to_string()), "{machine:?}");
    assert!(!machine.instructions.contains(&"avx512f".to_string()), "{machine:?}");
}

#[test]
fn cores_of_unlike_power_are_told_apart_by_it() {
    // One of 1024, three of 871, four of 279.
    let machine = check("hybrid_arm", [8, 8, 4], [7812, 3906]);
    check_place(&machine, Power::Battery, None);
    assert_eq!(machine.instructions, ["neon", "fp16", "dotprod", "i8mm", "bf16"]);
}

#[test]
fn a_laptop_with_an_integrated_card_runs_on_its_battery() {
    let machine = check("laptop", [16, 8, 8], [13_681, 6640]);
    check_place(&machine, Power::Battery, None);
}

#[test]
fn a_computer_without_avx2_says_so() {
    let machine = check("no_avx2", [4, 4, 4], [7812, 5371]);
    assert_eq!(machine.instructions, ["sse4.2", "avx"]);
    check_place(&machine, Power::Mains, None);
}

#[test]
fn linux_in_windows_has_what_windows_gives_it() {
    let machine = check("wsl2", [8, 4, 4], [7812, 6835]);
    check_place(&machine, Power::Battery, Some("WSL"));
}

#[test]
fn a_computer_with_4_gb_has_less_than_4_gb() {
    let machine = check("small_4gb", [4, 4, 4], [3785, 2246]);
    check_place(&machine, Power::Mains, None);
    assert_eq!(machine.instructions, ["sse4.2"]);
}

#[test]
fn a_rented_machine_is_a_virtual_one() {
    // A micro virtual machine without firmware, one core with two threads.
    let machine = check("micro_vm", [2, 1, 1], [24_105, 22_276]);
    check_place(&machine, Power::Mains, Some("Docker container in virtual machine"));
}

#[test]
fn what_no_file_says_is_unknown() {
    let machine = look(&Fixture(BTreeMap::new()), &|_| false);
    assert_eq!(machine, Machine::default());
}

#[test]
fn files_full_of_nonsense_are_no_reason_to_panic() {
    let names = ["container_v1", "container_v2", "hybrid", "hybrid_arm", "laptop", "wsl2"];
    for name in names {
        for nonsense in
            ["", "\n", "-", "0-18446744073709551615", "9".repeat(99).as_str(), "\u{0}: x"]
        {
            let mut fixture = Fixture::read(name);
            for content in fixture.0.values_mut() {
                *content = nonsense.to_string();
            }
            let machine = look(&fixture, &|_| true);
            assert!(machine.memory_free_bytes <= machine.memory_bytes, "{name} {nonsense:?}");
        }
    }
}

#[test]
fn a_set_counts_only_if_kernel_and_processor_have_it() {
    let fixture = Fixture::read("hybrid");
    let machine = look(&fixture, &|name| name != "avx2");
    assert!(!machine.instructions.contains(&"avx2".to_string()), "{machine:?}");
    assert!(machine.instructions.contains(&"fma".to_string()), "{machine:?}");
}
