//! What steps are expected to cost after some were measured.

use super::*;

fn costs_after(steps: &[(usize, f64)]) -> StepCosts {
    let mut costs = StepCosts::default();
    for (batch_tokens, seconds) in steps {
        costs.note_step(*batch_tokens, *seconds);
    }
    costs
}

fn check_cost(steps: &[(usize, f64)], batch_tokens: usize, expected: f64) {
    let found = costs_after(steps).expect(batch_tokens);
    assert!((found - expected).abs() < 1e-9, "{steps:?} at {batch_tokens}: {found}");
}

#[test]
fn the_default_grows_by_a_third_for_each_token() {
    check_cost(&[], 1, 1.0);
    check_cost(&[], 2, 1.35);
    check_cost(&[], 9, 3.8);
}

#[test]
fn measurements_replace_it() {
    check_cost(&[(1, 0.02)], 1, 0.02);
    check_cost(&[(1, 0.02)], 2, 0.027);
    check_cost(&[(2, 0.027)], 1, 0.02);
    check_cost(&[(1, 0.02), (9, 0.1)], 9, 0.1);
}

#[test]
fn sizes_between_measured_ones_lie_between() {
    check_cost(&[(1, 1.0), (9, 2.0)], 5, 1.5);
    check_cost(&[(1, 1.0), (3, 2.0), (9, 8.0)], 2, 1.5);
    check_cost(&[(1, 1.0), (3, 2.0), (9, 8.0)], 4, 3.0);
}

#[test]
fn a_smaller_step_never_costs_more() {
    check_cost(&[(1, 1.0), (2, 5.0), (3, 2.0)], 2, 2.0);
    check_cost(&[(1, 3.0), (9, 2.0)], 1, 2.0);
}

#[test]
fn averages_follow_the_machine() {
    check_cost(&[(1, 1.0), (1, 2.0)], 1, 1.2);
    let slower: Vec<_> = [(1, 1.0)].into_iter().chain([(1, 2.0); 60]).collect();
    assert!((costs_after(&slower).expect(1) - 2.0).abs() < 0.01);
}

#[test]
fn one_disturbed_step_counts_little() {
    check_cost(&[(1, 1.0), (1, 1000.0)], 1, 1.4);
}

#[test]
fn what_is_no_such_step_is_passed_over() {
    check_cost(&[(0, 5.0), (10, 5.0), (512, 5.0)], 1, 1.0);
    check_cost(&[(1, 0.0), (1, -1.0), (1, f64::NAN), (1, f64::INFINITY)], 1, 1.0);
}
