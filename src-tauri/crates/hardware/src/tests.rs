//! This computer has something.

use std::path::Path;

use super::{Machine, detect, detect_with_disk};

#[test]
fn this_machine_is_described() {
    let machine = detect_with_disk(Path::new("."));
    assert!(!machine.system.is_empty() && !machine.processor.is_empty());
    assert!((1..=machine.logical_cores).contains(&machine.physical_cores), "{machine:?}");
    assert!((1..=machine.physical_cores).contains(&machine.performance_cores), "{machine:?}");
    assert!(machine.memory_bytes > 0);
    assert!(machine.memory_free_bytes <= machine.memory_bytes);
    assert!(machine.disk_free_bytes.is_some());
    let parallel = std::thread::available_parallelism().unwrap().get();
    assert_eq!(machine.logical_cores, parallel, "the standard library counts the same");
}

#[test]
fn this_machine_can_be_written_down_and_read_again() {
    let machine = detect_with_disk(Path::new("."));
    let text = serde_json::to_string(&machine).unwrap();
    assert_eq!(Machine::parse(&text).unwrap(), machine);
}

#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
#[test]
fn the_kernel_and_the_processor_name_the_same_sets() {
    let kernel = std::fs::read_to_string("/proc/cpuinfo").unwrap();
    let (machine, flags) = (detect(), kernel.split_whitespace());
    assert_eq!(
        machine.instructions.iter().any(|set| set == "avx2"),
        flags.clone().any(|flag| flag == "avx2")
    );
    assert!(machine.instructions.iter().any(|set| set == "sse4.2"), "{machine:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_container_only_takes_away() {
    use super::{Memory, tighter};
    let memory = |total_bytes, free_bytes| Memory { total_bytes, free_bytes };
    assert_eq!(tighter(memory(8, 5), memory(4, 4)), memory(4, 4));
    assert_eq!(tighter(memory(8, 1), memory(16, 9)), memory(8, 1));
}
