//! Rewordings share, traps differ.

use super::*;

fn check_differs(left: &str, right: &str, expected: bool) {
    let index = Index::default();
    let (left_reading, right_reading) = (Reading::of(&index, left), Reading::of(&index, right));
    let found = left_reading.overlap(&right_reading);
    assert_eq!(found.differs, expected, "{left:?} {right:?} {found:?}");
    assert_eq!(right_reading.overlap(&left_reading), found);
}

#[test]
fn what_tells_questions_apart_is_seen() {
    check_differs("Are you open on Sunday?", "Are you open on Saturday?", true);
    check_differs("Can I cancel my order?", "Can I not cancel my order?", true);
    check_differs("Do you ship to Norway?", "Do you ship from Norway?", true);
    check_differs("Is it in stock?", "Is it out of stock?", true);
    check_differs("When do you open?", "When do you close?", true);
    check_differs("Is the X200 washable?", "Is the X300 washable?", true);
    check_differs("Do you ship to Norway?", "Do you ship to Sweden?", true);
    check_differs("Can I rent a kayak?", "Can I buy a kayak?", true);
    check_differs("Do you sell umbrellas?", "umbrella repair", true);
    check_differs("Is Norway on your list?", "Do you know Sweden?", true);
    check_differs("open in summer", "open in winter", true);
}

#[test]
fn rewordings_are_not_told_apart() {
    check_differs("Are you open on Sunday?", "open on Sundays", false);
    check_differs("Do you mend umbrellas?", "umbrella mending", false);
    check_differs("Do you sell umbrelas?", "Do you sell umbrellas?", false);
    check_differs("Can't I pay by cheque?", "Can I not pay by cheque?", false);
    check_differs("May I bring a dog in May?", "Can I bring my dog?", false);
}
