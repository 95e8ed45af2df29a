//! The floor of speed, on it and one step below; guesses against figures of real computers.

use hardware::Machine;

use super::{Guesser, Pace, Place};
use crate::choice::{Measured, Speed};
use crate::{Catalog, Entry};

fn machine(cores: usize, instructions: &[&str], virtualised: Option<&str>) -> Machine {
    Machine {
        physical_cores: cores,
        performance_cores: cores,
        logical_cores: cores,
        instructions: instructions.iter().map(ToString::to_string).collect(),
        virtualised: virtualised.map(ToString::to_string),
        ..Machine::default()
    }
}

fn measured(id: &str, prefill_per_second: f64, step_base_s: f64, step_each_s: f64) -> Measured {
    let sha256 = Catalog::bundled().find(id).unwrap().sha256.clone();
    let speed = Speed { prefill_per_second, step_base_s, step_each_s };
    Measured { speeds: vec![(sha256, speed)], ..Measured::default() }
}

fn pace(machine: &Machine, measured: &Measured, id: &str) -> Pace {
    let catalog = Catalog::bundled();
    let entry: &Entry = catalog.find(id).unwrap();
    Guesser::new(machine, &catalog, measured).pace(entry, Place::Processor)
}

#[test]
fn what_was_measured_decides_strictly() {
    let check = |prefill: f64, base: f64, each: f64, expected: bool| {
        let measured = measured("qwen3-8b", prefill, base, each);
        let slow = pace(&machine(64, &["avx512f"], None), &measured, "qwen3-8b").is_too_slow();
        assert_eq!(slow, expected, "{prefill} {base} {each}");
    };
    // 300 tokens in 2.9 s and a step of 0.1 s are just 3 s; 8 tokens a second are steps of 0.125 s.
    check(300.0 / 2.9, 0.04, 0.06, false);
    check(300.0 / 2.9 - 0.01, 0.04, 0.06, true);
    check(1000.0, 0.125, 0.0, false);
    check(1000.0, 0.1251, 0.0, true);
    check(1000.0, 0.0625, 0.0626, true);
    check(f64::NAN, 0.01, 0.01, true);
    check(0.0, 0.01, 0.01, true);
    check(1000.0, 0.0, 0.0, false);
    check(-5.0, f64::NAN, 0.0, true);
}

#[test]
fn a_guess_rules_out_only_what_misses_the_floor_twice_over() {
    let guessed = |first_words_s: f64, tokens_per_second: f64| {
        Pace::Guessed { first_words_s, tokens_per_second }.is_too_slow()
    };
    assert!(!guessed(6.0, 4.0));
    assert!(guessed(6.001, 4.0));
    assert!(guessed(6.0, 3.999));
    assert!(!guessed(0.1, 1000.0));
    assert!(guessed(f64::INFINITY, 0.0));
}

fn figures(pace: Pace) -> (f64, f64) {
    match pace {
        Pace::Measured { first_words_s, tokens_per_second }
        | Pace::Guessed { first_words_s, tokens_per_second } => (first_words_s, tokens_per_second),
    }
}

#[test]
fn guesses_are_within_a_factor_of_two_of_real_computers() {
    let catalog = Catalog::bundled();
    let check = |machine: Machine, place: Place, id: &str, prefill: f64, writes: f64| {
        let measured = Measured::default();
        let guesser = Guesser::new(&machine, &catalog, &measured);
        let (first, tokens) = figures(guesser.pace(catalog.find(id).unwrap(), place));
        let expected = 300.0 / prefill + 1.0 / writes;
        assert!((0.5..=2.0).contains(&(first / expected)), "{id}: {first:.2} s, not {expected:.2}");
        assert!((0.5..=2.0).contains(&(tokens / writes)), "{id}: {tokens:.1}, not {writes:.1}");
    };
    let eight = || machine(8, &["avx2", "avx512f"], None);
    check(eight(), Place::Processor, "qwen3-4b", 149.0, 22.3);
    check(eight(), Place::Processor, "qwen3-8b", 81.0, 12.3);
    check(machine(6, &["avx2"], None), Place::Processor, "qwen3.5-4b", 55.0, 14.6);
    check(eight(), Place::Integrated, "qwen3.5-4b", 370.0, 21.8);
    check(machine(8, &["avx2"], None), Place::Card, "qwen3-8b", 2000.0, 47.0);
}

#[test]
fn cores_and_their_instructions_count() {
    let first = |machine: Machine| figures(pace(&machine, &Measured::default(), "qwen3-4b")).0;
    let wide = first(machine(4, &["avx2", "avx512f"], None));
    let avx2 = first(machine(4, &["avx2"], None));
    let old = first(machine(4, &["avx"], None));
    let rented = first(machine(4, &["avx2", "avx512f"], Some("KVM")));
    let boxed = first(machine(4, &["avx2", "avx512f"], Some("container")));
    assert!(wide < avx2 && avx2 < rented && rented < old);
    assert_eq!(boxed, wide);
    assert!(first(machine(8, &["avx2"], None)) < avx2);
    // Slow cores of a processor with two kinds do not count.
    let mixed = Machine { performance_cores: 4, ..machine(12, &["avx2"], None) };
    assert_eq!(first(mixed), avx2);
    // A machine that tells no cores has one.
    assert_eq!(first(machine(0, &["avx2"], None)), first(machine(1, &["avx2"], None)));
}

#[test]
fn a_model_that_was_measured_corrects_the_guess_for_others() {
    let machine = machine(2, &["avx2"], Some("KVM"));
    let guess = figures(pace(&machine, &Measured::default(), "qwen3-1.7b"));
    // The small model reads half as fast as guessed, and writes as guessed.
    let small = figures(pace(&machine, &Measured::default(), "smollm2-135m-instruct"));
    let prefill = 300.0 / (small.0 - 1.0 / small.1) / 2.0;
    let measured = measured("smollm2-135m-instruct", prefill, 1.0 / small.1, 0.0);
    let corrected = figures(pace(&machine, &measured, "qwen3-1.7b"));
    assert!((corrected.1 / guess.1 - 1.0).abs() < 1e-6);
    assert!(corrected.0 > guess.0 * 1.8 && corrected.0 < guess.0 * 2.0);
    // Figures that are no numbers correct nothing.
    let broken = super::Speed { prefill_per_second: f64::NAN, step_base_s: 0.0, step_each_s: 0.0 };
    let broken = Measured { speeds: vec![(measured.speeds[0].0.clone(), broken)], ..measured };
    assert_eq!(figures(pace(&machine, &broken, "qwen3-1.7b")), guess);
}
