//! Descriptions that are read, and those that are refused.

use crate::{DeviceKind, Machine, MachineError, Power};

fn parse(text: &str) -> Machine {
    Machine::parse(text).unwrap()
}

#[test]
fn what_follows_from_little_is_filled_in() {
    let machine = parse(r#"{"physical_cores": 4, "memory_bytes": 17179869184}"#);
    assert_eq!((machine.logical_cores, machine.performance_cores), (4, 4));
    assert_eq!(machine.memory_free_bytes, 15_461_882_266);
    assert_eq!(machine.architecture, "x86_64");
    assert_eq!((machine.power, machine.disk_free_bytes), (Power::Unknown, None));
    assert!(machine.devices.is_empty() && machine.instructions.is_empty());

    let threads = parse(r#"{"logical_cores": 8, "memory_bytes": 4294967296}"#);
    assert_eq!((threads.physical_cores, threads.performance_cores), (8, 8));
}

#[test]
fn everything_can_be_told() {
    let machine = parse(
        r#"{"system": "Windows 11", "processor": "Core i7-13700H", "architecture": "x86_64",
            "instructions": ["avx", "avx2"], "physical_cores": 14, "performance_cores": 6,
            "logical_cores": 20, "memory_bytes": 34359738368, "memory_free_bytes": 20000000000,
            "disk_free_bytes": 5, "power": "battery", "virtualised": null,
            "devices": [{"kind": "discrete", "memory_bytes": 8589934592},
                        {"name": "Vulkan7", "kind": "integrated"}],
            "without_graphics": null}"#,
    );
    assert_eq!((machine.performance_cores, machine.power), (6, Power::Battery));
    let [card, shared] = &machine.devices[..] else { panic!("{machine:?}") };
    assert_eq!((card.name.as_str(), card.memory_free_bytes), ("Vulkan0", 8_589_934_592));
    assert_eq!((shared.name.as_str(), shared.kind), ("Vulkan7", DeviceKind::Integrated));
}

/// A bad description is refused with the field's name and these words.
#[track_caller]
fn check_refused(text: &str, field: &str, words: &str) {
    match Machine::parse(text) {
        Err(MachineError::Field { field: found, reason }) => {
            assert_eq!(found, field, "{reason}");
            assert!(reason.contains(words), "{words:?} in {reason:?}");
        }
        other => panic!("{text}: {other:?}"),
    }
}

#[test]
fn a_machine_description_without_memory_is_refused() {
    check_refused(r#"{"physical_cores": 4}"#, "memory_bytes", "missing; write");
    check_refused(r#"{"physical_cores": 4, "memory_bytes": null}"#, "memory_bytes", "missing");
    check_refused(r#"{"physical_cores": 4, "memory_bytes": 0}"#, "memory_bytes", "0 bytes");
    check_refused(r#"{"physical_cores": 4, "memory_bytes": 16}"#, "memory_bytes", "17179869184");
    check_refused(r#"{"physical_cores": 4, "memory_bytes": 268435455}"#, "memory_bytes", "few");
    parse(r#"{"physical_cores": 4, "memory_bytes": 268435456}"#);
}

#[test]
fn a_machine_description_with_odd_numbers_is_refused() {
    let check = |more: &str, field: &str, words: &str| {
        check_refused(&format!(r#"{{"memory_bytes": 17179869184, {more}}}"#), field, words);
    };
    check(r#""system": "x""#, "physical_cores", "missing");
    check(r#""physical_cores": 0"#, "physical_cores", "from 1");
    check(r#""physical_cores": 2, "logical_cores": 0"#, "logical_cores", "from 1");
    check(r#""physical_cores": 100000"#, "physical_cores", "4096");
    check(r#""physical_cores": 8, "logical_cores": 4"#, "logical_cores", "fewer");
    check(r#""physical_cores": 4, "performance_cores": 6"#, "performance_cores", "more");
    check(r#""physical_cores": 4, "memory_free_bytes": 17179869185"#, "memory_free_bytes", "more");
    check(r#""physical_cores": -1"#, "physical_cores", "-1");
    check(r#""physical_cores": "4""#, "physical_cores", "string");
    check(r#""physical_cores": 4, "power": "sun""#, "power", "mains");
    check(r#""physical_cores": 4, "devices": [{}]"#, "devices[0].memory_bytes", "8589934592");
    check(
        r#""physical_cores": 4, "devices": [{"memory_bytes": 8589934592, "memory_free_bytes": 9589934592}]"#,
        "devices[0].memory_free_bytes",
        "more",
    );
}

#[test]
fn a_machine_description_with_an_unknown_field_is_refused() {
    check_refused(r#"{"memory_gb": 16}"#, "memory_gb", "memory_bytes");
    let inner = r#"{"memory_bytes": 17179869184, "physical_cores": 4, "devices": [{"vram": 8}]}"#;
    check_refused(inner, "devices[0].vram", "memory_bytes");
}

#[test]
fn what_is_no_json_object_is_refused() {
    for text in ["", "16 GB", "[]", "null", "{\"memory_bytes\": 17179869184", "\u{0}\u{1}"] {
        let refused = Machine::parse(text).unwrap_err();
        assert!(matches!(refused, MachineError::NotJson { .. }), "{text:?}: {refused}");
    }
}
