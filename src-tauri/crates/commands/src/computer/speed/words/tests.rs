//! Sentences, by tables.

use capacity::Costs;

use super::*;

fn row() -> SpeedRow {
    SpeedRow {
        version: env!("CARGO_PKG_VERSION").into(),
        model: "small".into(),
        r_squared: 0.99,
        ..SpeedRow::default()
    }
}

/// Speeds as prompt tokens a second, base and each text in milliseconds.
#[track_caller]
fn check_sentence(prefill_per_second: f64, base_ms: f64, each_ms: f64, expected: &str) {
    let profile = Profile {
        prefill_per_second,
        step_base_s: base_ms / 1e3,
        step_each_s: each_ms / 1e3,
        slots: 8,
        costs: Costs::all(0.01),
        cores: 8.0,
    };
    let view = view(&row(), &profile);
    assert_eq!(view.sentence, expected);
    assert!(view.notes.is_empty(), "{:?}", view.notes);
}

#[test]
fn a_speed_is_told_in_plain_words() {
    check_sentence(
        494.0,
        10.0,
        4.7,
        "First words after 0.6 s, 51 words a second, 1 person at once.",
    );
    check_sentence(
        1_000.0,
        4.0,
        3.0,
        "First words after 0.3 s, 107 words a second, 2 people at once.",
    );
    check_sentence(
        8_000.0,
        5.0,
        0.5,
        "First words after less than 0.1 s, 136 words a second, 8 people at once.",
    );
}

#[test]
fn a_computer_that_keeps_no_promise_says_how_long_one_person_waits() {
    check_sentence(
        149.0,
        20.0,
        24.8,
        "First words after 2.1 s, 17 words a second, one person at a time, who waits 5.6 s for a \
         whole answer.",
    );
    check_sentence(
        10.0,
        400.0,
        200.0,
        "First words after 31 s, 1.2 words a second, one person at a time, who waits 78 s for a \
         whole answer.",
    );
}

#[track_caller]
fn check_notes(found: Measured, power: Power, expected: &[&str]) {
    assert_eq!(notes(&found, power), expected);
}

#[test]
fn what_disturbed_a_measurement_is_said() {
    let quiet = Measured { processor_share: Some(0.97), slowed: Some(0.02), ..Measured::default() };
    check_notes(quiet.clone(), Power::Mains, &[]);
    check_notes(quiet.clone(), Power::Unknown, &[]);
    check_notes(quiet.clone(), Power::Battery, &["on battery"]);
    check_notes(Measured { processor_share: None, ..quiet.clone() }, Power::Mains, &[]);
    check_notes(Measured { processor_share: Some(0.85), ..quiet.clone() }, Power::Mains, &[]);
    let busy = "other programs took 16 % of the processor; measure again at a quiet moment";
    check_notes(Measured { processor_share: Some(0.84), ..quiet.clone() }, Power::Mains, &[busy]);
    let hot = "it became 30 % slower while it worked; the computer may have been too hot";
    check_notes(Measured { slowed: Some(0.3), ..quiet.clone() }, Power::Mains, &[hot]);
    // Other programs explain it already.
    let both = Measured { processor_share: Some(0.84), slowed: Some(0.3), ..quiet.clone() };
    check_notes(both, Power::Mains, &[busy]);
    let cut = Measured { cut: vec!["measured 1 of 3 times".into()], ..quiet };
    check_notes(cut, Power::Mains, &["measured 1 of 3 times"]);
}

#[test]
fn an_old_or_unclear_measurement_says_so() {
    let old = SpeedRow { version: "0.0.9".into(), ..row() };
    assert_eq!(notes_of(&old), ["measured with version 0.0.9"]);
    let unclear = SpeedRow { r_squared: 0.79, ..row() };
    assert_eq!(notes_of(&unclear), ["the times differed much; measure again at a quiet moment"]);
}
