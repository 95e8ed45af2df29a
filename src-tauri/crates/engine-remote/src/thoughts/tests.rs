//! What remains of an answer.

use super::*;

/// Reads a text at once and letter by letter.
fn check_answer(one_line: bool, text: &str, expected: &str) {
    let letters: Vec<String> = text.chars().map(String::from).collect();
    for pieces in [vec![text.to_owned()], letters] {
        let mut thoughts = Thoughts::new(one_line);
        let mut answer: String = pieces.iter().map(|piece| thoughts.push(piece)).collect();
        answer.push_str(&thoughts.rest());
        assert_eq!(answer, expected, "{text:?}");
    }
}

#[test]
fn thoughts_are_taken_away() {
    check_answer(false, "Yes.", "Yes.");
    check_answer(false, "<think>Größe? Well.</think>\n\nYes.", "Yes.");
    check_answer(false, "\n<think>\n\n</think>\n\nYes.", "Yes.");
    check_answer(false, "<think>never ends", "");
    check_answer(false, "<thin", "<thin");
    check_answer(false, "<b>Yes</b>", "<b>Yes</b>");
    check_answer(false, "Yes. <think>no</think>", "Yes. <think>no</think>");
    check_answer(false, "  \n ", "");
    check_answer(false, "", "");
}

#[test]
fn one_line_ends_at_its_end() {
    check_answer(true, "ANSWER: Yes.\nAnd more.", "ANSWER: Yes.");
    check_answer(true, "\n\nANSWER: Yes.", "ANSWER: Yes.");
    check_answer(true, "<think>a\nb</think>\nYes.\r\nNo.", "Yes.");
    check_answer(false, "Yes.\nAnd more.", "Yes.\nAnd more.");
    let mut thoughts = Thoughts::new(true);
    assert_eq!((thoughts.push("Yes.\n"), thoughts.is_over()), ("Yes.".to_owned(), true));
    assert_eq!(thoughts.push("More."), "");
}
