//! Tables of texts: what is cleaned, where sentences end, which terms come out.

use super::*;

fn check_sentences(text: &str, expected: &[&str]) {
    let found: Vec<&str> = sentences(text).into_iter().map(|range| &text[range]).collect();
    assert_eq!(found, expected, "{text:?}");
}

#[test]
fn sentences_end_where_a_reader_would_stop() {
    check_sentences("", &[]);
    check_sentences("  \n ", &[]);
    check_sentences("No stop at all", &["No stop at all"]);
    check_sentences("One. Two! Three? Four…", &["One.", "Two!", "Three?", "Four…"]);
    check_sentences("It costs 3.50 euros. Pay here.", &["It costs 3.50 euros.", "Pay here."]);
    check_sentences(
        "Bring proof, e.g. Norway's card. Thanks.",
        &["Bring proof, e.g. Norway's card.", "Thanks."],
    );
    check_sentences(
        "Ask Dr. Smith or J. Doe. They know.",
        &["Ask Dr. Smith or J. Doe.", "They know."],
    );
    check_sentences("Open 9 a.m. to 5 p.m. on weekdays.", &["Open 9 a.m. to 5 p.m. on weekdays."]);
    check_sentences(
        "Closed at 5 p.m. On Sunday we rest.",
        &["Closed at 5 p.m.", "On Sunday we rest."],
    );
    check_sentences("Open at 9 a.m. Monday to Friday.", &["Open at 9 a.m. Monday to Friday."]);
    check_sentences("See no. 5 and p. 7. Then call.", &["See no. 5 and p. 7.", "Then call."]);
    check_sentences(
        "\"Stop!\" he said. \"Why?\" She left.",
        &["\"Stop!\" he said.", "\"Why?\"", "She left."],
    );
    check_sentences("He said \"go.\" Then he went.", &["He said \"go.\"", "Then he went."]);
    check_sentences("So do I. You too.", &["So do I.", "You too."]);
    check_sentences("1. Open the lid. 2. Close it.", &["1. Open the lid.", "2. Close it."]);
    check_sentences("Wait... what? No.", &["Wait... what?", "No."]);
    check_sentences(
        "Visit www.shop.example. It is free.",
        &["Visit www.shop.example.", "It is free."],
    );
    check_sentences("营业时间是九点。周日休息！", &["营业时间是九点。", "周日休息！"]);
    check_sentences(
        "Öffnet um 9 Uhr. Über Mittag zu, z.B. Montag.",
        &["Öffnet um 9 Uhr.", "Über Mittag zu, z.B. Montag."],
    );
    check_sentences("¿Abren hoy? Sí. ¿Y mañana?", &["¿Abren hoy?", "Sí.", "¿Y mañana?"]);
}

#[test]
fn lines_are_never_joined_and_bullets_never_quoted() {
    check_sentences(
        "We need:\n• A receipt. It is white.\n• A box",
        &["We need:", "A receipt.", "It is white.", "A box"],
    );
    check_sentences(
        "Day: Monday; Opens: 9 am\nDay: Sunday; Opens: closed",
        &["Day: Monday; Opens: 9 am", "Day: Sunday; Opens: closed"],
    );
    check_sentences("***\n—\nWords", &["Words"]);
}

fn check_terms(text: &str, language: &str, expected: &[&str]) {
    assert_eq!(terms(text, language), expected, "{text:?}");
}

#[test]
fn terms_meet_whatever_way_a_word_is_written() {
    check_terms("Returning returned returns", "en", &["return", "return", "return"]);
    check_terms("X200", "en", &["x200", "x", "200"]);
    check_terms("X-200 costs 3.50", "en", &["x", "200", "cost", "3.50"]);
    check_terms("20kg", "en", &["20kg", "20", "kg"]);
    check_terms("Café CAFÉ cafe\u{301}", "xx", &["cafe", "cafe", "cafe"]);
    check_terms("Straße", "xx", &["strasse"]);
    check_terms("ＦＵＬＬ width", "en", &["full", "width"]);
    check_terms(
        "don't can’t cannot won't",
        "en",
        &["do", "not", "can", "not", "can", "not", "will", "not"],
    );
    check_terms("the shop's door", "en", &["the", "shop", "door"]);
    check_terms("営業時間", "ja", &["営業", "業時", "時間"]);
    check_terms("犬", "ja", &["犬"]);
    check_terms("開く9時", "ja", &["開く", "9", "時"]);
    assert_eq!(terms("ร้านเปิด", "th").len(), 7, "pairs of Thai characters");
    check_terms("", "en", &[]);
    check_terms("?!", "en", &[]);
}

