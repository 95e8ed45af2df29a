//! What is guessed after which text. Letters stand for tokens.

use std::time::Instant;

use super::*;

fn tokens_of(text: &str) -> Vec<i32> {
    text.bytes().map(i32::from).collect()
}

fn check_guess(text: &str, max: usize, expected: &str) {
    let tokens = tokens_of(text);
    assert_eq!(Drafter::new(&tokens).guess(max), tokens_of(expected), "after {text:?}");
    // An answer pushed token by token is guessed like a prompt.
    let (prompt, answer) = tokens.split_at(tokens.len() / 2);
    let mut drafter = Drafter::new(prompt);
    answer.iter().for_each(|token| drafter.push(*token));
    assert_eq!(drafter.guess(max), tokens_of(expected), "after {text:?} in two parts");
}

#[test]
fn repeated_text_is_guessed() {
    check_guess("open nine to five. ope", 8, "n nine t");
    check_guess("open nine to five. ope", 3, "n n");
    check_guess("open nine to five. ope", 0, "");
}

#[test]
fn nothing_is_guessed_without_repetition() {
    check_guess("", 8, "");
    check_guess("a", 8, "");
    check_guess("ab", 8, "");
    check_guess("aa", 8, "");
    check_guess("abcdefgh", 8, "");
    check_guess("abcdefga", 8, "");
}

#[test]
fn the_latest_place_wins() {
    check_guess("abc1..abc2..abc", 2, "2.");
    check_guess("xbc1..ybc2..zbc", 2, "2.");
}

#[test]
fn three_equal_tokens_come_before_two() {
    check_guess("abc1..xbc2..abc", 2, "1.");
    check_guess("abc1..xbc2..ybc3..abc", 2, "1.");
    check_guess("abc1..abc2..xbc3..abc", 2, "2.");
    check_guess("bc1..abc", 2, "1.");
}

#[test]
fn a_guess_ends_where_the_text_ends() {
    check_guess("abab", 8, "ab");
    check_guess("aaa", 8, "a");
    check_guess("aaaa", 8, "a");
    check_guess("abcabc", 8, "abc");
}

/// Compares with a search through the whole text, on text of three letters.
#[test]
fn the_index_finds_what_a_search_finds() {
    let mut seed = 1_u32;
    let mut drafter = Drafter::default();
    let mut text = Vec::new();
    for _ in 0..600 {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        text.push((seed >> 24) as i32 % 3);
        drafter.push(text[text.len() - 1]);
        assert_eq!(drafter.guess(8), searched(&text), "after {} tokens", text.len());
    }
}

fn searched(text: &[i32]) -> &[i32] {
    for length in [3, 2] {
        let Some(start) = text.len().checked_sub(length) else { continue };
        let ending = &text[start..];
        if let Some(place) = (0..start).rev().find(|place| text[*place..].starts_with(ending)) {
            let followers = &text[place + length..];
            return &followers[..followers.len().min(8)];
        }
    }
    &[]
}

/// The limit is generous because other programs run; an optimised build takes a tenth of it.
#[test]
fn a_long_prompt_is_indexed_quickly() {
    let prompt: Vec<i32> = (0..4000_i32).map(|place| (place * 7919) % 1500).collect();
    let fastest = (0..5)
        .map(|_| {
            let started = Instant::now();
            assert_eq!(Drafter::new(&prompt).guess(8).len(), 8);
            started.elapsed()
        })
        .min()
        .unwrap();
    assert!(fastest.as_millis() < 10, "{fastest:?}");
}
