//! Golden choices: computers of every class, from a kiosk to a server.

use hardware::{Device, DeviceKind, Machine};

use super::{GB, chat};
use crate::Catalog;
use crate::choice::{Measured, Speed, Tier, choose};

/// A computer in one line.
struct Computer {
    memory_gb: f64,
    free_gb: f64,
    cores: usize,
    instructions: &'static [&'static str],
    inside: Option<&'static str>,
    card: Option<(DeviceKind, u64)>,
}

const OLD: &[&str] = &["avx"];
const USUAL: &[&str] = &["avx2", "fma", "f16c"];
const WIDE: &[&str] = &["avx2", "fma", "f16c", "avx512f", "avx512_vnni"];

impl Computer {
    fn machine(&self) -> Machine {
        let bytes = |gb: f64| (gb * GB as f64) as u64;
        let device = |(kind, gb): (DeviceKind, u64)| Device {
            kind,
            memory_bytes: gb * GB,
            memory_free_bytes: gb * GB - GB / 2,
            ..Device::default()
        };
        Machine {
            memory_bytes: bytes(self.memory_gb),
            memory_free_bytes: bytes(self.free_gb),
            physical_cores: self.cores,
            performance_cores: self.cores,
            logical_cores: self.cores,
            instructions: self.instructions.iter().map(ToString::to_string).collect(),
            virtualised: self.inside.map(Into::into),
            devices: self.card.map(device).into_iter().collect(),
            ..Machine::default()
        }
    }
}

fn own(memory_gb: f64, free_gb: f64, cores: usize, instructions: &'static [&str]) -> Computer {
    Computer { memory_gb, free_gb, cores, instructions, inside: None, card: None }
}

fn rented(memory_gb: f64, free_gb: f64, cores: usize) -> Computer {
    Computer { inside: Some("KVM"), ..own(memory_gb, free_gb, cores, WIDE) }
}

fn card(memory_gb: f64, free_gb: f64, gb: u64) -> Computer {
    let card = Some((DeviceKind::Discrete, gb));
    Computer { card, ..own(memory_gb, free_gb, 8, USUAL) }
}

#[track_caller]
fn check(computer: Computer, tier: Tier, expected: &str) {
    let catalog = Catalog::bundled();
    let choice = choose(&computer.machine(), &catalog, &Measured::default(), "de");
    assert_eq!((choice.tier, chat(&choice).as_str()), (tier, expected), "{:?}", choice.why);
}

#[test]
fn a_kiosk_or_an_old_computer() {
    check(own(3.8, 2.6, 2, USUAL), Tier::T0, "qwen3-0.6b");
    check(own(3.8, 1.2, 2, USUAL), Tier::T0, "nothing");
    check(own(3.8, 2.6, 2, OLD), Tier::T0, "nothing");
    check(own(1.9, 1.5, 4, USUAL), Tier::T0, "nothing");
}

#[test]
fn a_laptop_with_8_gb() {
    check(own(7.7, 5.2, 4, USUAL), Tier::T1, "gemma-4-e2b");
    check(own(7.7, 4.0, 4, USUAL), Tier::T1, "smollm3-3b");
    check(own(7.7, 2.5, 4, USUAL), Tier::T1, "qwen3-1.7b");
    check(own(7.7, 1.8, 4, USUAL), Tier::T1, "qwen3-0.6b");
}

#[test]
fn an_office_computer_with_16_gb() {
    check(own(15.6, 11.0, 6, USUAL), Tier::T2, "qwen3-4b-instruct-2507");
    check(own(15.6, 11.0, 8, USUAL), Tier::T2, "qwen3-4b-instruct-2507");
    check(own(15.6, 11.0, 8, WIDE), Tier::T2, "gemma-4-12b");
    let integrated = Some((DeviceKind::Integrated, 12));
    let with_graphics = Computer { card: integrated, ..own(15.6, 11.0, 4, USUAL) };
    check(with_graphics, Tier::T2, "qwen3-4b-instruct-2507");
}

#[test]
fn a_strong_computer_with_32_gb() {
    check(own(31.2, 26.0, 8, USUAL), Tier::T3, "gemma-4-26b-a4b");
    check(own(62.0, 56.0, 16, WIDE), Tier::T3, "gemma-4-26b-a4b");
}

#[test]
fn rented_processors_of_the_seeds() {
    // Four of them with 16 GB, and eight with 32 GB, where a model that computes little helps.
    check(rented(15.6, 14.0, 4), Tier::T2, "qwen3-0.6b");
    check(rented(31.2, 29.0, 8), Tier::T3, "qwen3-30b-a3b-instruct-2507");
    check(rented(3.8, 3.0, 2), Tier::T0, "qwen3-0.6b");
    check(rented(3.8, 3.0, 1), Tier::T0, "nothing");
}

#[test]
fn graphics_cards_of_every_size() {
    check(card(15.6, 11.0, 4), Tier::T2, "qwen3-4b-instruct-2507");
    check(card(15.6, 11.0, 8), Tier::T4, "qwen3-8b");
    check(card(62.0, 56.0, 8), Tier::T4, "qwen3-8b");
    check(card(31.2, 26.0, 12), Tier::T5, "gemma-4-12b");
    check(card(31.2, 26.0, 16), Tier::T5, "gemma-4-12b");
    check(card(62.0, 56.0, 24), Tier::T6, "gemma-4-26b-a4b");
    check(card(125.0, 110.0, 32), Tier::T6, "gemma-4-31b");
    check(card(250.0, 240.0, 80), Tier::T6, "gemma-4-31b");
}

#[test]
fn odd_machines_never_make_it_fail() {
    let catalog = Catalog::bundled();
    let odd = [
        Machine::default(),
        Machine { memory_bytes: u64::MAX, memory_free_bytes: u64::MAX, ..Machine::default() },
        Machine { physical_cores: usize::MAX, memory_bytes: 1, ..Machine::default() },
        Machine { performance_cores: usize::MAX, memory_bytes: 16 * GB, ..Machine::default() },
        Machine {
            devices: vec![Device::default(); 9],
            memory_bytes: 16 * GB,
            ..Machine::default()
        },
        Machine {
            devices: vec![Device { memory_bytes: u64::MAX, ..Device::default() }],
            memory_bytes: 16 * GB,
            ..Machine::default()
        },
    ];
    for machine in odd {
        for language in ["", "en", "-", "\u{0}"] {
            let choice = choose(&machine, &catalog, &Measured::default(), language);
            assert_eq!(choice.verdicts.len(), catalog.models.len());
            assert!(choice.why.len() >= 3);
        }
    }
}

#[test]
fn measuring_the_small_model_makes_the_choice_on_an_office_computer_careful() {
    // As measured on eight wide cores: a model with a billion parameters reads half as fast as
    // the guess says, and the choice goes down to what those computers really run.
    let catalog = Catalog::bundled();
    let machine = own(15.6, 11.0, 8, WIDE).machine();
    let small = catalog.find("smollm2-135m-instruct").unwrap();
    let speed = Speed { prefill_per_second: 2076.0, step_base_s: 0.0014, step_each_s: 0.0013 };
    let measured = Measured { speeds: vec![(small.sha256.clone(), speed)], ..Measured::default() };
    let choice = choose(&machine, &catalog, &measured, "de");
    assert_eq!(chat(&choice), "qwen3-4b-instruct-2507", "{:?}", choice.why);
}
