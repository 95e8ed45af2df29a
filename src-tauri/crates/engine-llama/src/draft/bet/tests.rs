//! How many tokens are guessed, for given costs and after given outcomes.

use super::*;

fn costs_of(cost: impl Fn(usize) -> f64) -> StepCosts {
    let mut costs = StepCosts::default();
    for batch_tokens in 1..=GUESS_MAX + 1 {
        costs.note_step(batch_tokens, cost(batch_tokens));
    }
    costs
}

/// Each further token adds `further` steps of one token.
fn linear(further: f64) -> StepCosts {
    costs_of(|tokens| 0.01 * (1.0 + further * (tokens - 1) as f64))
}

fn check_best(further: f64, available: usize, expected: usize) {
    assert_eq!(Bet::new().best(&linear(further), available), expected, "{further}, {available}");
}

#[test]
fn costs_decide_at_first() {
    check_best(0.0, 8, 8);
    check_best(0.05, 8, 6);
    check_best(0.35, 8, 2);
    check_best(0.6, 8, 1);
    check_best(0.68, 8, 0);
    check_best(1.0, 8, 0);
    assert_eq!(Bet::new().best(&StepCosts::default(), 8), 2);
}

#[test]
fn no_more_is_guessed_than_there_is() {
    check_best(0.0, 0, 0);
    check_best(0.0, 3, 3);
    check_best(0.0, 100, GUESS_MAX);
    check_best(0.35, 1, 1);
}

#[test]
fn a_jump_in_the_costs_is_avoided() {
    // Four tokens fit into one piece of the processor's work, five need a second one.
    let costs = costs_of(|tokens| if tokens <= 4 { 0.01 } else { 0.02 });
    assert_eq!(Bet::new().best(&costs, 8), 3);
}

fn bet_after(outcomes: &[(usize, usize)]) -> Bet {
    let mut bet = Bet::new();
    for (guessed, accepted) in outcomes {
        bet.note_outcome(*guessed, *accepted);
    }
    bet
}

fn check_best_after(outcomes: &[(usize, usize)], expected: usize) {
    let best = bet_after(outcomes).best(&StepCosts::default(), 8);
    assert_eq!(best, expected, "after {outcomes:?}");
}

#[test]
fn refusals_make_it_careful_and_success_makes_it_bold() {
    check_best_after(&[(2, 0)], 1);
    check_best_after(&[(2, 0); 4], 1);
    check_best_after(&[(2, 0); 6], 0);
    check_best_after(&[(8, 0); 6], 0);
    check_best_after(&[(2, 2); 2], 3);
    check_best_after(&[(4, 4); 4], 8);
    check_best_after(&[[(8, 8); 4], [(1, 0); 4]].concat(), 1);
    check_best_after(&[vec![(1, 0); 8], vec![(2, 2); 7]].concat(), 4);
}

#[test]
fn more_accepted_than_guessed_is_no_more_than_all() {
    check_best_after(&[(1, 900)], 2);
}

#[test]
fn it_tries_again_after_a_pause() {
    let costs = StepCosts::default();
    // Each refusal doubled the pause, up to its limit.
    let mut bet = bet_after(&[(8, 0); 10]);
    for _ in 0..PAUSE_TOKENS_MAX {
        assert_eq!(bet.best(&costs, 8), 0);
        bet.note_outcome(0, 0);
    }
    assert_eq!(bet.best(&costs, 8), TRIAL_TOKENS);
    assert_eq!(bet.best(&costs, 1), 1);
    assert_eq!(bet.best(&costs, 0), 0);
    // A trial that succeeds makes the next pause short.
    bet.note_outcome(2, 2);
    for _ in 0..PAUSE_TOKENS {
        assert_eq!(bet.best(&costs, 8), 0);
        bet.note_outcome(0, 0);
    }
    assert_eq!(bet.best(&costs, 8), TRIAL_TOKENS);
}

/// Writes tokens on a machine of these costs, and says how much faster than without guesses.
fn gain(costs: &StepCosts, is_right: impl Fn(usize) -> bool, tokens: usize) -> f64 {
    let (mut bet, mut written, mut seconds) = (Bet::new(), 0, 0.0);
    while written < tokens {
        let guessed = bet.best(costs, GUESS_MAX);
        let accepted = (0..guessed).take_while(|place| is_right(written + place)).count();
        bet.note_outcome(guessed, accepted);
        seconds += costs.expect(guessed + 1);
        written += accepted + 1;
    }
    written as f64 * costs.expect(1) / seconds
}

fn check_gain(further: f64, is_right: impl Fn(usize) -> bool, expected: std::ops::Range<f64>) {
    let found = gain(&linear(further), is_right, 400);
    assert!(expected.contains(&found), "{found} at {further}");
}

#[test]
fn guessing_pays_where_it_can_and_costs_little_where_not() {
    check_gain(0.35, |_| true, 1.8..2.4);
    check_gain(0.35, |place| place % 10 != 0, 1.4..1.9);
    check_gain(0.35, |_| false, 0.93..1.0);
    check_gain(1.0, |_| true, 0.95..1.01);
    check_gain(1.0, |_| false, 0.93..1.0);
    // Nothing repeats at first, then everything does.
    check_gain(0.35, |place| place > 200, 1.1..1.6);
}
