//! The arithmetic of predictions, on numbers small enough to work out by hand.

use super::Prediction;

const CLOSE: f64 = 1e-6;

#[test]
fn probabilities_add_up_to_one() {
    let prediction = Prediction::new(&[1.0, 3.0, 2.0, -4.0]);
    let total: f64 = (0..4).map(|token| prediction.log_probability(token).exp()).sum();
    assert!((total - 1.0).abs() < CLOSE, "{total}");
    assert_eq!(prediction.likeliest(), 1);
}

#[test]
fn large_scores_do_not_overflow() {
    let prediction = Prediction::new(&[1e4, 1e4]);
    assert!((prediction.log_probability(0) - 0.5_f64.ln()).abs() < CLOSE);
}

fn check_divergence(ours: [f32; 2], theirs: [f32; 2], expected: f64) {
    let found = Prediction::new(&ours).divergence(&Prediction::new(&theirs));
    assert!((found - expected).abs() < CLOSE, "{found} instead of {expected}");
}

#[test]
fn divergence_is_zero_only_for_equal_predictions() {
    check_divergence([0.0, 0.0], [0.0, 0.0], 0.0);
    // Scores count only relative to each other.
    check_divergence([0.0, 0.0], [5.0, 5.0], 0.0);
    // Half and half, seen as 1/4 and 3/4: ln 2 - ln(3) / 2.
    check_divergence([0.0, 0.0], [0.0, 3.0_f32.ln()], 2.0_f64.ln() - 3.0_f64.ln() / 2.0);
    check_divergence([0.0, f32::NEG_INFINITY.max(-200.0)], [0.0, 0.0], 2.0_f64.ln());
}
