//! What passes the support check and what does not.

use super::*;

const SHOP: &str = "Walking boots can be returned within 30 days if they have not been worn \
                    outside. Refunds take five working days. Standard delivery costs £4.95 and \
                    is free from £1,200. Write to help@shop.example. Dogs are welcome. \
                    The workshop is run by Marta Lind.";

fn check_sentence(sentence: &str, supported: bool) {
    let verdict = check(sentence, &[SHOP], &|_| 1.0);
    assert_eq!(
        matches!(verdict, Verdict::Supported { .. }),
        supported,
        "{sentence:?}: {verdict:?}"
    );
}

#[test]
fn repeated_facts_are_supported() {
    check_sentence("Refunds take 5 working days.", true);
    check_sentence("Standard delivery costs 4.95.", true);
    check_sentence("Delivery is free from 1200.", true);
    check_sentence("You can write to help@shop.example.", true);
    check_sentence("Dogs are welcome.", true);
    check_sentence("The workshop is run by Marta Lind.", true);
}

#[test]
fn other_numbers_and_names_are_not() {
    check_sentence("Refunds take ten working days.", false);
    check_sentence("Standard delivery costs £5.95.", false);
    check_sentence("Write to sales@shop.example.", false);
    check_sentence("The workshop is run by Peter Lind.", false);
    check_sentence("Boots can be returned within 30 days in Norway.", false);
}

#[test]
fn the_opposite_is_not_supported() {
    check_sentence("Dogs are not welcome.", false);
    check_sentence("Refunds never take five working days.", false);
    check_sentence("Walking boots can be returned if they have been worn outside.", false);
}

#[test]
fn new_subjects_are_not_supported() {
    check_sentence("We also repair bicycles and rent kayaks every summer.", false);
    check_sentence("", false);
    check_sentence("Of course.", false);
}

fn check_missing(sentence: &str, expected: Option<&str>) {
    assert_eq!(missing_fact(sentence, SHOP).as_deref(), expected, "{sentence:?}");
}

#[test]
fn facts_are_compared_by_value() {
    check_missing("It costs £4.95", None);
    check_missing("It takes thirty days", None);
    check_missing("At 9:30", Some("9:30"));
    check_missing("See www.shop.example/x", Some("www.shop.example/x"));
}
