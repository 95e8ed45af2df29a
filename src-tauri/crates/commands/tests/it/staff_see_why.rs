//! Staff see why a turn was answered as it was; visitors never do.

use commands::wire::{Route, StaffCommand, StaffReply, VisitorCommand};
use testkit::TestDesk;

fn why(desk: &TestDesk, turn_id: i64) -> serde_json::Value {
    match desk.manage(StaffCommand::WhyTurn { turn_id }) {
        Ok(StaffReply::Why { why }) => why,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_turn_keeps_its_passages_thresholds_and_times() {
    let desk = TestDesk::shop();
    let turn = desk.ask("How long can walking boots be returned?");
    assert_eq!(turn.route, Route::Quote);
    let why = why(&desk, turn.turn_id);
    assert_eq!(why["route"], "quote");
    assert!(why["reason"].as_str().unwrap().contains("own words"), "{why}");
    let passages = why["passages"].as_array().unwrap();
    assert!(passages.len() > 1, "rejected passages are there too: {why}");
    assert_eq!(passages.iter().filter(|passage| passage["fate"] == "chosen").count(), 1);
    assert!(why["thresholds"]["answer_from"].as_f64().unwrap() > 0.0);
    assert!(why["times_ms"]["all"].as_f64().unwrap() > 0.0);
    let shown = serde_json::to_string(&turn).unwrap();
    assert!(!shown.contains("thresholds") && !shown.contains("cosine"), "{shown}");
}

#[test]
fn every_lane_gives_a_reason_and_the_visitors_verdict_stands_beside_it() {
    let desk = TestDesk::shop();
    for question in ["Hello!", "Do you sell submarines?", "I want to talk to a person"] {
        let turn = desk.ask(question);
        assert!(!why(&desk, turn.turn_id)["reason"].as_str().unwrap().is_empty(), "{question}");
    }
    let turn_id = desk.ask("Do you sell submarines?").turn_id;
    let rate = VisitorCommand::Rate { turn_id, helpful: false, note: "no use".into() };
    desk.core.visit(&commands::Session::visitor("v"), rate, &mut |_| {}).unwrap();
    let why = why(&desk, turn_id);
    assert_eq!((&why["helpful"], &why["helpful_note"]), (&false.into(), &"no use".into()));
}

#[test]
fn reasons_go_with_their_conversation() {
    let desk = TestDesk::shop();
    let turn = desk.ask_in("c1", "How long can walking boots be returned?", &mut |_| {}).unwrap();
    let leave = VisitorCommand::StartOver { conversation: "c1".into() };
    desk.core.visit(&commands::Session::visitor("v"), leave, &mut |_| {}).unwrap();
    assert!(desk.manage(StaffCommand::WhyTurn { turn_id: turn.turn_id }).is_err());
}
