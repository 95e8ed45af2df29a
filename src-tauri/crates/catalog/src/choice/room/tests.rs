//! On every threshold of memory, and one byte below.

use hardware::{Device, DeviceKind, Machine};

use super::{Room, SYSTEM_BYTES, usable_card, usable_memory};
use crate::choice::speed::Place;
use crate::{Catalog, Entry};

const GB: u64 = 1 << 30;

fn machine(memory_bytes: u64, memory_free_bytes: u64) -> Machine {
    Machine { memory_bytes, memory_free_bytes, ..Machine::default() }
}

fn card(kind: DeviceKind, memory_bytes: u64) -> Device {
    Device { kind, memory_bytes, memory_free_bytes: memory_bytes, ..Device::default() }
}

#[test]
fn four_fifths_of_what_is_free_may_be_used_and_the_system_keeps_its_part() {
    let check = |memory: u64, free: u64, expected: u64| {
        assert_eq!(usable_memory(&machine(memory, free)), expected, "{memory} {free}");
    };
    check(16 * GB, 10 * GB, 8 * GB);
    check(16 * GB, 10 * GB - 5, 8 * GB - 4);
    // Where nearly everything is free, the system's part decides.
    check(10 * GB, 10 * GB, 8 * GB);
    check(10 * GB - 1, 10 * GB - 1, 8 * GB - 1);
    check(8 * GB, 8 * GB, 6 * GB);
    check(4 * GB, 4 * GB, 2 * GB);
    check(SYSTEM_BYTES, SYSTEM_BYTES, 0);
    check(SYSTEM_BYTES + 1, SYSTEM_BYTES + 1, 1);
    check(GB, GB, 0);
}

#[test]
fn odd_machines_have_room_too() {
    let check = |memory: u64, free: u64, expected: u64| {
        assert_eq!(usable_memory(&machine(memory, free)), expected, "{memory} {free}");
    };
    check(0, 0, 0);
    check(0, 8 * GB, 0);
    // A system that does not say what is free.
    check(16 * GB, 0, percent(16 * GB));
    // A system that says more is free than there is.
    check(16 * GB, 64 * GB, percent(16 * GB));
    check(u64::MAX, u64::MAX, u64::MAX / 100);
}

fn percent(bytes: u64) -> u64 {
    bytes * 80 / 100
}

#[test]
fn a_card_keeps_a_margin_that_depends_on_its_size() {
    let check = |all: u64, free: u64, expected: u64| {
        assert_eq!(usable_card(all, free), expected, "{all} {free}");
    };
    // Up to 6 GB half of one stays free, above that a whole one.
    check(6 * GB, 2 * GB, 3 * GB / 2);
    check(6 * GB + 1, 2 * GB, GB);
    check(4 * GB, 4 * GB, percent(4 * GB));
    check(8 * GB, 8 * GB, percent(8 * GB));
    check(8 * GB, 5 * GB, 4 * GB);
    check(8 * GB, 5 * GB - 1, 4 * GB - 1);
    check(24 * GB, 0, percent(24 * GB));
    check(24 * GB, 99 * GB, percent(24 * GB));
    check(0, 0, 0);
    check(GB, GB / 4, 0);
}

/// An entry whose needs are known to the byte.
fn entry() -> Entry {
    Catalog::bundled().find("qwen3-8b").unwrap().clone()
}

fn embedding() -> Entry {
    Catalog::bundled().find("all-minilm-l6-v2").unwrap().clone()
}

/// A room with exactly so many bytes beside the embedding model.
fn room(memory_bytes: u64, card_bytes: u64, has_integrated: bool) -> Room {
    Room { memory_bytes, card_bytes, has_integrated, is_known: true }
}

#[test]
fn a_model_fits_to_the_byte() {
    let needs = entry().memory();
    let check = |room: Room, expected: Option<Place>| assert_eq!(room.place(&entry()), expected);
    check(room(needs.total_bytes, 0, false), Some(Place::Processor));
    check(room(needs.total_bytes - 1, 0, false), None);
    check(room(needs.total_bytes, 0, true), Some(Place::Integrated));
    check(room(needs.total_bytes - 1, 0, true), None);
    check(room(needs.beside_card_bytes, needs.card_bytes, false), Some(Place::Card));
    check(room(needs.beside_card_bytes - 1, needs.card_bytes, false), None);
    check(room(needs.beside_card_bytes, needs.card_bytes - 1, false), None);
    check(room(needs.total_bytes, needs.card_bytes - 1, false), Some(Place::Processor));
}

#[test]
fn the_embedding_model_counts() {
    let machine = machine(16 * GB, 10 * GB);
    let room = Room::of(&machine, &embedding());
    assert_eq!(room.memory_bytes, 8 * GB - embedding().memory_bytes());
}

#[test]
fn graphics_that_share_the_memory_add_none() {
    let mut machine = machine(16 * GB, 10 * GB);
    let without = Room::of(&machine, &embedding());
    machine.devices = vec![card(DeviceKind::Integrated, 12 * GB)];
    let with = Room::of(&machine, &embedding());
    assert_eq!((with.memory_bytes, with.card_bytes), (without.memory_bytes, 0));
    machine.devices = vec![card(DeviceKind::Software, 12 * GB)];
    let software = Room::of(&machine, &embedding());
    assert_eq!(software.card_bytes, 0);
    assert!(!software.has_integrated);
}

#[test]
fn the_largest_card_counts() {
    let mut machine = machine(16 * GB, 10 * GB);
    machine.devices = [4, 12, 8].map(|size| card(DeviceKind::Discrete, size * GB)).to_vec();
    assert_eq!(Room::of(&machine, &embedding()).card_bytes, percent(12 * GB));
}
