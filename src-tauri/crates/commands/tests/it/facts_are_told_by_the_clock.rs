//! Facts that staff typed answer without any engine; what they do not hold is left to the search.

use commands::Session;
use commands::wire::{
    FactsView, PlaceView, Route, SeasonView, SpanView, StaffCommand, StaffReply, VisitorCommand,
};
use testkit::TestDesk;

fn facts(opens: &str, closes: &str) -> FactsView {
    let span = SpanView { opens: opens.into(), closes: closes.into() };
    FactsView {
        time_zone: "UTC".into(),
        places: vec![PlaceView {
            phone: "01632 960140".into(),
            seasons: vec![SeasonView { week: vec![vec![span]; 7], ..SeasonView::default() }],
            ..PlaceView::default()
        }],
        prices: Vec::new(),
    }
}

fn desk() -> TestDesk {
    let desk = TestDesk::shop();
    desk.chat.set_down(true);
    desk.embedder.set_down(true);
    desk
}

#[test]
fn open_now_is_answered_without_an_engine_and_after_a_restart() {
    let desk = desk();
    assert_ne!(
        desk.ask("Are you open now?").citations.first().map(|c| c.source.as_str()),
        Some("facts")
    );
    desk.manage(StaffCommand::SaveFacts(facts("00:00", "24:00"))).unwrap();
    for _ in 0..2 {
        let turn = desk.ask("Are you open now?");
        assert_eq!(turn.route, Route::Quote);
        assert_eq!(turn.answer, "Yes. We are open now, around the clock.");
        assert_eq!(turn.citations[0].source, "facts");
        assert_eq!(turn.citations[0].title, "Opening hours");
    }
    let desk = desk.reopened();
    assert!(desk.ask("Are you open now?").answer.starts_with("Yes."));
    let turn = desk.ask("What is your phone number?");
    assert_eq!(turn.answer, "Phone: 01632 960140");
    let open = VisitorCommand::OpenSource { turn_id: turn.turn_id, n: 1 };
    assert!(desk.core.visit(&Session::visitor("v"), open, &mut |_| {}).is_ok());
}

#[test]
fn an_approved_answer_goes_before_a_fact_that_does_not_hang_on_the_clock() {
    let desk = TestDesk::shop();
    desk.import_text(
        "contact.csv",
        "question,answer\nWhat is your phone number?,Ask at the till.\n",
    );
    desk.manage(StaffCommand::SaveFacts(facts("00:00", "24:00"))).unwrap();
    assert_eq!(desk.ask("What is your phone number?").answer, "Ask at the till.");
    assert!(desk.ask("Are you open?").answer.starts_with("Yes."));
}

#[test]
fn facts_that_make_no_sense_are_refused_whole() {
    let desk = desk();
    desk.manage(StaffCommand::SaveFacts(facts("00:00", "24:00"))).unwrap();
    let error = desk.manage(StaffCommand::SaveFacts(facts("9", "18:00"))).unwrap_err();
    assert!(error.message.contains("\"9\""), "{error:?}");
    match desk.manage(StaffCommand::Facts).unwrap() {
        StaffReply::Facts(kept) => assert_eq!(kept, facts("00:00", "24:00")),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_sample_shop_knows_its_hours_and_leaves_other_doors_to_its_documents() {
    let desk = TestDesk::sample();
    let turn = desk.ask("Are you open on 25 December 2026?");
    assert_eq!(turn.citations[0].source, "facts", "{turn:?}");
    assert!(turn.answer.starts_with("No. Christmas Day"), "{turn:?}");
    let turn = desk.ask("When is the workshop counter open?");
    assert_ne!(turn.citations.first().map(|c| c.source.as_str()), Some("facts"), "{turn:?}");
    let turn = desk.ask("Are you open on Sundays?");
    assert!(turn.answer.contains("closed on Sundays, except"), "{turn:?}");
}
