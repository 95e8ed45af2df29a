//! The table is well formed and its wordings are found.

use super::*;

fn check_meets(question: &str, other: &str, expected: bool) {
    let table = synonyms("en").unwrap();
    let spoken = terms(question, "en");
    let wanted = terms(other, "en");
    let found = table.find(&spoken);
    let meets = found.iter().any(|found| found.others.contains(&wanted.as_slice()));
    assert_eq!(meets, expected, "{question:?} {other:?}");
}

#[test]
fn wordings_meet_the_others_of_their_group() {
    check_meets("Can I pay with a voucher?", "gift card", true);
    check_meets("Can I pay with a gift card?", "voucher", true);
    check_meets("We would like to hire a tent", "rent", true);
    check_meets("who mends zips", "repair", true);
    check_meets("are you shut on Mondays", "closed", true);
    check_meets("Can I pay with a card?", "voucher", false);
    check_meets("What is the capital of France?", "price", false);
}

#[test]
fn the_words_of_a_wording_may_stand_apart() {
    check_meets("can I bring it back", "return", true);
    check_meets("can I bring the wet old tent back", "return", false);
    check_meets("can I bring the wet tent back", "return", true);
    check_meets("back to bring", "return", false);
}

#[test]
fn every_group_has_two_wordings() {
    for (language, _) in TABLES {
        for group in &synonyms(language).unwrap().groups {
            assert!(group.len() > 1, "{language}: {group:?}");
        }
    }
    assert!(synonyms("sv").is_none());
}
