//! Our vectors against vectors computed without llama.cpp and without our converter.
//!
//! The fixtures come from `src-tauri/xtask/reference`, whose README says how they were made.

use engine::protocol::{FromChild, ToChild};
use serde_json::Value;

use crate::child::{EMBEDDING_MODEL, Running};

/// What four and eight bits a number may cost.
const LEAST_COSINE: f32 = 0.999;

/// The tokens put around every text.
const SPECIAL_TOKENS: u64 = 2;

fn check_parity(model: &str, fixture: &str) {
    let fixture: Value = serde_json::from_str(fixture).unwrap();
    let list = |key: &str| fixture[key].as_array().unwrap().clone();
    let texts: Vec<String> =
        list("texts").iter().map(|text| text.as_str().unwrap().to_owned()).collect();
    let Some((mut running, _)) = Running::serve(model, "embedding", &[]) else { return };

    running.send(&ToChild::Count { id: 1, texts: texts.clone() });
    let FromChild::Counts { counts, .. } = running.receive() else { panic!("counts expected") };
    let counts: Vec<u64> = counts.iter().map(|count| u64::from(*count) + SPECIAL_TOKENS).collect();
    let expected: Vec<u64> = list("tokens").iter().map(|count| count.as_u64().unwrap()).collect();
    assert_eq!(counts, expected, "{model}: the texts are cut into other tokens");

    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    for ((text, ours), theirs) in texts.iter().zip(running.vectors(&texts)).zip(list("vectors")) {
        let theirs = theirs.as_array().unwrap();
        assert_eq!(ours.len(), theirs.len());
        let pairs = ours.iter().zip(theirs);
        let cosine: f32 = pairs.map(|(a, b)| a * b.as_f64().unwrap() as f32).sum();
        assert!(cosine >= LEAST_COSINE, "{model}: cosine {cosine} for {text:?}");
    }
}

#[test]
fn english_vectors_are_those_of_the_full_weights() {
    check_parity(EMBEDDING_MODEL, include_str!("../fixtures/minilm-vectors.json"));
}

#[test]
fn multilingual_vectors_are_those_of_the_four_bit_weights() {
    check_parity("multilingual-e5-small.q4_0.gguf", include_str!("../fixtures/e5-vectors.json"));
}
