//! A dead engine leaves approved answers and documents answering.

use std::time::Duration;

use commands::wire::{Code, Generation, Health, Route};
use engine::scripted::{Script, ScriptedEngine};
use testkit::TestDesk;

#[test]
fn a_dead_engine_leaves_the_desk_answering_with_quotes() {
    let desk = TestDesk::shop();
    desk.set_generation(Generation::Always);
    desk.chat.set_down(true);
    let turn = desk.ask("What does a kayak cost for half a day?");
    assert_eq!(turn.route, Route::Quote, "{turn:?}");
    assert!(turn.answer.contains("25 pounds"));
    let error = turn.error.expect("the visitor is told in one sentence");
    assert_eq!(error.code, Code::EngineDown);
    assert!(error.hint.is_some());
    desk.chat.set_down(false);
    assert_eq!(desk.ask("What does a kayak cost for half a day?").route, Route::Documents);
}

#[test]
fn a_dead_engine_leaves_the_desk_answering_after_it_died_in_the_middle() {
    let dying = ScriptedEngine::new(|_| Script {
        pieces: vec!["A kayak costs 25 pounds for half a day. And ".into()],
        dies: true,
        ..Script::default()
    });
    let desk = TestDesk::shop_with_engine(dying);
    desk.set_generation(Generation::Always);
    let turn = desk.ask("What does a kayak cost for half a day?");
    assert!(turn.answer.contains("25 pounds"), "{turn:?}");
    assert!(turn.error.is_some(), "{turn:?}");
    assert_eq!(desk.ask("Do you sell gift cards?").route, Route::Faq);
}

#[test]
fn a_dead_engine_leaves_the_desk_answering_without_search_by_meaning() {
    let desk = TestDesk::shop();
    desk.embedder.set_down(true);
    let turn = desk.ask("What does a kayak cost for half a day?");
    assert!(turn.answer.contains("25 pounds"), "{turn:?}");
    assert!(matches!(desk.core.health().embedding, Health::Failed { .. }));
}

#[test]
fn a_dead_engine_leaves_the_desk_answering_and_a_stopped_answer_ends_soon() {
    use commands::Session;
    use commands::wire::{Ask, TurnEvent, VisitorCommand, VisitorReply};
    let slow = ScriptedEngine::new(|_| Script {
        pieces: std::iter::once("A kayak costs 25 pounds for half a day. ")
            .chain(std::iter::repeat_n("And ", 2000))
            .map(String::from)
            .collect(),
        pause: Duration::from_millis(5),
        dies: false,
    });
    let desk = TestDesk::shop_with_engine(slow);
    desk.set_generation(Generation::Always);
    let session = Session::visitor("test");
    let ask = Ask {
        ask_id: "slow".into(),
        question: "What does a kayak cost for half a day?".into(),
        ..Ask::default()
    };
    let reply = desk.core.visit(&session, VisitorCommand::Ask(ask), &mut |event| {
        if matches!(event, TurnEvent::Token { .. }) {
            desk.core.cancel(&session, "slow");
        }
    });
    let Ok(VisitorReply::Turn(turn)) = reply else { panic!("{reply:?}") };
    assert!(turn.interrupted, "{turn:?}");
    assert!(turn.answer.contains("25 pounds"));
}
