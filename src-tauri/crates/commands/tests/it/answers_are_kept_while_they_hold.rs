//! A kept answer is the same bytes, made once, and gone as soon as anything it hangs on changes.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use commands::Session;
use commands::wire::{
    Ask, Caution, FaqStatus, Generation, Route, SettingsChange, StaffCommand, StaffReply, Turn,
    TurnEvent, VisitorCommand, VisitorReply,
};
use engine::scripted::{Script, ScriptedEngine};
use testkit::{SHOP_DOCUMENT, TestDesk};

const QUESTION: &str = "What does a kayak cost for half a day?";
const REPLY: &str = "A kayak costs 25 pounds for half a day.";

/// A shop whose model says one true sentence, and how often it was asked.
fn desk(pause: Duration) -> (TestDesk, Arc<AtomicUsize>) {
    let asked = Arc::new(AtomicUsize::new(0));
    let count = asked.clone();
    let engine = ScriptedEngine::new(move |_| {
        count.fetch_add(1, Ordering::SeqCst);
        let pieces = REPLY.split_inclusive(' ').map(String::from).collect();
        Script { pieces, pause, ..Script::default() }
    });
    let desk = TestDesk::shop_with_engine(engine);
    desk.set_generation(Generation::Always);
    (desk, asked)
}

fn times(asked: &AtomicUsize) -> usize {
    asked.load(Ordering::SeqCst)
}

