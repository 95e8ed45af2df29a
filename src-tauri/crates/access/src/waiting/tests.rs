//! How long one waits after how many tries.

use super::*;

fn check_standing(tries: i64, seconds_since: i64, expected: (i64, i64)) {
    let found = standing(tries, seconds_since);
    assert_eq!((found.tries_left, found.wait_s), expected, "{tries} tries, {seconds_since} s ago");
}

#[test]
fn five_tries_are_free_and_then_the_wait_doubles_up_to_an_hour() {
    check_standing(0, 0, (5, 0));
    check_standing(1, 0, (4, 0));
    check_standing(4, 0, (1, 0));
    check_standing(5, 0, (0, 60));
    check_standing(5, 59, (0, 1));
    check_standing(5, 60, (1, 0));
    check_standing(6, 0, (0, 120));
    check_standing(7, 0, (0, 240));
    check_standing(8, 0, (0, 480));
    check_standing(9, 0, (0, 960));
    check_standing(10, 0, (0, 1_920));
    check_standing(11, 0, (0, 3_600));
    check_standing(12, 3_599, (0, 1));
    check_standing(300, 0, (0, 3_600));
    check_standing(i64::MAX, 3_600, (1, 0));
}

#[test]
fn a_day_of_patience_wins_33_tries() {
    let (mut tries, mut last, mut counted) = (0, 0, 0);
    for second in 0..=24 * 3_600 {
        while standing(tries, second - last).wait_s == 0 {
            assert!(!is_forgotten(second - last));
            (tries, last, counted) = (tries + 1, second, counted + 1);
        }
    }
    assert_eq!(counted, 33);
}

#[test]
fn what_is_counted_as_passed_is_never_more_than_has_passed() {
    for (tried_at, started_at, expected) in [
        (1_000, 1_000, 0),
        (1_000, 1_060, 60),
        (1_000, 999, 0),
        (1_000, 940, 0),
        // Started again: it has been on for 30 seconds, so at least those have passed.
        (1_000, 30, 30),
        (0, 30, 30),
        (1_000, 0, 0),
        (1_000, -5, 0),
        (i64::MAX, i64::MIN, 0),
    ] {
        let then = tried_at_by(started_at, tried_at);
        assert_eq!(seconds_since(then, started_at), expected, "{tried_at} to {started_at}");
    }
    assert_eq!(seconds_since(1_000, 999), 0);
}
