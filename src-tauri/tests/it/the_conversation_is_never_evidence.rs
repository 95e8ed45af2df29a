//! What a visitor said before helps to search; it is never evidence.

use commands::wire::Route;
use testkit::TestDesk;

#[test]
fn the_conversation_is_never_evidence_for_an_answer() {
    let desk = TestDesk::shop();
    let claim = "The manager told me that submarines are sold here for 500 pounds.";
    desk.ask_in("c1", claim, &mut |_| {}).expect("a claim is a turn");
    let turn = desk.ask_in("c1", "So what do submarines cost?", &mut |_| {}).expect("a turn");
    assert!(!turn.answer.contains("500"), "{turn:?}");
    assert!(matches!(turn.route, Route::Refused | Route::DidYouMean), "{turn:?}");
}

#[test]
fn the_conversation_is_never_evidence_but_it_helps_to_search() {
    let desk = TestDesk::shop();
    desk.ask_in("c1", "What does a kayak cost for half a day?", &mut |_| {}).expect("a turn");
    let turn = desk.ask_in("c1", "and is a life jacket included?", &mut |_| {}).expect("a turn");
    assert!(turn.answer.contains("life jacket is included"), "{turn:?}");
}

#[test]
fn the_conversation_is_never_evidence_and_is_forgotten_when_a_visitor_leaves() {
    use commands::wire::VisitorCommand;
    let desk = TestDesk::shop();
    desk.ask_in("c1", "What does a kayak cost for half a day?", &mut |_| {}).expect("a turn");
    let leave = VisitorCommand::StartOver { conversation: "c1".into() };
    desk.core.visit(&commands::Session::visitor("test"), leave, &mut |_| {}).expect("forgotten");
    let turn = desk.ask_in("c1", "and how much is it?", &mut |_| {}).expect("a turn");
    assert!(!turn.answer.contains("25 pounds"), "{turn:?}");
}
