//! What a line looks like after it was scrubbed.

use super::scrubbed;

#[track_caller]
fn check(event: &str, expected: &str) {
    assert_eq!(scrubbed(event, 200), format!("{expected}\n"));
}

#[test]
fn what_may_be_a_person_is_hidden() {
    check("mail from anna.berg@example.org came", "mail from <address> came");
    check("call +49 30 1234567 now", "call +<number> now");
    check("card 4111-1111-1111-1111", "card <number>");
    check("order 20260012345", "order <number>");
}

#[test]
fn what_helps_stays() {
    check("took 1200 ms on port 8080 in 2026", "took 1200 ms on port 8080 in 2026");
    check(
        "model smollm2-135m with id q8sha256x12345678",
        "model smollm2-135m with id q8sha256x12345678",
    );
    let event = "2026-11-22T14:05:00.123456Z  INFO engine started";
    check(event, event);
}

#[test]
fn nothing_but_one_line_comes_out() {
    check("a\nb", "a\\u{a}b");
    check("a\u{202e}b\u{1b}[31m", "a\\u{202e}b\\u{1b}[31m");
    check("ends\n", "ends");
    check("", "");
}

#[test]
fn a_long_line_is_cut_at_a_letter() {
    let line = scrubbed(&"ä".repeat(500), 100);
    assert!(line.len() <= 101 && line.ends_with("…\n"), "{line}");
}
