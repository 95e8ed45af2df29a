//! The settings of the visitors' screen.

use super::*;
use crate::Settings;

fn check_set(name: &str, value: &str, fits: bool) {
    let key = format!("kiosk.{name}");
    assert_eq!(Settings::default().set(&key, value).is_ok(), fits, "{key}={value:?}");
}

#[test]
fn values_are_checked() {
    check_set("idle_s", "20", true);
    check_set("idle_s", "600", true);
    check_set("idle_s", "19", false);
    check_set("idle_s", "601", false);
    check_set("idle_s", "-60", false);
    check_set("idle_s", "a minute", false);
    check_set("warning_s", "5", true);
    check_set("warning_s", "0", false);
    check_set("low_reach", "true", true);
    check_set("low_reach", "yes", false);
    check_set("languages", "", true);
    check_set("languages", "de en ar", true);
    check_set("languages", "de de", false);
    check_set("languages", "tlh", false);
    check_set("topics", "", true);
    check_set("topics", "Hours\u{1e}When are you open?", true);
    check_set("topics", "Hours", false);
    check_set("topics", " \u{1e}When are you open?", false);
    check_set("topics", "Hours\u{1e}When\nare you open?", false);
    check_set("topics", &format!("{}\u{1e}When?", "h".repeat(41)), false);
    check_set("topics", &["Hours\u{1e}When?"; 9].join("\u{1f}"), false);
    check_set("colour", "red", false);
}

#[test]
fn what_was_set_comes_back_from_its_pairs() {
    let mut settings = Settings::default();
    let topic =
        |label: &str, question: &str| Topic { label: label.into(), question: question.into() };
    settings.kiosk = Kiosk {
        idle_s: 90,
        topics: vec![topic("Hours", "When are you open?"), topic("Lockers", "Where, please?")],
        languages: vec!["de".into(), "en".into()],
        low_reach: true,
        speech: false,
        start_in_kiosk: true,
        ..Kiosk::default()
    };
    let saved: Vec<_> = settings.differences().into_iter().map(|(k, v)| (k.into(), v)).collect();
    assert_eq!(saved.len(), 6);
    assert_eq!(Settings::merged(&saved), (settings, vec![]));
}

fn check_short(question: &str, expected: &str) {
    let topics = Kiosk::default().topics_or(&[question.into()]);
    assert_eq!((&*topics[0].label, &*topics[0].question), (expected, question));
}

#[test]
fn without_topics_the_suggestions_are_shortened_at_a_word() {
    check_short("When do you open?", "When do you open?");
    check_short("Can I bring back shoes I have worn outside?", "Can I bring back shoes I…");
    check_short("What about tents, boots and anoraks?", "What about tents, boots and…");
    check_short(&"ä".repeat(40), &format!("{}…", "ä".repeat(28)));
}

#[test]
fn four_suggestions_are_enough_and_own_topics_replace_them() {
    let suggestions: Vec<String> = ["a?", "b?", "c?", "d?", "e?"].map(String::from).to_vec();
    let mut kiosk = Kiosk::default();
    assert_eq!(kiosk.topics_or(&suggestions).len(), 4);
    kiosk.topics = vec![Topic { label: "Hours".into(), question: "When?".into() }];
    assert_eq!(kiosk.topics_or(&suggestions), kiosk.topics);
}

fn check_languages(chosen: &str, own: &str, expected: &str) {
    let languages = chosen.split_whitespace().map(String::from).collect();
    let kiosk = Kiosk { languages, ..Kiosk::default() };
    assert_eq!(kiosk.languages_with(own).join(" "), expected, "{chosen:?} {own:?}");
}

#[test]
fn the_desks_own_language_comes_first() {
    check_languages("", "", "en de fr es it nl sv pl pt tr ar he");
    check_languages("", "fr", "fr en de es it nl sv pl pt tr ar he");
    check_languages("en de ar", "de-AT", "de en ar");
    check_languages("ar en", "pl", "ar en");
}
