//! Recovery codes as they are typed.

use std::collections::HashSet;

use super::*;

#[test]
fn a_code_is_four_groups_of_letters_that_cannot_be_mixed_up() {
    let mut seen = HashSet::new();
    let mut letters = HashSet::new();
    for _ in 0..200 {
        let code = RecoveryCode::random().unwrap();
        let groups: Vec<&str> = code.as_str().split('-').collect();
        assert_eq!(groups.iter().map(|group| group.len()).collect::<Vec<_>>(), [5, 5, 5, 5]);
        letters.extend(groups.concat().bytes());
        assert!(seen.insert(code.as_str().to_owned()), "twice the same");
    }
    assert_eq!(letters, LETTERS.iter().copied().collect(), "every letter, and no other");
}

#[test]
fn a_code_is_read_however_it_is_typed() {
    for typed in ["acdef hjkmn pqrtw xy347", " ACDEF-HJKMN-PQRTW-XY347 ", "ACDEFHJKMNPQRTWXY347"] {
        assert_eq!(plain(typed), "ACDEFHJKMNPQRTWXY347");
    }
    assert_eq!(plain(&"A".repeat(1 << 20)), "");
}

#[test]
fn a_code_is_not_printed_by_accident() {
    let code = RecoveryCode::random().unwrap();
    assert!(!format!("{code:?}").contains(&code.as_str()[..5]));
}
