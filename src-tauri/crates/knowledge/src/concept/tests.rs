//! Words, other words and slips, through the public face.

use crate::testing::shop;

fn check_finds(question: &str, words: &str) {
    let desk = shop();
    let found = desk.knowledge.retrieve(question, 1).unwrap();
    assert!(found.hits[0].text.contains(words), "{question:?} found {:?}", found.hits[0].text);
    assert!(found.hits[0].bm25 > 0.0, "{question:?} by its words");
}

fn check_coverage(question: &str, text: &str, expected: f32) {
    let desk = shop();
    let found = desk.knowledge.coverage(question, &[text.to_owned()]);
    assert!((found[0] - expected).abs() < 1e-4, "{question:?} in {text:?}: {found:?}");
}

#[test]
fn another_word_of_the_same_meaning_is_found() {
    check_finds("got any vouchers", "from 10 pounds");
    check_finds("what do you take to mend the zipper", "34 pounds");
}

#[test]
fn a_slip_of_the_keyboard_is_found() {
    check_finds("jaket", "34 pounds");
    check_finds("jackte", "34 pounds");
}

#[test]
fn coverage_is_the_share_of_the_question() {
    check_coverage("jacket", "A new jacket.", 1.0);
    check_coverage("jaket", "A new jacket.", super::SPELT);
    check_coverage("vouchers", "A gift card.", super::SYNONYM);
    check_coverage("vouchers", "A birthday card.", 0.0);
    check_coverage("jacket", "", 0.0);
    check_coverage("", "A new jacket.", 0.0);
}

#[test]
fn a_concept_is_as_common_as_its_words_together() {
    let desk = shop();
    let index = desk.knowledge.index();
    let voucher = &index.concepts("voucher")[0];
    assert!(voucher.weight < index.idf("voucher"), "gift cards are known here");
    assert_eq!(voucher.wordings[0].terms, ["voucher"]);
    let alone = &index.concepts("zebra")[0];
    assert_eq!((alone.weight, alone.wordings.len()), (index.idf("zebra"), 1));
}
