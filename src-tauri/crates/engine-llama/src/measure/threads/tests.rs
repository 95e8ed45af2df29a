//! Numbers of threads, by tables.

use super::*;

#[track_caller]
fn check_candidates(usual: i32, fast_cores: Option<usize>, expected: &[i32]) {
    assert_eq!(candidates(usual, fast_cores), expected);
}

#[test]
fn the_usual_number_is_tried_first_and_none_twice() {
    check_candidates(1, None, &[1]);
    check_candidates(2, None, &[2, 1]);
    check_candidates(4, None, &[4, 3, 2]);
    check_candidates(8, None, &[8, 7, 4, 6]);
    check_candidates(14, Some(6), &[14, 6, 13, 7]);
    check_candidates(8, Some(8), &[8, 7, 4, 6]);
    check_candidates(4, Some(99), &[4, 3, 2]);
    check_candidates(4, Some(0), &[4, 3, 2]);
}

/// Trials as (threads, milliseconds of the prompt, milliseconds of a step).
#[track_caller]
fn check_choice(trials: &[(i32, f64, f64)], threads: i32, writing: i32, reading: i32) {
    let trials: Vec<Trial> = trials
        .iter()
        .map(|&(threads, prompt, step)| {
            let mut trial = Trial::new(threads);
            trial.note(prompt / 1e3, &[step / 1e3], Some(1.0));
            trial
        })
        .collect();
    let usual = trials.first().map_or(8, |trial| trial.threads);
    let chosen = choose(usual, &trials);
    assert_eq!((chosen.threads, chosen.writing, chosen.reading), (threads, writing, reading));
    assert!(chosen.gain >= 1.0 && (chosen.threads == usual) == (chosen.gain == 1.0), "{chosen:?}");
}

#[test]
fn nothing_tried_leaves_the_usual_number() {
    check_choice(&[], 8, 8, 8);
}

#[test]
fn only_a_clear_gain_changes_the_number() {
    check_choice(&[(8, 100.0, 20.0), (7, 100.0, 19.0)], 8, 7, 8);
    check_choice(&[(8, 100.0, 20.0), (4, 110.0, 11.0)], 4, 4, 8);
    check_choice(&[(8, 100.0, 20.0), (4, 200.0, 19.0)], 8, 4, 8);
}

#[test]
fn the_best_of_several_looks_counts() {
    let mut trial = Trial::new(2);
    trial.note(0.5, &[0.3, 0.1, 0.2], None);
    trial.note(0.1, &[0.5, 0.6, 0.7], None);
    assert!((trial.answer_seconds() - (0.1 / 64.0 * 300.0 + 0.2 * 80.0)).abs() < 1e-9);
}

#[test]
fn a_choice_made_while_other_programs_ran_is_not_steady() {
    let check = |share: Option<f64>, expected: bool| {
        let mut trial = Trial::new(2);
        trial.note(0.1, &[0.02], share);
        assert_eq!(choose(2, &[trial]).is_steady, expected, "{share:?}");
    };
    check(Some(0.97), true);
    check(Some(0.85), true);
    check(Some(0.84), false);
    check(None, true);
    assert!(!choose(2, &[]).is_steady);
}
