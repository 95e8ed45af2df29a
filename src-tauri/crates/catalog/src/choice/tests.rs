//! The choice on and just below every threshold.

use hardware::Machine;

use super::{RESERVED_BYTES, choose, gigabytes};
use crate::{Catalog, Entry, Purpose};

fn machine(memory_bytes: u64) -> Machine {
    Machine {
        system: "Linux".into(),
        processor: "test".into(),
        physical_cores: 2,
        logical_cores: 2,
        memory_bytes,
        memory_free_bytes: memory_bytes,
        ..Machine::default()
    }
}

/// The bundled catalogue with a second, larger chat model.
fn catalog() -> Catalog {
    let mut catalog = Catalog::bundled();
    let small = catalog.for_purpose(Purpose::Chat).next().unwrap().clone();
    catalog.models.push(Entry {
        id: "large".into(),
        name: "Large".into(),
        memory_bytes: 3_000_000_000,
        ..small
    });
    catalog
}

#[test]
fn the_language_picks_the_embedding_model() {
    let check = |language: &str, expected: &str| {
        let catalog = catalog();
        let choice = choose(&machine(16 << 30), &catalog, language);
        assert_eq!(choice.embedding.id, expected, "{language}");
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

#[test]
fn memory_picks_the_chat_model() {
    let catalog = catalog();
    let embedding_bytes = catalog.find("all-minilm-l6-v2").unwrap().memory_bytes;
    let check = |memory_bytes: u64, expected: &str, reason: &str| {
        let choice = choose(&machine(memory_bytes), &catalog, "en");
        assert_eq!(choice.chat.id, expected, "{memory_bytes}");
        let why = choice.why.join(" ");
        assert!(why.contains(reason), "{why}");
    };
    let enough = RESERVED_BYTES + embedding_bytes + 3_000_000_000;
    check(enough, "large", "the largest model that fits");
    check(enough - 1, "smollm2-135m-instruct", "the largest model that fits");
    check(1 << 30, "smollm2-135m-instruct", "the smallest model");
    check(0, "smollm2-135m-instruct", "only 0 GB");
}

#[test]
fn memory_is_said_as_it_is_sold() {
    let check = |bytes: u64, expected: &str| assert_eq!(gigabytes(bytes), expected);
    check(8 << 30, "8 GB");
    check(16_700_000_000, "16 GB");
    check(1_600_000_000, "1.5 GB");
    check(2 << 30, "2 GB");
    check(0, "0 GB");
}
