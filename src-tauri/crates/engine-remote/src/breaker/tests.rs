//! When a server is left alone, and for how long.

use super::*;

/// Fails, succeeds or learns nothing at these seconds, then asks at another whether it rests.
fn check_rests(events: &[(u64, char)], at: u64, expected: Option<u64>) {
    let start = Instant::now();
    let after = |seconds: u64| start + Duration::from_secs(seconds);
    let mut breaker = Breaker::default();
    for (seconds, event) in events {
        breaker.begin();
        match event {
            'f' => breaker.failed("it broke".into(), after(*seconds)),
            's' => breaker.succeeded(),
            'n' => breaker.nothing_learned(),
            _ => breaker.asked_for_rest(Duration::from_secs(600), "full".into(), after(*seconds)),
        }
    }
    let rests = breaker.rests(after(at)).map(|(left, _)| left.as_secs());
    assert_eq!(rests, expected, "{events:?} at {at}");
}

#[test]
fn three_failures_in_a_row_open_it_for_thirty_seconds() {
    check_rests(&[], 0, None);
    check_rests(&[(0, 'f'), (1, 'f')], 1, None);
    check_rests(&[(0, 'f'), (1, 'f'), (2, 'f')], 2, Some(30));
    check_rests(&[(0, 'f'), (1, 'f'), (2, 'f')], 31, Some(1));
    check_rests(&[(0, 'f'), (1, 'f'), (2, 'f')], 32, None);
    check_rests(&[(0, 'f'), (1, 'f'), (2, 's'), (3, 'f'), (4, 'f')], 5, None);
    check_rests(&[(0, 'f'), (1, 'n'), (2, 'f'), (3, 'n'), (4, 'f')], 5, Some(29));
}

#[test]
fn one_failed_try_after_the_rest_opens_it_again() {
    check_rests(&[(0, 'f'), (1, 'f'), (2, 'f'), (40, 'f')], 41, Some(29));
    check_rests(&[(0, 'f'), (1, 'f'), (2, 'f'), (40, 's'), (41, 'f')], 42, None);
}

#[test]
fn only_one_question_tries_after_the_rest() {
    let now = Instant::now();
    let mut breaker = Breaker::default();
    (0..3).for_each(|_| breaker.failed("it broke".into(), now));
    let later = now + Duration::from_secs(31);
    assert_eq!(breaker.rests(later), None);
    breaker.begin();
    assert_eq!(breaker.rests(later), Some((Duration::from_secs(1), "it broke")));
    breaker.succeeded();
    assert_eq!((breaker.rests(later), breaker.last_failure()), (None, ""));
}

#[test]
fn a_wish_for_rest_is_kept_within_reason() {
    check_rests(&[(0, 'w')], 1, Some(119));
    check_rests(&[(0, 'w')], 120, None);
}
