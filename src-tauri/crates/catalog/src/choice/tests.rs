//! The choice on every threshold and one step below, and on computers of every class.

use hardware::Machine;

use super::{Measured, choose};
use crate::Catalog;

fn machine(memory_bytes: u64) -> Machine {
    Machine {
        physical_cores: 2,
        performance_cores: 2,
        logical_cores: 2,
        memory_bytes,
        memory_free_bytes: memory_bytes,
        ..Machine::default()
    }
}

#[test]
fn the_language_picks_the_embedding_model() {
    let check = |language: &str, expected: &str| {
        let catalog = Catalog::bundled();
        let choice = choose(&machine(16 << 30), &catalog, &Measured::default(), language);
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
