//! What leaves the house, and what comes back.

use super::*;

/// Finds words of digits and words with an `@`.
fn mask(text: &str, instead: &mut dyn FnMut(&str, &str) -> String) -> String {
    let words = text.split(' ').map(|word| match word {
        _ if word.contains('@') => instead(word, "[e-mail]"),
        _ if !word.is_empty() && word.chars().all(|c| c.is_ascii_digit()) => {
            instead(word, "[phone]")
        }
        _ => word.to_owned(),
    });
    words.collect::<Vec<_>>().join(" ")
}

fn user(text: &str) -> Message {
    Message { author: Author::User, text: text.into() }
}

fn check_veiled(text: &str, expected: &str) {
    let (messages, _) = Veil::over(&mask, &[user(text)]);
    assert_eq!(messages[0].text, expected, "{text:?}");
}

#[test]
fn the_same_words_get_the_same_mark_and_others_another() {
    check_veiled("call 111 or 222", "call [phone 1] or [phone 2]");
    check_veiled("call 111 or 111 or a@b", "call [phone 1] or [phone 1] or [e-mail 1]");
    check_veiled("no names", "no names");
}

#[test]
fn instructions_go_as_they_are() {
    let system = Message { author: Author::System, text: "Write to a@b".into() };
    let (messages, veil) = Veil::over(&mask, &[system.clone(), user("I am c@d")]);
    assert_eq!((&messages[0], messages[1].text.as_str()), (&system, "I am [e-mail 1]"));
    assert_eq!(veil.pairs, [("[e-mail 1]".to_owned(), "c@d".to_owned())]);
}

/// Reads an answer at once and letter by letter.
fn check_unveiled(asked: &str, answer: &str, expected: &str) {
    let letters: Vec<String> = answer.chars().map(String::from).collect();
    for pieces in [vec![answer.to_owned()], letters] {
        let (_, veil) = Veil::over(&mask, &[user(asked)]);
        let mut unveil = Unveil::new(veil);
        let mut text: String = pieces.iter().map(|piece| unveil.push(piece)).collect();
        text.push_str(&unveil.rest());
        assert_eq!(text, expected, "{answer:?} to {asked:?}");
    }
}

#[test]
fn the_words_come_back_in_the_answer() {
    check_unveiled("call 111 or 222", "Call [phone 2], not [phone 1].", "Call 222, not 111.");
    check_unveiled("call 111", "Call [phone 3] [1] [phone", "Call [phone 3] [1] [phone");
    check_unveiled("call 111", "[[phone 1]]", "[111]");
    check_unveiled("nothing", "[phone 1]", "[phone 1]");
    check_unveiled("a@b", "Größe [e-mail 1]…", "Größe a@b…");
}

#[test]
fn the_first_of_ten_is_not_the_tenth() {
    let asked: Vec<String> = (100..112).map(|n| n.to_string()).collect();
    check_unveiled(&asked.join(" "), "[phone 1] [phone 11] [phone 12]", "100 110 111");
}
