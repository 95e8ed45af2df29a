//! Reasons are sentences for the person at the counter.

use hardware::{Device, DeviceKind, Machine};

use super::{GB, machine};
use crate::choice::words::{gigabytes, per_second, seconds, sold_as};
use crate::choice::{Measured, Speed, choose};
use crate::{Catalog, Purpose};

/// Words that nobody at a counter knows.
const JARGON: &[&str] = &[
    "Q4", "Q8", "K_M", "GGUF", "VRAM", "RAM", "token", "KV", "ctx", "prefill", "quant", "GiB",
    "MiB", "MoE", "SWA", "context", "layer", "NaN", "inf",
];

fn check_plain(sentence: &str) {
    for word in JARGON {
        assert!(!sentence.contains(word), "{word}: {sentence}");
    }
    assert!(sentence.ends_with('.') && sentence.len() < 200, "{sentence}");
    assert!(sentence.chars().next().is_some_and(char::is_uppercase), "{sentence}");
}

#[test]
fn every_reason_is_a_plain_sentence() {
    let catalog = Catalog::bundled();
    let card = Device {
        kind: DeviceKind::Discrete,
        memory_bytes: 8 * GB,
        memory_free_bytes: 7 * GB,
        ..Device::default()
    };
    let slow = Machine { physical_cores: 1, performance_cores: 1, ..machine(16 * GB, 12 * GB) };
    let with_card = Machine { devices: vec![card], ..machine(16 * GB, 12 * GB) };
    let speeds = catalog.models.iter().enumerate().map(|(index, entry)| {
        let step_base_s = if index % 2 == 0 { 0.01 } else { f64::NAN };
        let speed =
            Speed { prefill_per_second: 50.0 * index as f64, step_base_s, step_each_s: 0.0 };
        (entry.sha256.clone(), speed)
    });
    let measured = Measured {
        speeds: speeds.collect(),
        exams: vec![(catalog.find("qwen3-8b").unwrap().sha256.clone(), false)],
    };
    for machine in [slow, with_card, machine(64 * GB, 60 * GB), machine(GB, GB), machine(0, 0)] {
        for measured in [&measured, &Measured::default()] {
            for language in ["en", "sv", "tlh"] {
                let choice = choose(&machine, &catalog, measured, language);
                choice.why.iter().for_each(|why| check_plain(why));
                choice.verdicts.iter().for_each(|verdict| check_plain(&verdict.reason));
                assert_eq!(choice.verdicts.len(), catalog.models.len());
            }
        }
    }
    for entry in &catalog.models {
        check_plain(&entry.summary);
        entry.notes.iter().for_each(|note| check_plain(note));
        assert!(entry.purpose == Purpose::Embedding || entry.url.is_some() || entry.offered);
    }
}

#[test]
fn a_computer_where_nothing_suits_quotes_and_says_so() {
    let catalog = Catalog::bundled();
    let check = |machine: Machine, expected: &str| {
        let choice = choose(&machine, &catalog, &Measured::default(), "en");
        assert_eq!(choice.chat, None);
        let why = choice.why.join(" ");
        assert!(why.contains(expected) && why.contains("the desk quotes"), "{why}");
    };
    check(machine(2 * GB, 2 * GB), "Too little memory is free");
    check(machine(0, 0), "This computer does not say how much memory it has.");
    check(machine(0, 0), "Without knowing its memory");
}

#[test]
fn the_reason_for_the_processor_is_told() {
    let catalog = Catalog::bundled();
    let why = "The graphics driver did not answer; using the processor.".to_string();
    let machine = Machine { without_graphics: Some(why.clone()), ..machine(16 * GB, 12 * GB) };
    assert!(choose(&machine, &catalog, &Measured::default(), "en").why.contains(&why));
}

#[test]
fn memory_is_said_as_it_is_sold() {
    let check = |bytes: u64, expected: &str| assert_eq!(sold_as(bytes), expected);
    check(8 << 30, "8 GB");
    check(16_700_000_000, "16 GB");
    check(1_600_000_000, "1.5 GB");
    check(2 << 30, "2 GB");
    check(0, "0 GB");
}

#[test]
fn figures_are_said_in_words() {
    assert_eq!(gigabytes(5 * GB / 2), "2.5 GB");
    assert_eq!(seconds(1.234), "1.2 seconds");
    assert_eq!(seconds(12.3), "12 seconds");
    assert_eq!(seconds(0.01), "no time at all");
    assert_eq!(seconds(f64::INFINITY), "more than a minute and a half");
    assert_eq!(per_second(30.0), "22 words");
    assert_eq!(per_second(4.0), "3.0 words");
    assert_eq!(per_second(f64::NAN), "too many words to count");
}
