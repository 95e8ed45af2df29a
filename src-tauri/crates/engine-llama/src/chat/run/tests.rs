//! What one run keeps and how it ends.

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
