//! Each tier on its threshold, and one byte below.

use hardware::{Device, DeviceKind, Machine};

use super::Tier;

const GB: u64 = 1 << 30;

fn tier(memory_bytes: u64, cards: &[(DeviceKind, u64)]) -> Tier {
    let device = |&(kind, memory_bytes)| Device { kind, memory_bytes, ..Device::default() };
    let devices = cards.iter().map(device).collect();
    Tier::of(&Machine { memory_bytes, devices, ..Machine::default() })
}

#[test]
fn memory_makes_the_tier_of_a_computer_without_a_card() {
    let check = |memory_bytes: u64, expected: Tier| {
        assert_eq!(tier(memory_bytes, &[]), expected, "{memory_bytes}");
    };
    check(0, Tier::T0);
    check(7 * GB - 1, Tier::T0);
    check(7 * GB, Tier::T1);
    check(14 * GB - 1, Tier::T1);
    check(14 * GB, Tier::T2);
    check(28 * GB - 1, Tier::T2);
    check(28 * GB, Tier::T3);
    check(u64::MAX, Tier::T3);
}

#[test]
fn a_card_of_its_own_memory_makes_the_tier() {
    let check = |card_bytes: u64, expected: Tier| {
        assert_eq!(tier(16 * GB, &[(DeviceKind::Discrete, card_bytes)]), expected, "{card_bytes}");
    };
    check(7 * GB - 1, Tier::T2);
    check(7 * GB, Tier::T4);
    check(11 * GB - 1, Tier::T4);
    check(11 * GB, Tier::T5);
    check(21 * GB - 1, Tier::T5);
    check(21 * GB, Tier::T6);
    check(80 * GB, Tier::T6);
}

#[test]
fn other_graphics_make_no_tier() {
    for kind in [DeviceKind::Integrated, DeviceKind::Software] {
        assert_eq!(tier(16 * GB, &[(kind, 24 * GB)]), Tier::T2);
    }
    let two = [(DeviceKind::Integrated, 24 * GB), (DeviceKind::Discrete, 8 * GB)];
    assert_eq!(tier(16 * GB, &two), Tier::T4);
}

#[test]
fn each_tier_has_an_id_and_a_name() {
    let all = [Tier::T0, Tier::T1, Tier::T2, Tier::T3, Tier::T4, Tier::T5, Tier::T6];
    for (number, tier) in all.into_iter().enumerate() {
        assert_eq!(tier.id(), format!("t{number}"));
        assert!(tier.name().contains("omputer"));
    }
}
