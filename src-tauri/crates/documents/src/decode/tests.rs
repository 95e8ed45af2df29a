//! Bytes to text, and what is no text.

use super::*;

fn check(bytes: &[u8], text: &str, warnings: &[&str]) {
    let decoded = decode(bytes).unwrap();
    assert_eq!(decoded.text, text);
    assert_eq!(decoded.warnings, warnings);
}

#[test]
fn common_encodings_are_read() {
    check("Größe: 38 €".as_bytes(), "Größe: 38 €", &[]);
    check(b"\xef\xbb\xbfBOM", "BOM", &[]);
    check(b"\xff\xfeG\x00r\x00\xfc\x00n\x00", "Grün", &[]);
    check(b"\xfe\xff\x00G\x00r\x00\xfc\x00n", "Grün", &[]);
    check(
        b"Die R\xfcckgabe ist f\xfcr Kunden m\xf6glich, die Schuhe sind gr\xfcn. Sch\xf6ne Gr\xfc\xdfe, 5 \x80",
        "Die Rückgabe ist für Kunden möglich, die Schuhe sind grün. Schöne Grüße, 5 €",
        &["read as windows-1252"],
    );
    let mut cut = "Schöne Grüße aus Köln, äöüßéè und mehr".as_bytes().to_vec();
    cut.push(0xc3);
    check(
        &cut,
        "Schöne Grüße aus Köln, äöüßéè und mehr\u{fffd}",
        &["some characters could not be read"],
    );
}

#[test]
fn hidden_characters_are_reported() {
    check("a\u{200b}b\u{e0041}c".as_bytes(), "abc", &["hidden characters removed: 2"]);
    check("a\u{202e}b".as_bytes(), "ab", &["hidden characters removed: 1"]);
}

#[test]
fn what_is_no_text_is_refused() {
    for (bytes, part) in [
        (&b"text\0with nul"[..], "not a text file"),
        (&[1_u8, 2, 3, 4, 5, 6, 7, 8, 14, 15, 16, 17][..], "not a text file"),
        (&b" \n\t "[..], "no text"),
        (&b"\xef\xbb\xbf"[..], "no text"),
        (&b"\xff\xfe"[..], "no text"),
    ] {
        let problem = decode(bytes).unwrap_err();
        assert!(problem.to_string().contains(part), "{bytes:?}: {problem}");
    }
}
