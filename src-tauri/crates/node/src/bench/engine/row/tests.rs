//! Percentiles, and how a row is judged.

use super::*;

fn check_percentile(values: &[f64], share: f64, expected: Option<f64>) {
    assert_eq!(percentile(values, share), expected, "{values:?} {share}");
}

#[test]
fn percentiles() {
    check_percentile(&[], 0.5, None);
    check_percentile(&[3.0], 0.95, Some(3.0));
    check_percentile(&[3.0, 1.0, 2.0], 0.5, Some(2.0));
    check_percentile(&[4.0, 1.0, 2.0, 3.0], 0.5, Some(2.5));
    check_percentile(&[1.0, 5.0], 0.0, Some(1.0));
    check_percentile(&[1.0, 5.0], 1.0, Some(5.0));
}

fn check_met(target: Target, ours: &[f64], reference: &[f64], expected: Option<bool>) {
    let row = Row::new("x", "", ours, reference, target);
    assert_eq!(row.met, expected, "{target:?} {ours:?} {reference:?}");
}

#[test]
fn rows_are_judged_by_their_target() {
    check_met(Target::RatioAtLeast(1.1), &[11.0], &[10.0], Some(true));
    check_met(Target::RatioAtLeast(1.1), &[10.9], &[10.0], Some(false));
    check_met(Target::RatioAtLeast(1.1), &[10.9], &[], None);
    check_met(Target::RatioAtMost(0.5), &[5.0], &[10.0], Some(true));
    check_met(Target::RatioAtMost(0.5), &[5.1], &[10.0], Some(false));
    check_met(Target::AtMost(0.8), &[0.8], &[], Some(true));
    check_met(Target::AtMost(0.8), &[0.81], &[0.1], Some(false));
    check_met(Target::AtMost(0.8), &[], &[], None);
    check_met(Target::Within(0.25), &[75.0], &[100.0], Some(true));
    check_met(Target::Within(0.25), &[125.0], &[100.0], Some(true));
    check_met(Target::Within(0.25), &[74.0], &[100.0], Some(false));
    check_met(Target::Nothing, &[1.0], &[1.0], None);
    check_met(Target::RatioAtLeast(1.0), &[1.0], &[0.0], None);
}

#[test]
fn the_ratio_is_of_the_medians() {
    let row = Row::new("x", "", &[1.0, 30.0, 4.0], &[2.0, 2.0, 9.0], Target::Nothing);
    assert_eq!((row.ours, row.reference, row.ratio), (Some(4.0), Some(2.0), Some(2.0)));
    assert_eq!(row.rounds, 3);
    let spread = row.spread.ours.unwrap();
    assert_eq!((spread.min, spread.max), (1.0, 30.0));
}

#[test]
fn another_condition_can_only_spoil() {
    let row = |target| Row::new("x", "", &[2.0], &[1.0], target);
    assert_eq!(row(Target::RatioAtLeast(1.0)).only_if(false).met, Some(false));
    assert_eq!(row(Target::RatioAtLeast(3.0)).only_if(true).met, Some(false));
    assert_eq!(row(Target::Nothing).only_if(false).met, None);
}

#[test]
fn four_digits_count() {
    for (value, expected) in [(0.0, 0.0), (0.001_234_56, 0.001_235), (123_456.0, 123_500.0)] {
        assert_eq!(rounded(value), expected);
    }
}
