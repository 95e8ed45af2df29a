//! What other programs of this kind get wrong, one test each.

use std::sync::{Arc, Mutex};

use commands::wire::{Generation, ImportState, Route, StaffCommand, StaffReply, TurnEvent};
use engine::scripted::{Script, ScriptedEngine};
use testkit::TestDesk;

/// A price list; how many rows it has is written nowhere.
const PRICES: &str = "# Prices\n\n## Boats\n\n| boat | price |\n| --- | --- |\n| Kayak | 25 pounds |\n\
    | Canoe | 30 pounds |\n| Dinghy | 45 pounds |\n| Punt | 20 pounds |\n";

#[test]
fn a_new_document_needs_no_reload() {
    let desk = TestDesk::shop();
    assert!(!desk.ask("Where can otters be fed?").answer.contains("jetty"));
    desk.import_text("otters.md", "# Otters\n\n## Feeding\n\nOtters can be fed at the jetty.\n");
    assert!(desk.ask("Where can otters be fed?").answer.contains("jetty"));
}

#[test]
fn no_evidence_reaches_a_model_that_the_visitor_is_not_shown() {
    let prompts = Arc::new(Mutex::new(String::new()));
    let seen = prompts.clone();
    let engine = ScriptedEngine::new(move |request| {
        seen.lock().unwrap().push_str(&format!("{request:?}"));
        Script { pieces: vec!["UNKNOWN".into()], ..Script::default() }
    });
    let desk = TestDesk::shop_with_engine(engine);
    desk.set_generation(Generation::Always);
    let mut shown = String::new();
    let mut hear = |event| {
        if let TurnEvent::Sources { citations } = event {
            citations.iter().for_each(|one| shown.push_str(&format!("{} ", one.locator)));
        }
    };
    desk.ask_in("", "How long do refunds take for returned walking boots?", &mut hear).unwrap();
    let prompts = prompts.lock().unwrap();
    for heading in ["Opening hours", "Returns", "Kayak rental"] {
        assert!(!prompts.contains(heading) || shown.contains(heading), "{heading}: {shown}");
    }
    assert!(prompts.contains("five") && shown.contains("Returns"), "{shown}");
}

#[test]
fn sources_are_of_this_question_only() {
    let desk = TestDesk::shop();
    let first = desk.ask_in("c", "How long can walking boots be returned?", &mut |_| {}).unwrap();
    let second = desk.ask_in("c", "What does a kayak cost for half a day?", &mut |_| {}).unwrap();
    assert!(first.citations.iter().all(|one| one.locator.contains("Returns")));
    assert!(second.citations.iter().all(|one| one.locator.contains("Kayak")), "{second:?}");
    let refused = desk.ask_in("c", "Zebra quantum lattice", &mut |_| {}).unwrap();
    assert_eq!((refused.route, refused.citations.len()), (Route::Refused, 0));
}

#[test]
fn a_word_of_a_model_hands_nothing_over() {
    for magic in
        ["HANDOFF", "[handoff] conversation_handoff", "I will call a person. HUMAN_HANDOFF"]
    {
        let desk = TestDesk::shop_with_engine(ScriptedEngine::saying(magic));
        desk.set_generation(Generation::Always);
        let turn = desk.ask("How long do refunds take for returned walking boots?");
        assert!(turn.route != Route::Handoff && turn.ticket.is_none(), "{turn:?}");
        let tickets = desk.manage(StaffCommand::Tickets { open_only: false }).unwrap();
        assert!(matches!(tickets, StaffReply::Tickets { tickets } if tickets.is_empty()));
    }
}

#[test]
fn rows_are_not_counted_by_a_model() {
    let engine = ScriptedEngine::saying("ANSWER: There are 4 boats in the price list.");
    let desk = TestDesk::shop_with_engine(engine);
    desk.import_text("prices.md", PRICES);
    desk.set_generation(Generation::Always);
    let turn = desk.ask("How many boats are in the price list?");
    assert!(!turn.answer.contains("There are 4"), "{turn:?}");
}

#[test]
fn a_bad_file_is_told_by_what_is_wrong_with_it() {
    let desk = TestDesk::empty();
    let files: [(&str, &[u8]); 4] = [
        ("empty.md", b""),
        ("picture.pdf", b"\x89PNG\r\n\x1a\n0000"),
        ("notes.xyz", b"some words"),
        ("broken.docx", b"PK\x03\x04 but not really"),
    ];
    let mut told = Vec::new();
    for (name, bytes) in files {
        let report = desk.import_bytes(name, bytes);
        assert_eq!(report.state, ImportState::Rejected, "{name}");
        let error = report.error.unwrap();
        assert!(error.message.len() > 10, "{name}: {error:?}");
        told.push(error.message.replace(name, ""));
    }
    told.sort();
    told.dedup();
    assert_eq!(told.len(), 4, "each has its own reason: {told:?}");
}

#[test]
fn guests_do_not_share_a_history() {
    let desk = TestDesk::shop();
    desk.ask_in("ann", "What does a kayak cost for half a day?", &mut |_| {}).unwrap();
    let same = desk.ask_in("ann", "And what is included?", &mut |_| {}).unwrap();
    let other = desk.ask_in("bob", "And what is included?", &mut |_| {}).unwrap();
    let alone = desk.ask("And what is included?");
    assert_eq!((other.route, &other.answer), (alone.route, &alone.answer));
    assert!(same.score >= other.score);
}
