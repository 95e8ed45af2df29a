//! How many threads a machine gets.

use super::*;

fn check_threads(asked: Option<usize>, physical: usize, usable: usize, expected: usize) {
    assert_eq!(clamp_threads(asked, physical, usable), expected);
}

#[test]
fn threads_are_the_cores_that_may_be_used() {
    check_threads(None, 4, 8, 4);
    check_threads(None, 8, 2, 2);
    check_threads(None, 0, 0, 1);
    check_threads(None, 64, 128, 16);
}

#[test]
fn asked_threads_stay_on_the_machine() {
    check_threads(Some(3), 4, 8, 3);
    check_threads(Some(0), 4, 8, 1);
    check_threads(Some(99), 4, 8, 8);
}
