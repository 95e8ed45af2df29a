//! The line through step times, by tables.

use super::{Fit, fit_steps};

#[track_caller]
fn check_fit(points: &[(usize, f64)], base_s: f64, each_s: f64, r_squared: f64) {
    let fit = fit_steps(points);
    let near = |found: f64, expected: f64| (found - expected).abs() < 1e-9;
    let is_right = near(fit.base_s, base_s)
        && near(fit.each_s, each_s)
        && (fit.r_squared - r_squared).abs() < 1e-4;
    assert!(is_right, "{fit:?} instead of {base_s} + {each_s} B, R² {r_squared}");
}

#[test]
fn an_exact_line_is_found_again() {
    check_fit(&[(1, 0.011), (2, 0.014), (4, 0.020), (8, 0.032)], 0.008, 0.003, 1.0);
    check_fit(&[(8, 0.032), (1, 0.011), (4, 0.020), (2, 0.014)], 0.008, 0.003, 1.0);
    check_fit(&[(1, 0.002), (2, 0.004), (8, 0.016)], 0.0, 0.002, 1.0);
}

#[test]
fn two_points_are_a_line() {
    check_fit(&[(1, 0.010), (4, 0.016)], 0.008, 0.002, 1.0);
}

#[test]
fn noise_moves_the_line_a_little_and_lowers_how_well_it_fits() {
    let points: Vec<(usize, f64)> = [(1, 0.0005), (2, -0.0005), (4, -0.0005), (8, 0.0005)]
        .map(|(texts, noise)| (texts, 0.008 + 0.003 * texts as f64 + noise))
        .to_vec();
    let fit = fit_steps(&points);
    assert!((fit.base_s - 0.008).abs() < 0.0005, "{fit:?}");
    assert!((fit.each_s - 0.003).abs() < 0.0002, "{fit:?}");
    assert!(fit.r_squared > 0.99 && fit.r_squared < 1.0, "{fit:?}");
}

#[test]
fn measured_lines_of_others_come_out_as_published() {
    // Milliseconds of a step of SmolLM2-135M on one core of an EPYC, about 8.9 + 7.8 B.
    let fit = fit_steps(&[(1, 0.0168), (2, 0.0243), (4, 0.0402), (8, 0.0713)]);
    assert!((fit.base_s - 0.0089).abs() < 0.0005, "{fit:?}");
    assert!((fit.each_s - 0.0078).abs() < 0.0002, "{fit:?}");
    assert!(fit.r_squared > 0.998, "{fit:?}");
}

#[test]
fn a_slope_below_zero_becomes_none() {
    check_fit(&[(1, 0.030), (2, 0.020), (4, 0.010)], 0.020, 0.0, 0.0);
}

#[test]
fn a_base_below_zero_becomes_none() {
    // The line would be -0.002 + 0.006 B.
    check_fit(&[(1, 0.004), (2, 0.010)], 0.0, 0.0048, 0.95556);
}

#[test]
fn times_that_do_not_differ_have_no_slope() {
    check_fit(&[(1, 0.010), (2, 0.010), (4, 0.010)], 0.010, 0.0, 1.0);
}

#[test]
fn one_number_of_texts_lays_all_on_the_texts() {
    check_fit(&[(1, 0.010)], 0.0, 0.010, 1.0);
    check_fit(&[(4, 0.016), (4, 0.024)], 0.0, 0.005, 0.0);
}

#[test]
fn what_is_no_time_is_passed_over() {
    let strange = [(0, 0.5), (1, f64::NAN), (2, f64::INFINITY), (3, -0.1), (4, 0.0)];
    assert_eq!(fit_steps(&strange), Fit::default());
    assert_eq!(fit_steps(&[]), Fit::default());
    let mut mixed = strange.to_vec();
    mixed.extend([(1, 0.011), (2, 0.014)]);
    check_fit(&mixed, 0.008, 0.003, 1.0);
}
