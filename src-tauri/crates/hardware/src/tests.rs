//! This computer has something.

use super::{Memory, detect, tighter};

#[test]
fn this_machine_is_described() {
    let machine = detect();
    assert!(!machine.system.is_empty() && !machine.processor.is_empty());
    assert!((1..=machine.logical_cores).contains(&machine.physical_cores));
    assert!(machine.memory_bytes > 0);
    assert!(machine.memory_free_bytes <= machine.memory_bytes);
}

#[test]
fn a_container_only_takes_away() {
    let memory = |total_bytes, free_bytes| Memory { total_bytes, free_bytes };
    assert_eq!(tighter(memory(8, 5), memory(4, 4)), memory(4, 4));
    assert_eq!(tighter(memory(8, 1), memory(16, 9)), memory(8, 1));
}
