//! Rounds for fast and slow computers.

use super::*;

/// What of a round is left on a computer of this pace: prompt, steps, most texts.
#[track_caller]
fn check_sizes(read_per_second: f64, step_ms: f64, expected: (usize, usize, usize)) {
    let pace = Pace { read_per_second, step_seconds: step_ms / 1e3 };
    let sizes = Sizes::within(12.0, false, pace, 4096);
    let most = *sizes.texts.last().unwrap();
    assert_eq!((sizes.long, sizes.steps, most), expected, "{sizes:?}");
    assert_eq!(sizes.cut.is_empty(), expected == (512, 24, 8), "{sizes:?}");
    assert_eq!(sizes.depth, sizes.long);
}

#[test]
fn a_usual_computer_measures_everything() {
    check_sizes(1000.0, 7.0, (512, 24, 8));
    check_sizes(149.0, 22.0, (512, 24, 8));
}

#[test]
fn a_slow_computer_measures_less() {
    check_sizes(149.0, 45.0, (512, 12, 8));
    check_sizes(80.0, 30.0, (256, 12, 8));
    check_sizes(60.0, 40.0, (256, 8, 8));
    check_sizes(30.0, 50.0, (128, 8, 8));
    check_sizes(15.0, 150.0, (64, 6, 4));
    check_sizes(0.5, 2000.0, (64, 6, 4));
}

#[test]
fn what_was_cut_is_said() {
    let pace = Pace { read_per_second: 15.0, step_seconds: 0.15 };
    let cut = Sizes::within(12.0, false, pace, 4096).cut;
    let said = [
        "prompts of 64 instead of 512 tokens",
        "6 instead of 24 steps",
        "up to 4 instead of 8 texts at once",
    ];
    assert_eq!(cut, said);
}

#[test]
fn a_card_writes_more_texts_at_once() {
    let pace = Pace { read_per_second: 5000.0, step_seconds: 0.005 };
    let sizes = Sizes::within(12.0, true, pace, 4096);
    assert_eq!(sizes.texts, [1, 2, 4, 8, 16, 32]);
    assert_eq!(Sizes::most_texts(true), 32);
    assert_eq!(Sizes::most_texts(false), 8);
}

#[test]
fn a_model_with_a_short_memory_gets_shorter_prompts() {
    let pace = Pace { read_per_second: 1000.0, step_seconds: 0.007 };
    let sizes = Sizes::within(12.0, false, pace, 512);
    assert_eq!((sizes.long, sizes.depth), (312, 312));
    assert_eq!(sizes.cut, ["prompts of 312 instead of 512 tokens"]);
    let sizes = Sizes::within(12.0, false, pace, 256);
    assert_eq!((sizes.short, sizes.long), (56, 56));
}
