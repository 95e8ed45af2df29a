//! Thresholds from numbers alone.

use super::*;

const USUAL: Thresholds = Thresholds { refuse_below: 0.33, answer_from: 0.48 };

fn negatives(numbers: impl IntoIterator<Item = f32>) -> Vec<Negative> {
    let one = |confidence| Negative { subject: "weather", near: 0.0, first_look: 0.0, confidence };
    numbers.into_iter().map(one).collect()
}

fn positives(numbers: impl IntoIterator<Item = f32>) -> Vec<Positive> {
    let one = |number| Positive { faq: Some(1), first_look: number, confidence: number };
    numbers.into_iter().map(one).collect()
}

fn close(found: f32, expected: f32) {
    assert!((found - expected).abs() < 0.002, "found {found}, expected {expected}");
}

fn check_answer_from(numbers: impl IntoIterator<Item = f32>, expected: f32) {
    let row = choose(USUAL, 1, &negatives(numbers), &[]);
    close(row.answer_from, expected);
}

#[test]
fn one_in_fifty_may_get_through() {
    let low = || std::iter::repeat_n(0.1, 98);
    check_answer_from(low().chain([0.5, 0.5]), 0.36);
    check_answer_from(low().chain([0.5, 0.52, 0.55]), 0.5);
    let row = choose(USUAL, 7, &negatives(low().chain([0.5, 0.52, 0.55])), &[]);
    assert_eq!((row.kb_version, row.negatives, row.let_through), (7, 101, 2));
}

#[test]
fn no_desk_is_far_from_the_usual() {
    check_answer_from(vec![0.0; 100], 0.36);
    check_answer_from(vec![0.9; 100], 0.6);
    check_answer_from([], 0.36);
    let row = choose(USUAL, 1, &[], &positives(vec![0.0; 100]));
    close(row.refuse_below, 0.21);
    let row = choose(USUAL, 1, &[], &positives(vec![0.9; 100]));
    close(row.refuse_below, 0.33);
    let row = choose(USUAL, 1, &[], &positives(vec![0.0; 10]));
    close(row.refuse_below, 0.33);
}

#[test]
fn a_desk_about_travel_may_answer_questions_about_travel() {
    let mut tried = negatives(vec![0.1; 100]);
    let about =
        |near, confidence| Negative { subject: "travel", near, first_look: 0.0, confidence };
    tried.extend((0..10).map(|number| about(if number < 8 { 0.6 } else { 0.2 }, 0.59)));
    let row = choose(USUAL, 1, &tried, &[]);
    assert_eq!(row.negatives, 100);
    close(row.answer_from, 0.36);
    for one in tried.iter_mut().filter(|one| one.subject == "travel").take(1) {
        one.near = 0.2;
    }
    let row = choose(USUAL, 1, &tried, &[]);
    assert_eq!(row.negatives, 110, "seven of ten are not enough");
    close(row.answer_from, 0.591);
}

#[test]
fn answers_that_their_own_wordings_hardly_find_are_named() {
    let wording = |faq, confidence| Positive { faq: Some(faq), first_look: 0.5, confidence };
    let tried = [
        wording(1, 0.9),
        wording(1, 0.1),
        wording(2, 0.1),
        wording(2, 0.1),
        wording(3, 0.1),
        wording(3, 0.1),
        wording(3, 0.9),
    ];
    let row = choose(USUAL, 1, &[], &tried);
    assert_eq!(row.weak_faqs, [2, 3]);
    assert_eq!((row.positives, row.kept), (7, 2));
}

#[test]
fn half_of_what_is_about_anything_else_is_refused_outright() {
    let low = positives((0..100).map(|_| 0.22));
    let mut tried = negatives((0..100).map(|_| 0.2));
    close(choose(USUAL, 1, &tried, &low).refuse_below, 0.22);
    for (number, one) in tried.iter_mut().enumerate() {
        one.first_look = number as f32 / 200.0;
    }
    close(choose(USUAL, 1, &tried, &low).refuse_below, 0.25);
}
