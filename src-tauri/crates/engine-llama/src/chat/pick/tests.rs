//! The arithmetic of picking.

use super::*;

fn check_temperature(given: f32, expected: Option<f32>) {
    assert_eq!(clamp_temperature(given), expected, "{given}");
}

#[test]
fn what_is_no_temperature_is_greedy() {
    check_temperature(0.0, None);
    check_temperature(-1.0, None);
    check_temperature(f32::NAN, None);
    check_temperature(0.3, Some(0.3));
    check_temperature(f32::INFINITY, Some(TEMPERATURE_MAX));
}

fn check_likeliest(scores: &[f32], forbidden: &[i32], expected: Option<i32>) {
    assert_eq!(likeliest(scores, forbidden), expected, "{scores:?} without {forbidden:?}");
}

#[test]
fn the_likeliest_is_the_first_of_the_best() {
    check_likeliest(&[1.0, 3.0, 2.0, 3.0], &[], Some(1));
    check_likeliest(&[1.0, 3.0, 2.0, 3.0], &[1], Some(3));
    check_likeliest(&[1.0, 3.0, 2.0], &[1, 2], Some(0));
    check_likeliest(&[1.0], &[0], None);
    check_likeliest(&[], &[], None);
    check_likeliest(&[f32::NAN, -1.0], &[], Some(1));
    check_likeliest(&[f32::NAN], &[], None);
}

fn check_logprob(scores: &[f32], token: i32, expected: f32) {
    let found = logprob(scores, token);
    assert!((found - expected).abs() < 1e-5 || found == expected, "{found} not {expected}");
}

#[test]
fn log_probabilities_do_not_overflow() {
    check_logprob(&[0.0, 0.0], 0, 0.5f32.ln());
    check_logprob(&[1000.0, 1000.0, -1000.0], 1, 0.5f32.ln());
    check_logprob(&[0.0, 3f32.ln()], 1, 0.75f32.ln());
    check_logprob(&[0.0], 7, f32::NEG_INFINITY);
}
