//! Packing texts into batches.

use super::*;

/// `expected` is the number of texts in each batch.
fn check_pack(lengths: &[usize], expected: &[usize]) {
    let batches = pack(lengths, 10, 3);
    assert_eq!(batches.iter().map(ExactSizeIterator::len).collect::<Vec<_>>(), expected);
    assert!(batches.into_iter().flatten().eq(0..lengths.len()));
}

#[test]
fn batches_are_full_and_not_fuller() {
    check_pack(&[], &[]);
    check_pack(&[10], &[1]);
    check_pack(&[4, 6], &[2]);
    check_pack(&[4, 7], &[1, 1]);
    check_pack(&[1, 1, 1, 1], &[3, 1]);
    check_pack(&[11, 1], &[1, 1]);
    check_pack(&[5, 5, 5, 5, 5], &[2, 2, 1]);
}

fn check_cut(tokens: &str, limit: usize, closes: bool, expected: &str) {
    let mut tokens: Vec<char> = tokens.chars().collect();
    cut_tokens(&mut tokens, limit, closes);
    assert_eq!(tokens.into_iter().collect::<String>(), expected);
}

#[test]
fn the_closing_token_stays() {
    check_cut("[abc]", 5, true, "[abc]");
    check_cut("[abc]", 3, true, "[a]");
    check_cut("abcde", 3, false, "abc");
    check_cut("]", 0, true, "");
}

#[test]
fn vectors_have_length_one() {
    assert_eq!(unit_vector(&[3.0, 4.0]), Some(vec![0.6, 0.8]));
    assert_eq!(unit_vector(&[0.0, 0.0]), None);
    assert_eq!(unit_vector(&[f32::NAN, 1.0]), None);
    assert_eq!(unit_vector(&[]), None);
}

#[test]
fn large_vocabularies_get_small_batches() {
    let check = |vocabulary, expected| {
        assert_eq!(choose_batch_tokens(vocabulary, 512), expected);
    };
    check(0, 512);
    check(30_522, 512);
    check(50_000, 335);
    check(250_037, 128);
    check(usize::MAX / 4, 128);
    assert_eq!(choose_batch_tokens(250_037, 100), 100);
}
