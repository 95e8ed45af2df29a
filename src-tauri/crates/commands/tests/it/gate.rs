//! Whether to answer: thresholds of the desk's own, words alone, questions that lean on another.

use commands::wire::{CalibrationView, Route, StaffCommand, StaffReply};
use testkit::TestDesk;

fn calibration(desk: &TestDesk) -> CalibrationView {
    match desk.manage(StaffCommand::Calibration).unwrap() {
        StaffReply::Calibration(view) => view,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_desk_measures_its_thresholds_after_every_change() {
    let desk = TestDesk::empty();
    let before = calibration(&desk);
    assert!(!before.measured && before.answer_from == before.usual_answer_from);

    desk.import_text("answers.csv", testkit::SHOP_ANSWERS);
    let first = calibration(&desk);
    assert!(first.measured && !first.outdated, "{first:?}");
    assert!(first.off_topic > 400 && first.own_questions >= 3, "{first:?}");
    assert!((first.answer_from - first.usual_answer_from).abs() <= 0.1201);

    desk.import_text("rules.md", testkit::SHOP_DOCUMENT);
    let second = calibration(&desk);
    assert!(second.kb_version > first.kb_version && !second.outdated, "{second:?}");
    assert_eq!(calibration(&desk.reopened()).kb_version, second.kb_version, "it is kept");
}

#[test]
fn without_an_embedder_the_same_words_are_answered_and_other_words_offer_choices() {
    let desk = TestDesk::shop();
    desk.embedder.set_down(true);
    let same = desk.ask("do you sell gift cards");
    assert_eq!(same.route, Route::Faq);
    assert!(same.answer.contains("from 10 pounds"));

    let other = desk.ask("are gift cards sold to children as well");
    assert_eq!(other.route, Route::DidYouMean);
    assert_eq!(other.suggestions.first().map(String::as_str), Some("Do you sell gift cards?"));
    assert!(other.suggestions.len() <= 3);

    assert_eq!(desk.ask("quantum chromodynamics lattice").route, Route::Refused);
}

#[test]
fn a_follow_up_is_answered_with_what_was_asked_before() {
    let desk = TestDesk::shop();
    let ask = |conversation, question| desk.ask_in(conversation, question, &mut |_| {}).unwrap();
    ask("c1", "What does it cost to rent a kayak for half a day?");
    let turn = ask("c1", "and a life jacket, is it included in the price?");
    assert!(turn.answer.contains("life jacket is included"), "{turn:?}");

    // Another conversation has nothing to lean on.
    let turn = ask("c2", "how much?");
    assert_ne!(turn.route, Route::Faq);
    assert!(!turn.answer.contains("25 pounds"), "{turn:?}");
}
