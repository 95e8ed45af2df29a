//! How long a sighting counts.

use super::*;

fn check_second_sighting(others_between: usize, expected: bool) {
    let mut sightings = Sightings::default();
    assert!(!sightings.note(&[1, 2, 3]));
    for other in 0..others_between {
        assert!(!sightings.note(&[-1, other as i32]));
    }
    assert_eq!(sightings.note(&[1, 2, 3]), expected, "after {others_between} others");
}

#[test]
fn a_second_sighting_counts_for_a_while() {
    check_second_sighting(0, true);
    check_second_sighting(10, true);
    check_second_sighting(REMEMBERED - 1, true);
    check_second_sighting(REMEMBERED, false);
}

#[test]
fn other_tokens_are_another_beginning() {
    let mut sightings = Sightings::default();
    assert!(!sightings.note(&[1, 2, 3]));
    assert!(!sightings.note(&[1, 2]));
    assert!(!sightings.note(&[]));
    assert!(sightings.note(&[1, 2]));
}
