//! What counts as the same, and what as a number.

use super::*;

fn run(tokens: &[i32]) -> Run {
    Run { tokens: tokens.to_vec(), prefill_per_second: 1.0, computes_on: String::new() }
}

fn check_judge(found: Result<Run, Error>, expected: Option<&str>) {
    assert_eq!(judge(&run(&[1, 2, 3]), &found).as_deref(), expected);
}

#[test]
fn a_card_passes_only_with_the_same_tokens() {
    check_judge(Ok(run(&[1, 2, 3])), None);
    let other = "the graphics card gave other words than the processor, from token 3 on";
    check_judge(Ok(run(&[1, 2, 4])), Some(other));
    let fewer = "the graphics card gave other words than the processor, from token 2 on";
    check_judge(Ok(run(&[1])), Some(fewer));
    check_judge(Err(Error::ContextTooSmall), Some("the context is too small for a single token"));
}

fn check_likeliest(scores: &[f32], expected: Option<i32>) {
    assert_eq!(likeliest(scores).map(|token| token.0), expected, "{scores:?}");
}

#[test]
fn scores_that_are_no_numbers_make_no_token() {
    check_likeliest(&[0.5, 2.0, -1.0], Some(1));
    check_likeliest(&[2.0, 2.0], Some(0));
    check_likeliest(&[f32::NEG_INFINITY, -5.0], Some(1));
    check_likeliest(&[0.5, f32::NAN, 9.0], None);
    check_likeliest(&[f32::NAN], None);
    check_likeliest(&[], None);
}
