//! Where many ask at once, everybody is answered in time: with shorter prompts, with approved
//! answers as they stand, and with quotes where the model would be too late.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use commands::wire::{Code, Generation, Route};
use engine::scripted::{Script, ScriptedEngine};
use testkit::TestDesk;

const REPLY: &str = "ANSWER: Refunds take five working days.";

/// A shop whose model says one sentence, and every prompt it was given.
fn desk(pause: Duration) -> (TestDesk, Arc<Mutex<Vec<String>>>) {
    let prompts = Arc::new(Mutex::new(Vec::new()));
    let seen = prompts.clone();
    let engine = ScriptedEngine::new(move |request| {
        seen.lock().unwrap().push(request.messages[1].text.clone());
        let pieces = REPLY.split_inclusive(' ').map(String::from).collect();
        Script { pieces, pause, ..Script::default() }
    });
    let desk = TestDesk::shop_with_engine(engine);
    desk.set_generation(Generation::Always);
    (desk, prompts)
}

#[test]
fn in_a_crowd_the_model_reads_the_quoted_words_alone() {
    let (desk, prompts) = desk(Duration::ZERO);
    let turn = desk.ask("How long do refunds take for returned walking boots?");
    assert_eq!(turn.route, Route::Documents, "{turn:?}");
    desk.chat.set_crowd(2);
    let turn = desk.ask("For returned walking boots, how long do refunds take?");
    assert_eq!(turn.route, Route::Documents, "{turn:?}");
    assert_eq!(turn.citations.len(), 1, "{turn:?}");
    let prompts = prompts.lock().unwrap();
    let [alone, crowded] = prompts.as_slice() else { panic!("{prompts:?}") };
    assert!(crowded.len() < alone.len(), "{prompts:?}");
    assert!(crowded.contains("Refunds take five") && !crowded.contains("[2]"), "{crowded}");
}

#[test]
fn in_a_crowd_an_approved_answer_is_shown_as_it_stands() {
    let (desk, prompts) = desk(Duration::ZERO);
    let question = "Say, are there parking places for visitors who come to the shop by car?";
    desk.ask(question);
    assert_eq!(prompts.lock().unwrap().len(), 1, "alone, the model is asked");
    desk.chat.set_crowd(2);
    let turn = desk.ask(&question.replace("Say", "Tell me"));
    assert_eq!(turn.answer, "There are twelve free parking places behind the shop.");
    assert_eq!(prompts.lock().unwrap().len(), 1, "{turn:?}");
}

#[test]
fn a_text_that_would_come_too_late_is_quoted_at_once() {
    let (desk, prompts) = desk(Duration::from_millis(110));
    let ask = |who: &str| desk.ask(&format!("{who} asks: how long do refunds take?"));
    // One text takes more than 0.6 s, so the ninth in line would be past five seconds.
    assert_eq!(ask("Ann").route, Route::Documents);
    desk.chat.set_crowd(7);
    assert_eq!(ask("Ben").route, Route::Documents, "a free place is used, whatever it takes");
    desk.chat.set_crowd(60);
    let turn = ask("Cleo");
    assert_eq!((turn.route, turn.error), (Route::Quote, None));
    assert!(turn.answer.contains("Refunds take five working"), "{}", turn.answer);
    assert!(turn.timing.total_ms < 500.0, "{:?}", turn.timing);
    assert_eq!(prompts.lock().unwrap().len(), 2);
    desk.chat.set_crowd(0);
    assert_eq!(ask("Dora").route, Route::Documents, "it writes again when they have gone");
}

#[test]
fn one_conversation_cannot_take_the_places_of_the_others() {
    let (desk, _) = desk(Duration::from_millis(150));
    let ask = |conversation: &str, who: &str| {
        let question = format!("{who} asks: how long do refunds take?");
        desk.ask_in(conversation, &question, &mut |_| {})
    };
    std::thread::scope(|scope| {
        let ask = &ask;
        let names = ["Ann", "Ben", "Cleo", "Dora"];
        let greedy = names.map(|who| scope.spawn(move || ask("greedy", who)));
        std::thread::sleep(Duration::from_millis(300));
        let refused = ask("greedy", "Emil").unwrap_err();
        assert_eq!(refused.code, Code::Busy);
        assert!(refused.hint.is_some());
        assert_eq!(ask("other", "Fay").unwrap().route, Route::Documents);
        for turn in greedy {
            assert_eq!(turn.join().unwrap().unwrap().route, Route::Documents);
        }
    });
    assert!(ask("greedy", "Gus").is_ok(), "the places are free again");
}
