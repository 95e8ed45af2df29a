//! The choice on every threshold and one step below, and on computers of every class.

mod computers;
mod words;

use hardware::Machine;

use super::{Choice, Measured, Suits, choose, choose_embedding};
use crate::{Catalog, Entry};

const GB: u64 = 1 << 30;

/// A quick computer without a graphics card.
fn machine(memory_bytes: u64, memory_free_bytes: u64) -> Machine {
    Machine {
        instructions: vec!["avx2".into(), "avx512f".into()],
        physical_cores: 64,
        performance_cores: 64,
        logical_cores: 128,
        memory_bytes,
        memory_free_bytes,
        ..Machine::default()
    }
}

fn chat(choice: &Choice<'_>) -> String {
    choice.chat.map_or("nothing".into(), |entry| entry.id.clone())
}

#[test]
fn the_language_picks_the_embedding_model() {
    let catalog = Catalog::bundled();
    let check = |language: &str, expected: &str| {
        let choice = choose(&machine(16 * GB, 12 * GB), &catalog, &Measured::default(), language);
        assert_eq!(choice.embedding.id, expected, "{language}");
        assert_eq!(choose_embedding(&catalog, language).id, expected, "{language}");
    };
    for english in ["en", "EN", "en-GB", "en_US"] {
        check(english, "all-minilm-l6-v2");
    }
    for other in ["sv", "de-AT", "he", "zh-Hant"] {
        check(other, "multilingual-e5-small");
    }
    check("tlh", "multilingual-e5-small");
    check("", "multilingual-e5-small");
}

/// A catalogue with the small model and one other, whose needs decide.
fn two() -> Catalog {
    let mut catalog = Catalog::bundled();
    catalog.models.retain(|entry| entry.origin.is_some() || entry.id == "qwen3-1.7b");
    catalog
}

#[test]
fn a_model_is_chosen_when_it_fits_to_the_byte() {
    let catalog = two();
    let large = catalog.find("qwen3-1.7b").unwrap().memory_bytes();
    let embedding = catalog.find("all-minilm-l6-v2").unwrap().memory_bytes();
    let check = |machine: Machine, expected: &str| {
        assert_eq!(chat(&choose(&machine, &catalog, &Measured::default(), "en")), expected);
    };
    // The system's part decides where everything is free.
    let enough = large + embedding + 2 * GB;
    check(machine(enough, enough), "qwen3-1.7b");
    check(machine(enough - 1, enough - 1), "smollm2-135m-instruct");
    // Four fifths decide where little is free.
    let free = (large + embedding).div_ceil(4) * 5;
    check(machine(64 * GB, free), "qwen3-1.7b");
    check(machine(64 * GB, free - 5), "smollm2-135m-instruct");
    let small = catalog.find("smollm2-135m-instruct").unwrap().memory_bytes();
    let least = small + embedding + 2 * GB;
    check(machine(least, least), "smollm2-135m-instruct");
    check(machine(least - 1, least - 1), "nothing");
}

/// Everything measured as quick, but for one model.
fn quick_but(catalog: &Catalog, id: &str, prefill_per_second: f64) -> Measured {
    let speed = |entry: &Entry| super::Speed {
        prefill_per_second: if entry.id == id { prefill_per_second } else { 1000.0 },
        step_base_s: 0.05,
        step_each_s: 0.05,
    };
    let speeds = catalog.models.iter().map(|entry| (entry.sha256.clone(), speed(entry)));
    Measured { speeds: speeds.collect(), ..Measured::default() }
}

#[test]
fn a_model_that_was_measured_as_too_slow_is_not_chosen() {
    let catalog = two();
    let machine = machine(64 * GB, 60 * GB);
    let floor = 300.0 / 2.9;
    for (prefill, expected, suits) in [
        (floor, "qwen3-1.7b", Suits::Recommended),
        (floor - 0.01, "smollm2-135m-instruct", Suits::TooSlow),
    ] {
        let measured = quick_but(&catalog, "qwen3-1.7b", prefill);
        let choice = choose(&machine, &catalog, &measured, "en");
        assert_eq!(chat(&choice), expected);
        assert_eq!(choice.verdict("qwen3-1.7b").unwrap().suits, suits);
    }
}

#[test]
fn a_model_that_failed_its_exam_here_is_not_chosen() {
    let catalog = two();
    let machine = machine(64 * GB, 60 * GB);
    let sha256 = catalog.find("qwen3-1.7b").unwrap().sha256.clone();
    for (passed, expected, suits) in [
        (true, "qwen3-1.7b", Suits::Recommended),
        (false, "smollm2-135m-instruct", Suits::FailedExam),
    ] {
        let measured = Measured { exams: vec![(sha256.clone(), passed)], ..Measured::default() };
        let choice = choose(&machine, &catalog, &measured, "en");
        assert_eq!(chat(&choice), expected);
        assert_eq!(choice.verdict("qwen3-1.7b").unwrap().suits, suits);
    }
}

#[test]
fn only_models_that_are_offered_are_chosen() {
    let mut catalog = two();
    catalog.models.iter_mut().for_each(|entry| entry.offered = entry.id != "qwen3-1.7b");
    let choice = choose(&machine(64 * GB, 60 * GB), &catalog, &Measured::default(), "en");
    assert_eq!(chat(&choice), "smollm2-135m-instruct");
    assert_eq!(choice.verdict("qwen3-1.7b").unwrap().suits, Suits::Fits);
}

#[test]
fn a_model_that_does_not_know_the_language_is_not_chosen() {
    let catalog = two();
    let machine = machine(4 * GB, 4 * GB);
    let large = catalog.find("qwen3-1.7b").unwrap().sha256.clone();
    let failed = Measured { exams: vec![(large, false)], ..Measured::default() };
    assert_eq!(chat(&choose(&machine, &catalog, &failed, "en")), "smollm2-135m-instruct");
    assert_eq!(chat(&choose(&machine, &catalog, &failed, "de")), "nothing");
    // A language that no model knows rules none of them out.
    assert_eq!(chat(&choose(&machine, &catalog, &failed, "tlh")), "smollm2-135m-instruct");
}

#[test]
fn the_best_of_the_models_that_are_here_is_used() {
    let catalog = Catalog::bundled();
    let check = |memory: u64, here: &[&str], expected: Option<&str>| {
        let choice = choose(&machine(memory, memory), &catalog, &Measured::default(), "en");
        let best = choice.best_here(|entry| here.contains(&entry.id.as_str()));
        assert_eq!(best.map(|entry| entry.id.as_str()), expected, "{memory} {here:?}");
    };
    let all = ["smollm2-135m-instruct", "qwen3-4b-instruct-2507", "gemma-4-31b"];
    check(64 * GB, &[], None);
    check(64 * GB, &["all-minilm-l6-v2"], None);
    check(64 * GB, &all[..1], Some(all[0]));
    check(64 * GB, &all[..2], Some(all[1]));
    // What does not fit is the last resort, and then the smallest.
    check(8 * GB, &all, Some(all[1]));
    check(GB, &all, Some(all[0]));
    check(GB, &all[1..], Some(all[1]));
}
