//! How many questions a minute, and for how much.

use super::*;

fn check_minute(most: u32, at: &[u64], expected: &[bool]) {
    let start = Instant::now();
    let mut minute = LastMinute::default();
    let taken: Vec<bool> =
        at.iter().map(|s| minute.take(most, start + Duration::from_secs(*s))).collect();
    assert_eq!(taken, expected, "{most} a minute at {at:?}");
}

#[test]
fn the_limit_holds_in_any_minute() {
    check_minute(2, &[0, 1, 2], &[true, true, false]);
    check_minute(2, &[0, 1, 59, 60], &[true, true, false, true]);
    check_minute(2, &[0, 30, 60, 61, 90], &[true, true, true, false, true]);
    check_minute(0, &[0, 0, 0, 0], &[true; 4]);
    check_minute(1, &[0, 59, 119], &[true, false, true]);
}

fn check_affords(limit_milli: u64, spent_nano: u64, more_nano: u64, expected: bool) {
    let allowance = Allowance { month_limit_milli: limit_milli, ..Allowance::default() };
    let affords = allowance.affords(spent_nano, more_nano);
    assert_eq!(affords, expected, "{spent_nano} + {more_nano} of {limit_milli}");
}

#[test]
fn a_question_must_fit_into_the_month() {
    check_affords(0, u64::MAX, u64::MAX, true);
    check_affords(5_000, 0, 5_000_000_000, true);
    check_affords(5_000, 0, 5_000_000_001, false);
    check_affords(5_000, 4_999_999_999, 1, true);
    check_affords(5_000, 5_000_000_000, 1, false);
    check_affords(5_000, u64::MAX, 1, false);
}

#[test]
fn tokens_cost_what_was_typed_in() {
    // 0.15 and 0.60 for a million tokens: a question of 700 and 60 costs 0.000141.
    let prices = Prices { read_milli: 150, written_milli: 600 };
    assert_eq!(prices.nano(700, 60), 141_000);
    assert_eq!(Prices::default().nano(u64::MAX, u64::MAX), 0);
    assert_eq!(prices.nano(u64::MAX, 1), u64::MAX);
    let allowance = Allowance { month_limit_milli: 12_340, ..Allowance::default() };
    assert_eq!(allowance.limit_in_words(), "12.34");
}