fn ask_as(desk: &TestDesk, id: &str, tell: &mut dyn FnMut(TurnEvent)) -> Turn {
    let ask = Ask { ask_id: id.into(), question: QUESTION.into(), ..Ask::default() };
    match desk.core.visit(&Session::visitor(id), VisitorCommand::Ask(ask), tell) {
        Ok(VisitorReply::Turn(turn)) => *turn,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_same_question_is_answered_once_and_shown_byte_for_byte() {
    let (desk, asked) = desk(Duration::from_millis(2));
    let first = desk.ask(QUESTION);
    assert_eq!(first.route, Route::Documents, "{first:?}");
    for wording in [
        QUESTION,
        "what does a kayak cost for half a day",
        "Hi, what does the kayak cost for half a day please?",
    ] {
        let again = desk.ask(wording);
        assert_eq!(again.route, Route::Cache, "{again:?}");
        assert_eq!(again.answer, first.answer);
        assert_eq!(
            serde_json::to_string(&again.citations).unwrap(),
            serde_json::to_string(&first.citations).unwrap()
        );
        assert_eq!(again.tokens.generated, 0);
        assert!(again.timing.total_ms < first.timing.total_ms, "{again:?}");
    }
    assert_eq!(times(&asked), 1);
    // A citation of a kept answer opens like any other.
    let turn_id = desk.ask(QUESTION).turn_id;
    let open = VisitorCommand::OpenSource { turn_id, n: 1 };
    assert!(desk.core.visit(&Session::visitor("v"), open, &mut |_| {}).is_ok());
}

#[test]
fn a_kept_answer_outlives_a_restart_but_not_another_engine_setting() {
    let (desk, _) = desk(Duration::ZERO);
    desk.ask(QUESTION);
    let desk = desk.reopened();
    assert_eq!(desk.ask(QUESTION).route, Route::Cache);
    let change = SettingsChange { caution: Some(Caution::Talkative), ..SettingsChange::default() };
    desk.manage(StaffCommand::ChangeSettings(change)).unwrap();
    assert_ne!(desk.ask(QUESTION).route, Route::Cache);
}

#[test]
fn a_changed_document_takes_its_answers_with_it() {
    let (desk, asked) = desk(Duration::ZERO);
    desk.ask(QUESTION);
    desk.import_text("rules.md", &SHOP_DOCUMENT.replace("25 pounds", "29 pounds"));
    let turn = desk.ask(QUESTION);
    assert_ne!(turn.route, Route::Cache, "{turn:?}");
    assert!(!turn.answer.contains("25 pounds"), "{turn:?}");
    assert_eq!(times(&asked), 2);
}

#[test]
fn a_removed_document_takes_its_answers_with_it() {
    let (desk, _) = desk(Duration::ZERO);
    desk.ask(QUESTION);
    let StaffReply::Sources { sources } = desk.manage(StaffCommand::Sources).unwrap() else {
        panic!("sources are sources");
    };
    let id = sources.iter().find(|source| source.source == "rules.md").unwrap().id;
    desk.manage(StaffCommand::RemoveSource { id }).unwrap();
    let turn = desk.ask(QUESTION);
    assert!(matches!(turn.route, Route::Refused | Route::DidYouMean), "{turn:?}");
}

#[test]
fn a_document_that_has_nothing_to_do_with_it_leaves_it_kept() {
    let (desk, asked) = desk(Duration::ZERO);
    desk.ask(QUESTION);
    desk.import_text("menu.md", "# Menu\n\nThe soup of the day is lentil soup with bread.\n");
    assert_eq!(desk.ask(QUESTION).route, Route::Cache);
    assert_eq!(times(&asked), 1);
}

#[test]
fn an_approved_answer_to_the_question_wins_over_a_kept_one() {
    let (desk, _) = desk(Duration::ZERO);
    desk.ask(QUESTION);
    let add = StaffCommand::AddFaq {
        question: QUESTION.into(),
        answer: "Ask at the till.".into(),
        alternatives: Vec::new(),
    };
    let StaffReply::Added { id } = desk.manage(add).unwrap() else { panic!("an answer has an id") };
    desk.core.settle();
    assert_eq!(desk.ask(QUESTION).route, Route::Cache, "a draft changes nothing");
    let approve = StaffCommand::SetFaqStatus { id, status: FaqStatus::Approved };
    desk.manage(approve).unwrap();
    desk.core.settle();
    let turn = desk.ask(QUESTION);
    assert_eq!(turn.route, Route::Faq, "{turn:?}");
    let retire = StaffCommand::SetFaqStatus { id, status: FaqStatus::Retired };
    desk.manage(retire).unwrap();
    let turn = desk.ask(QUESTION);
    assert!(!turn.answer.contains("till"), "{turn:?}");
}

#[test]
fn a_thumb_down_and_staff_take_an_answer_away() {
    let (desk, asked) = desk(Duration::ZERO);
    let turn_id = desk.ask(QUESTION).turn_id;
    desk.manage(StaffCommand::ForgetAnswer { turn_id }).unwrap();
    let turn = desk.ask(QUESTION);
    assert_eq!((turn.route, times(&asked)), (Route::Documents, 2));
    let down = VisitorCommand::Rate {
        turn_id: desk.ask(QUESTION).turn_id,
        helpful: false,
        note: "too short".into(),
    };
    desk.core.visit(&Session::visitor("v"), down, &mut |_| {}).unwrap();
    // It is not kept again either: the same passages would give the same answer.
    assert_eq!(desk.ask(QUESTION).route, Route::Documents);
    assert_eq!(desk.ask(QUESTION).route, Route::Documents);
    assert_eq!(times(&asked), 4);
}

#[test]
fn refusals_follow_ups_and_personal_questions_are_not_kept() {
    let (desk, asked) = desk(Duration::ZERO);
    for question in ["Do you sell submarines?", "Do you sell submarines?"] {
        let turn = desk.ask(question);
        assert!(matches!(turn.route, Route::Refused | Route::DidYouMean), "{turn:?}");
    }
    let before = times(&asked);
    for _ in 0..2 {
        desk.ask("What does a kayak cost for half a day, 10423?");
    }
    assert_eq!(times(&asked), before + 2);
    desk.ask_in("c1", "How long can walking boots be returned?", &mut |_| {}).unwrap();
    for _ in 0..2 {
        let turn =
            desk.ask_in("c1", "and what does a kayak cost for half a day?", &mut |_| {}).unwrap();
        assert_ne!(turn.route, Route::Cache, "{turn:?}");
    }
}

#[test]
fn identical_questions_at_once_share_one_answer() {
    let (desk, asked) = desk(Duration::from_millis(25));
    let turns: Vec<(Turn, Vec<String>)> = std::thread::scope(|scope| {
        let ask = |id: &'static str, late: u64| {
            let desk = &desk;
            scope.spawn(move || {
                std::thread::sleep(Duration::from_millis(late));
                let mut heard = Vec::new();
                let turn = ask_as(desk, id, &mut |event| {
                    if let TurnEvent::Token { text } = event {
                        heard.push(text);
                    }
                });
                (turn, heard)
            })
        };
        let riders = [ask("one", 0), ask("two", 60), ask("three", 90)];
        riders.into_iter().map(|rider| rider.join().unwrap()).collect()
    });
    assert_eq!(times(&asked), 1);
    for (turn, heard) in &turns {
        assert_eq!(turn.route, Route::Documents);
        assert_eq!(turn.answer, REPLY);
        assert_eq!(heard.concat(), REPLY, "everybody hears it from the start");
    }
    let mut ids: Vec<i64> = turns.iter().map(|(turn, _)| turn.turn_id).collect();
    ids.dedup();
    assert_eq!(ids.len(), 3, "every visitor has a turn of their own");
}

#[test]
fn a_shared_answer_goes_on_when_who_asked_first_leaves() {
    let (desk, asked) = desk(Duration::from_millis(40));
    std::thread::scope(|scope| {
        let desk = &desk;
        let first = scope.spawn(move || ask_as(desk, "one", &mut |_| {}));
        let second = scope.spawn(move || {
            std::thread::sleep(Duration::from_millis(60));
            ask_as(desk, "two", &mut |_| {})
        });
        std::thread::sleep(Duration::from_millis(140));
        desk.core.cancel(&Session::visitor("one"), "one");
        let left = first.join().unwrap();
        assert!(left.interrupted && left.answer.len() < REPLY.len(), "{left:?}");
        let stayed = second.join().unwrap();
        assert_eq!((stayed.answer.as_str(), stayed.interrupted), (REPLY, false));
    });
    assert_eq!(times(&asked), 1);
    assert_eq!(ask_as(&desk, "three", &mut |_| {}).route, Route::Cache);
}

#[test]
fn an_answer_that_everybody_left_is_not_kept() {
    let (desk, asked) = desk(Duration::from_millis(40));
    std::thread::scope(|scope| {
        let desk = &desk;
        let first = scope.spawn(move || ask_as(desk, "one", &mut |_| {}));
        std::thread::sleep(Duration::from_millis(100));
        desk.core.cancel(&Session::visitor("one"), "one");
        assert!(first.join().unwrap().interrupted);
    });
    assert_eq!(ask_as(&desk, "two", &mut |_| {}).route, Route::Documents);
    assert_eq!(times(&asked), 2);
}
