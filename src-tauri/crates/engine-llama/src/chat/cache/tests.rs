//! How much of a cached prompt can be used again.

use super::*;

fn check_reusable(held: &str, prompt: &str, expected: usize) {
    assert_eq!(reusable_tokens(held.as_bytes(), prompt.as_bytes()), expected);
}

#[test]
fn the_common_beginning_is_reused() {
    check_reusable("", "abc", 0);
    check_reusable("abc", "abd", 2);
    check_reusable("abcdef", "abcx", 3);
    check_reusable("xbc", "abc", 0);
    check_reusable("ab", "abc", 2);
}

#[test]
fn one_token_is_always_computed() {
    check_reusable("abc", "abc", 2);
    check_reusable("abcdef", "abc", 2);
    check_reusable("a", "a", 0);
    check_reusable("a", "", 0);
}

fn check_step(tokens: usize, milliseconds: u64, expected: usize) {
    let mut pace = Pace::default();
    pace.note(tokens, Duration::from_millis(milliseconds));
    assert_eq!(pace.step_tokens(), expected);
}

#[test]
fn steps_are_as_long_as_the_machine_is_fast() {
    check_step(128, 100, 128);
    check_step(128, 500, 64);
    check_step(128, 5_000, 16);
    check_step(1, 1, 32);
    check_step(128, 0, 32);
}
