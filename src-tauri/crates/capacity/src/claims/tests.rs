//! Verdicts on the promises of others.

use super::{Verdict, check_claims, graded};
use crate::Prices;

#[test]
fn half_of_a_promise_is_a_part_of_it() {
    assert_eq!(graded(10.0, 10.0), Verdict::Holds);
    assert_eq!(graded(9.9, 10.0), Verdict::Partly);
    assert_eq!(graded(5.0, 10.0), Verdict::Partly);
    assert_eq!(graded(4.9, 10.0), Verdict::Fails);
}

#[test]
fn every_promise_gets_a_verdict_with_figures() {
    let checked = check_claims(&Prices::bundled());
    let verdict = |start: &str| {
        let found = checked.iter().find(|one| one.claim.starts_with(start)).unwrap();
        assert!(found.ours.chars().any(|c| c.is_ascii_digit()), "{found:?}");
        found.verdict
    };
    assert_eq!(verdict("100 users a minute"), Verdict::Fails);
    assert_eq!(verdict("4 processors and 16 GB"), Verdict::Fails);
    assert_eq!(verdict("8 processors and 32 GB"), Verdict::Fails);
    assert_eq!(verdict("One A10"), Verdict::Fails);
    assert_eq!(verdict("4 to 6 machines with 24 cores"), Verdict::Fails);
    assert_eq!(verdict("A server of others"), Verdict::Fails);
    assert_eq!(verdict("The same with the cheapest"), Verdict::Holds);
}
