//! Every way in which tensors can differ.

use super::{Found, differences};

#[test]
fn every_difference_is_named() {
    let tensor = |name: &str, kind, bytes| Found { name: name.into(), shape: vec![1], kind, bytes };
    let check = |ours: &[Found<'_>], theirs: &[Found<'_>], expected: &[&str]| {
        assert_eq!(differences(ours, theirs), expected);
    };
    let (a, b) = (|| tensor("a", 0, b"x"), || tensor("b", 0, b"x"));
    check(&[a(), b()], &[b(), a()], &[]);
    check(&[a()], &[], &["a: only ours"]);
    check(&[], &[b()], &["b: only theirs"]);
    check(&[a()], &[tensor("a", 0, b"y")], &["a: other bytes"]);
    check(&[a()], &[tensor("a", 8, b"x")], &["a: type 0 and shape [1], theirs 8 and [1]"]);
}