#[test]
fn stop_words_go_and_negations_stay() {
    assert_eq!(content_terms("Can I return the shoes?"), ["return", "shoe"]);
    assert_eq!(content_terms("Can I not return the shoes?"), ["not", "return", "shoe"]);
    assert_eq!(
        content_terms("Where are you?"),
        ["where", "are", "you"],
        "all of them, or none were left"
    );
    assert_eq!(
        content_terms_in("Kann ich die Schuhe nicht zurückgeben", "de"),
        ["schuh", "nicht", "zuruckgeb"]
    );
    for language in ["en", "de", "fr", "es", "it", "nl", "pt", "sv"] {
        for negation in
            ["not", "no", "nicht", "kein", "pas", "sans", "sin", "non", "niet", "não", "inte"]
        {
            assert!(!content_terms_in(&format!("xyz {negation}"), language).is_empty());
            assert!(is_negation(negation), "{negation}");
            assert_eq!(
                content_terms_in(&format!("xyz {negation}"), language).len(),
                2,
                "{negation}"
            );
        }
    }
}

#[test]
fn languages_are_told_from_four_words_on() {
    assert_eq!(language_of("Opening hours"), None);
    assert_eq!(
        language_of("Wie lange dauert die Lieferung nach Österreich und in die Schweiz?"),
        Some("de")
    );
    assert_eq!(
        language_of("Hur lång tid tar det innan jag får tillbaka mina pengar från er?"),
        Some("sv")
    );
}

fn check_normalised(text: &str, expected: &str) {
    assert_eq!(normalise(text), expected, "{text:?}");
}

#[test]
fn a_line_is_normalised() {
    check_normalised("  two \t\r\n words ", "two words");
    check_normalised("ﬁne ½ ①", "fine 1⁄2 1");
    check_normalised("a\u{200b}b\u{202e}c\u{e0041}d\u{7}e", "abcde");
    check_normalised("soft\u{ad}hyphen", "softhyphen");
    check_normalised("non\u{a0}breaking", "non breaking");
    check_normalised("\u{0}", "");
    check_normalised("👨\u{200d}👩\u{200d}👧", "👨\u{200d}👩\u{200d}👧");
    check_normalised("می\u{200c}خواهم", "می\u{200c}خواهم");
}

#[test]
fn hidden_characters_are_counted_and_lines_kept() {
    let cleaned = clean("one\r\ntwo\u{200b}\u{202e}\u{e0041}\rthree\u{2028}four");
    assert_eq!(cleaned.text, "one\ntwo\nthree\nfour");
    assert_eq!(cleaned.hidden, 3);
    assert_eq!(clean("soft\u{ad}hyphen").hidden, 0);
    assert_eq!(clean("ordinary\u{200d}letters").hidden, 1);
}

#[test]
fn any_text_can_be_cut_into_terms_and_sentences() {
    let mut seed = 7_u64;
    for _ in 0..3_000 {
        let text: String = (0..40)
            .filter_map(|_| {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                let range = [0x80, 0x800, 0x3100, 0x1_0000, 0x11_0000][(seed >> 60) as usize % 5];
                char::from_u32((seed >> 33) as u32 % range)
            })
            .collect();
        for language in ["en", "de", "fr", "fi", "ru", "tr", "ar", "el", "ro", "hu", "nl"] {
            assert!(terms(&text, language).iter().all(|term| !term.contains(char::is_whitespace)));
        }
        let mut end = 0;
        for range in sentences(&text) {
            assert!(range.start >= end && range.end > range.start, "{text:?}");
            end = range.end;
        }
    }
}
