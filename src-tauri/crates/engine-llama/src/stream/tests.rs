//! Whole characters and stop strings.

use super::*;

/// `expected` is what leaves after each push, then what leaves at the end.
fn check_pieces(pieces: &[&[u8]], expected: &[&str], last: &str) {
    let mut stream = TextStream::new(Vec::new());
    let shown: Vec<String> = pieces.iter().map(|piece| stream.push(piece).text).collect();
    assert_eq!(shown, expected);
    assert_eq!(stream.finish(), last);
}

#[test]
fn only_whole_characters_leave() {
    check_pieces(&[b"ab", b"c"], &["ab", "c"], "");
    check_pieces(&[b"\xC3", b"\xA9"], &["", "é"], "");
    check_pieces(&[b"a\xE2\x82", b"\xACb"], &["a", "€b"], "");
    check_pieces(&[b"\xF0", b"\x9F", b"\x98", b"\x80"], &["", "", "", "😀"], "");
    check_pieces(&[b"", b""], &["", ""], "");
}

#[test]
fn bytes_that_are_no_character_are_replaced() {
    check_pieces(&[b"a\xFFb"], &["a\u{FFFD}b"], "");
    check_pieces(&[b"\xC3", b"x"], &["", "\u{FFFD}x"], "");
    check_pieces(&[b"\xE2\x82", b"\xE2\x82\xAC"], &["", "\u{FFFD}€"], "");
}

#[test]
fn half_a_character_never_leaves() {
    check_pieces(&[b"ab\xE2\x82"], &["ab"], "");
}

/// `expected` is all text that leaves, and whether a stop string ended it.
fn check_stop(stops: &[&str], pieces: &[&str], expected: &str, expect_stop: bool) {
    let mut stream = TextStream::new(stops.iter().map(ToString::to_string).collect());
    let mut shown = String::new();
    for piece in pieces {
        let added = stream.push(piece.as_bytes());
        shown.push_str(&added.text);
        for stop in stops.iter().filter(|stop| !stop.is_empty()) {
            assert!(!shown.contains(stop), "{shown:?} shows {stop:?}");
        }
        if added.is_stopped {
            assert!(expect_stop, "stopped after {shown:?}");
            assert_eq!(shown, expected);
            return;
        }
    }
    shown.push_str(&stream.finish());
    assert!(!expect_stop, "did not stop: {shown:?}");
    assert_eq!(shown, expected);
}

#[test]
fn an_answer_ends_before_a_stop_string() {
    check_stop(&["END"], &["one END two"], "one ", true);
    check_stop(&["END"], &["one E", "N", "D two"], "one ", true);
    check_stop(&["\n\n"], &["a\n", "b\n", "\nc"], "a\nb", true);
    check_stop(&["aab"], &["a", "a", "a", "b"], "a", true);
    check_stop(&["later", "now"], &["now or later"], "", true);
    check_stop(&["é!"], &["caf", "é", "!"], "caf", true);
}

#[test]
fn text_that_was_held_back_comes_when_no_stop_string_does() {
    check_stop(&["END"], &["one E", "N"], "one EN", false);
    check_stop(&["END"], &["EN", "EN", "d"], "ENENd", false);
    check_stop(&["é"], &["e", "e"], "ee", false);
}

#[test]
fn an_empty_stop_string_stops_nothing() {
    check_stop(&[""], &["a", "b"], "ab", false);
}

#[test]
fn text_that_cannot_be_a_stop_string_leaves_at_once() {
    let mut stream = TextStream::new(vec!["END".into()]);
    assert_eq!(stream.push(b"one E").text, "one ");
    assert_eq!(stream.push(b"x").text, "Ex");
}
