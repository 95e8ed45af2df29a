//! Which state serves a prompt, and in which order states leave. Letters stand for tokens.

use super::*;

fn tokens_of(text: &str) -> Vec<i32> {
    text.bytes().map(i32::from).collect()
}

/// Words that begin with a capital are fixed. Each takes 10 bytes; the first was used first.
fn shelf_of(words: &str) -> Shelf {
    let mut shelf = Shelf::default();
    for word in words.split_whitespace() {
        shelf.add(Entry {
            name: Name::of("", &tokens_of(word)),
            tokens: tokens_of(word).into(),
            file_bytes: 10,
            is_fixed: word.starts_with(char::is_uppercase),
        });
    }
    shelf
}

fn check_longest(words: &str, prompt: &str, more_than: usize, expected: Option<(&str, usize)>) {
    let shelf = shelf_of(words);
    let found = shelf.longest(&tokens_of(prompt), more_than);
    let expected = expected.map(|(word, common)| (tokens_of(word), common));
    assert_eq!(found.map(|(entry, common)| (entry.tokens.to_vec(), common)), expected, "{prompt}");
}

#[test]
fn the_longest_common_beginning_is_found() {
    check_longest("", "abc", 0, None);
    check_longest("ab abcd xyz", "abcdef", 0, Some(("abcd", 4)));
    check_longest("ab abxx xyz", "abcdef", 0, Some(("ab", 2)));
    check_longest("abxx abyyyy", "abcdef", 0, Some(("abxx", 2)));
    check_longest("abyyyy abxx", "abcdef", 0, Some(("abxx", 2)));
    check_longest("abcdefgh", "abc", 0, Some(("abcdefgh", 3)));
    check_longest("xab", "abc", 0, None);
    check_longest("ab", "", 0, None);
}

#[test]
fn what_is_no_gain_is_not_found() {
    check_longest("abc", "abcdef", 2, Some(("abc", 3)));
    check_longest("abc", "abcdef", 3, None);
    check_longest("abcd", "abc", 3, None);
}

fn check_leaving(words: &str, wanted: u64, limit: u64, is_fixed: bool, expected: Option<&str>) {
    let mut shelf = shelf_of(words);
    let leaving = shelf.make_room(wanted, limit, is_fixed);
    let expected: Option<Vec<Name>> = expected
        .map(|words| words.split_whitespace().map(|word| Name::of("", &tokens_of(word))).collect());
    assert_eq!(leaving, expected, "{words}, {wanted} into {limit}");
    let gone = expected.map_or(0, |names| names.len());
    assert_eq!(shelf.entries.len(), words.split_whitespace().count() - gone);
}

#[test]
fn the_least_recently_used_leave_first() {
    check_leaving("a b c", 10, 40, false, Some(""));
    check_leaving("a b c", 11, 40, false, Some("a"));
    check_leaving("a b c", 20, 40, false, Some("a"));
    check_leaving("a b c", 21, 40, false, Some("a b"));
    check_leaving("a b c", 40, 40, false, Some("a b c"));
    check_leaving("a b c", 41, 40, false, None);
    check_leaving("a b c", u64::MAX, 40, false, None);
    check_leaving("a b c", 0, 0, false, Some("a b c"));
    check_leaving("", 1, 0, false, None);
}

#[test]
fn fixed_ones_leave_after_all_others() {
    check_leaving("A b c", 10, 30, false, Some("b"));
    check_leaving("A b c", 20, 30, false, Some("b c"));
    check_leaving("A b c", 30, 30, false, None);
    check_leaving("A b C", 30, 30, true, Some("b A C"));
    check_leaving("A b C", 20, 30, true, Some("b A"));
}

#[test]
fn only_the_last_fixed_ones_are_protected() {
    check_leaving("A b C D E F", 10, 60, false, Some("A"));
    check_leaving("b A C D E F", 10, 60, false, Some("b"));
    check_leaving("b A C D E F", 20, 60, false, Some("b A"));
    check_leaving("b A C D E F", 30, 60, false, None);
}

#[test]
fn use_decides_and_not_age() {
    let mut shelf = shelf_of("a b c");
    shelf.mark_used(&Name::of("", &tokens_of("a")));
    let leaving = shelf.make_room(10, 30, false).unwrap();
    assert_eq!(leaving, [Name::of("", &tokens_of("b"))]);
}

#[test]
fn a_forgotten_state_is_not_found() {
    let mut shelf = shelf_of("abc");
    let name = Name::of("", &tokens_of("abc"));
    assert!(shelf.get(&name).is_some() && shelf.exact(&tokens_of("abc")).is_some());
    assert!(shelf.exact(&tokens_of("ab")).is_none());
    shelf.forget(&name);
    assert!(shelf.get(&name).is_none() && shelf.exact(&tokens_of("abc")).is_none());
}
