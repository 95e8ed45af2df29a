//! Where many ask at once, everybody is answered in time: with shorter prompts, with approved
//! answers as they stand, and with quotes where the model would be too late.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use commands::wire::{Code, Generation, Route};
use engine::scripted::{Script, ScriptedEngine};
use testkit::TestDesk;

const REPLY: &str = "ANSWER: Refunds take five working days.";

/// A question in words that are not those of another.
const WORDINGS: [&str; 6] = [
    "How long do refunds take for returned walking boots?",
    "For returned walking boots, how long do refunds take?",
    "How long do refunds for returned walking boots take?",
    "How long do refunds take for walking boots returned to you?",
    "Refunds for returned walking boots take how long?",
    "How long do your refunds take for returned walking boots?",
];

/// A section that is much longer than a quote.
const LOCKERS: &str = "\
# Lockers

## Lockers in the hall

The hall behind the stairs is painted blue and has two benches where children may sit. Wet umbrellas
are left in the iron stand beside the glass door, never on the wooden floor of the corridor. Every
evening the caretaker walks through the building, closes all windows and turns off the heating. A
locker costs 3 pounds for one day. Bicycles lean against the northern wall of the yard under the
old chestnut tree. On market days the fountain runs until midnight, and musicians play beside it.
The statue of the founder was cast in bronze a century ago and was cleaned by pupils last spring.
";

fn desk(pause: Duration) -> (TestDesk, Arc<Mutex<Vec<String>>>) {
    desk_saying(REPLY, pause)
}

/// A shop whose model says one sentence, and every prompt it was given.
fn desk_saying(reply: &'static str, pause: Duration) -> (TestDesk, Arc<Mutex<Vec<String>>>) {
    let prompts = Arc::new(Mutex::new(Vec::new()));
    let seen = prompts.clone();
    let engine = ScriptedEngine::new(move |request| {
        seen.lock().unwrap().push(request.messages[1].text.clone());
        let pieces = reply.split_inclusive(' ').map(String::from).collect();
        Script { pieces, pause, ..Script::default() }
    });
    let desk = TestDesk::shop_with_engine(engine);
    desk.set_generation(Generation::Always);
    (desk, prompts)
}

#[test]
fn in_a_crowd_the_model_reads_the_quoted_words_alone() {
    let (desk, prompts) =
        desk_saying("ANSWER: A locker costs 3 pounds for one day.", Duration::ZERO);
    desk.import_text("lockers.md", LOCKERS);
    let turn = desk.ask("What does a locker cost for one day?");
    assert_eq!(turn.route, Route::Documents, "{turn:?}");
    desk.chat.set_crowd(2);
    let turn = desk.ask("For one day, what does a locker cost?");
    assert_eq!(turn.route, Route::Documents, "{turn:?}");
    assert_eq!(turn.citations.len(), 1, "{turn:?}");
    let prompts = prompts.lock().unwrap();
    let [alone, crowded] = prompts.as_slice() else { panic!("{prompts:?}") };
    assert!(alone.contains("umbrellas") && !crowded.contains("umbrellas"), "{prompts:?}");
    assert!(crowded.contains("A locker costs 3 pounds"), "{crowded}");
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
    let ask = |wording: usize| desk.ask(WORDINGS[wording]);
    // One text takes more than 0.6 s, so the ninth in line would be past five seconds.
    assert_eq!(ask(0).route, Route::Documents);
    desk.chat.set_crowd(7);
    assert_eq!(ask(1).route, Route::Documents, "a free place is used, whatever it takes");
    desk.chat.set_crowd(60);
    let turn = ask(2);
    assert_eq!((turn.route, turn.error), (Route::Quote, None));
    assert!(turn.answer.contains("Refunds take five working"), "{}", turn.answer);
    assert_eq!(turn.timing.first_token_ms, 0.0, "nobody waits for the model");
    assert_eq!(prompts.lock().unwrap().len(), 2);
    desk.chat.set_crowd(0);
    assert_eq!(ask(3).route, Route::Documents, "it writes again when they have gone");
}

#[test]
fn one_conversation_cannot_take_the_places_of_the_others() {
    let (desk, _) = desk(Duration::from_millis(400));
    let ask = |conversation: &str, wording: usize| {
        desk.ask_in(conversation, WORDINGS[wording], &mut |_| {})
    };
    std::thread::scope(|scope| {
        let ask = &ask;
        let greedy = [0, 1, 2, 3].map(|at| scope.spawn(move || ask("greedy", at)));
        std::thread::sleep(Duration::from_millis(500));
        let refused = ask("greedy", 4).unwrap_err();
        assert_eq!(refused.code, Code::Busy);
        assert!(refused.hint.is_some());
        assert_eq!(ask("other", 5).unwrap().route, Route::Documents);
        for turn in greedy {
            assert_eq!(turn.join().unwrap().unwrap().route, Route::Documents);
        }
    });
    assert!(ask("greedy", 4).is_ok(), "the places are free again");
}
