//! Comparing what both sides counted.

use std::time::Instant;

use super::*;

fn told(prompt_tokens: u32) -> Told {
    let now = Instant::now();
    Told {
        asked: now,
        first: now,
        last: now,
        pieces: vec![now],
        text: String::new(),
        prompt_tokens,
        cached_tokens: 0,
        generated_tokens: 1,
        drafted_tokens: 0,
        accepted_tokens: 0,
    }
}

fn check_unequal(ours: &[&[u32]], reference: &[&[u32]], expected: usize) {
    let rounds = |all: &[&[u32]]| -> Vec<Round> {
        all.iter().map(|round| round.iter().map(|tokens| told(*tokens)).collect()).collect()
    };
    assert_eq!(count_unequal(&rounds(ours), &rounds(reference)), expected);
}

#[test]
fn unequal_prompts_are_counted() {
    check_unequal(&[&[10, 11], &[12]], &[&[10, 11], &[12]], 0);
    check_unequal(&[&[10, 11], &[12]], &[&[10, 12], &[13]], 2);
    check_unequal(&[&[10]], &[], 0);
}
