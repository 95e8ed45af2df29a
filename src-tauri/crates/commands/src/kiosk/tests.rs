//! The face of the visitors' screen.

use super::*;

fn check_change(change: KioskChange, fits: bool) {
    let result = changed(Kiosk::default(), change.clone());
    assert_eq!(result.is_ok(), fits, "{change:?} {result:?}");
    if let Err(error) = result {
        assert!(!error.message.contains("kiosk.") && error.hint.is_some(), "{error:?}");
    }
}

#[test]
fn changes_are_checked_and_refused_in_plain_words() {
    let topic =
        |label: &str, question: &str| TopicFace { label: label.into(), question: question.into() };
    let topics =
        |topics: Vec<TopicFace>| KioskChange { topics: Some(topics), ..KioskChange::default() };
    check_change(KioskChange::default(), true);
    check_change(KioskChange { idle_s: Some(120), ..KioskChange::default() }, true);
    check_change(KioskChange { idle_s: Some(1), ..KioskChange::default() }, false);
    check_change(KioskChange { warning_s: Some(600), ..KioskChange::default() }, false);
    check_change(
        KioskChange { languages: Some(vec!["de".into()]), ..KioskChange::default() },
        true,
    );
    check_change(
        KioskChange { languages: Some(vec!["x y".into()]), ..KioskChange::default() },
        false,
    );
    check_change(topics(vec![topic(" Hours ", "When are you open?")]), true);
    check_change(topics(vec![topic("", " ")]), true);
    check_change(topics(vec![topic("Hours", "")]), false);
    check_change(topics(vec![topic("a\u{1f}b", "c\u{1e}d")]), false);
    check_change(topics(vec![topic("Hours", "When?"); 9]), false);
}
