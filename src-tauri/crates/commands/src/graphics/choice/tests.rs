//! Cards of every kind, tested and not.

use super::*;

const GIB: u64 = 1 << 30;

fn card(name: &str, kind: Kind, free_bytes: u64) -> Device {
    Device {
        name: name.into(),
        description: format!("card {name}"),
        backend: "Vulkan".into(),
        kind,
        memory_bytes: free_bytes,
        memory_free_bytes: free_bytes,
    }
}

fn discrete() -> Device {
    card("D", Kind::Discrete, 8 * GIB)
}

fn integrated() -> Device {
    card("I", Kind::Integrated, 8 * GIB)
}

fn passed(gain: f64) -> Option<DeviceTestRow> {
    Some(DeviceTestRow {
        passed: true,
        processor_prefill_per_second: 100.0,
        device_prefill_per_second: 100.0 * gain,
        ..DeviceTestRow::default()
    })
}

fn failed() -> Option<DeviceTestRow> {
    Some(DeviceTestRow { reason: "other words".into(), ..DeviceTestRow::default() })
}

/// What is said, with the results of the cards named `D` and `I`.
fn said(cards: &[Device], d: Option<DeviceTestRow>, i: Option<DeviceTestRow>) -> String {
    let known = |card: &Device| if card.name == "D" { d.clone() } else { i.clone() };
    match next_step(cards, 2 * GIB, known) {
        Step::Use(name) => format!("use {name}"),
        Step::Test(card) => format!("test {}", card.name),
        Step::Processor(None) => "processor".into(),
        Step::Processor(Some(why)) => why.in_words(),
    }
}

#[test]
fn a_card_is_used_only_after_a_passed_test() {
    assert_eq!(said(&[discrete()], None, None), "test D");
    assert_eq!(said(&[discrete()], passed(9.0), None), "use D");
    assert_eq!(said(&[discrete()], passed(0.9), None), "use D", "it spares the processor");
    assert_eq!(said(&[discrete()], failed(), None), "card D: other words; using the processor");
    assert_eq!(said(&[], None, None), "processor");
}

#[test]
fn an_integrated_card_must_be_half_as_fast_again() {
    assert_eq!(said(&[integrated()], None, passed(1.5)), "use I");
    let slow = "card I: not clearly faster than the processor; using the processor";
    assert_eq!(said(&[integrated()], None, passed(1.49)), slow);
    let unknown = DeviceTestRow { passed: true, ..DeviceTestRow::default() };
    assert_eq!(said(&[integrated()], None, Some(unknown)), slow);
}

#[test]
fn the_better_card_comes_first_and_the_other_one_when_it_fails() {
    let both = [integrated(), discrete()];
    assert_eq!(said(&both, None, None), "test D");
    assert_eq!(said(&both, passed(2.0), None), "use D");
    assert_eq!(said(&both, failed(), None), "test I");
    assert_eq!(said(&both, failed(), passed(2.0)), "use I");
    assert_eq!(said(&both, failed(), failed()), "card D: other words; using the processor");
}

#[test]
fn a_processor_that_poses_as_a_card_is_never_used() {
    let software = card("D", Kind::Software, 8 * GIB);
    assert_eq!(said(&[software], passed(9.0), None), "processor");
}

#[test]
fn a_card_needs_room_for_the_model_and_a_gibibyte() {
    let with = |free| said(&[card("D", Kind::Discrete, free)], passed(9.0), None);
    assert_eq!(with(3 * GIB), "use D");
    let small = "card D: its free memory is too small for the model; using the processor";
    assert_eq!(with(3 * GIB - 1), small);
    assert_eq!(with(0), "use D", "it does not say how much it has");
}

#[test]
fn the_larger_card_and_the_faster_way_to_it_win() {
    let small = card("S", Kind::Discrete, 4 * GIB);
    let cuda = Device { backend: "CUDA".into(), ..card("C", Kind::Discrete, 4 * GIB) };
    assert_eq!(said(&[small.clone(), discrete()], passed(2.0), passed(2.0)), "use D");
    assert_eq!(said(&[small, discrete(), cuda], passed(2.0), passed(2.0)), "use C");
}
