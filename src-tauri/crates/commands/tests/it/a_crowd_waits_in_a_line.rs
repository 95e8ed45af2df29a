//! Who asks while the model is full waits in a bounded room, hears how many come first, and takes
//! nothing from those who need no model.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use commands::wire::{
    ActivateOrders, Ask, Code, Generation, Route, StaffCommand, Turn, TurnEvent, VerifyOrder,
    VisitorCommand, VisitorReply,
};
use commands::{NotReady, Session};
use engine::scripted::{Script, ScriptedEngine};
use testkit::TestDesk;

const REPLY: &str = "ANSWER: Refunds take five working days.";

/// Questions that the model answers, each in its own words.
const OPEN: [&str; 5] = [
    "How long do refunds take for returned walking boots?",
    "For returned walking boots, how long do refunds take?",
    "How long do refunds for returned walking boots take?",
    "How long do refunds take for walking boots returned to you?",
    "Refunds for returned walking boots take how long?",
];

/// A shop whose model has two slots and pauses so long before each of its seven words.
fn desk(pause: Duration, room: usize) -> TestDesk {
    let engine = ScriptedEngine::new(move |_| {
        let pieces = REPLY.split_inclusive(' ').map(String::from).collect();
        Script { pieces, pause, ..Script::default() }
    });
    engine.set_slots(2);
    let desk = TestDesk::shop_with_engine(engine);
    desk.set_generation(Generation::Always);
    desk.core.hold_waiting(room);
    desk
}

/// Asks in a conversation of its own until somebody says that it has gone.
fn ask_until(
    desk: &TestDesk,
    question: &str,
    gone: &Arc<AtomicBool>,
    tell: &mut dyn FnMut(TurnEvent),
) -> Result<Turn, commands::wire::ApiError> {
    let ask = Ask {
        ask_id: "same for all".into(),
        question: question.into(),
        conversation: None,
        language: None,
    };
    let visitor = Session::visitor("test");
    match desk.core.visit_until(&visitor, VisitorCommand::Ask(ask), gone.clone(), tell)? {
        VisitorReply::Turn(turn) => Ok(*turn),
        other => panic!("a question is answered by a turn, not by {other:?}"),
    }
}

fn until(desk: &TestDesk, taken: usize, waiting: usize) -> Duration {
    let began = Instant::now();
    loop {
        let fullness = desk.core.load().fullness;
        if (fullness.taken, fullness.waiting) == (taken, waiting) {
            return began.elapsed();
        }
        assert!(began.elapsed() < Duration::from_secs(10), "{fullness:?}");
        std::thread::sleep(Duration::from_millis(1));
    }
}

#[test]
fn who_needs_no_model_waits_for_nobody() {
    let desk = desk(Duration::from_millis(900), 1);
    let orders = "order,postcode,status\nHO-104106,EH1 1AA,shipped\nHO-104107,EH1 1AB,new\n";
    let from = desk.write("orders.csv", orders.as_bytes()).display().to_string();
    let map = ["order=number", "postcode=postcode", "status=status"].map(String::from).to_vec();
    let orders = ActivateOrders { from, map, ..ActivateOrders::default() };
    desk.manage(StaffCommand::ActivateOrders(orders)).unwrap();
    let kept = "How many days do refunds for boots take?";
    assert_eq!(desk.ask(kept).route, Route::Documents);
    std::thread::scope(|scope| {
        for question in &OPEN[..3] {
            scope.spawn(|| desk.ask(question));
        }
        until(&desk, 2, 1);
        assert_eq!(desk.ask("Do you sell gift cards?").route, Route::Faq);
        assert_eq!(desk.ask(kept).route, Route::Cache);
        assert_eq!(desk.ask("Hello").route, Route::Smalltalk);
        let order = desk.ask("Where is my order?");
        assert_eq!(order.route, Route::Order, "{order:?}");
        let order = VerifyOrder {
            number: "HO-104106".into(),
            proof: "EH1 1AA".into(),
            conversation: None,
            language: None,
        };
        let visitor = Session::visitor("test");
        let order = desk.core.visit(&visitor, VisitorCommand::VerifyOrder(order), &mut |_| {});
        assert!(order.is_ok(), "{order:?}");
        assert_eq!(desk.core.load().fullness.waiting, 1, "all slots are still taken");
        assert_eq!(desk.core.not_ready(0), None, "a full desk is ready");
    });
}

#[test]
fn who_waits_hears_how_many_come_first_and_is_answered() {
    let desk = desk(Duration::from_millis(60), 8);
    std::thread::scope(|scope| {
        for (at, question) in OPEN[..4].iter().enumerate() {
            let desk = &desk;
            scope.spawn(move || desk.ask(question));
            until(desk, (at + 1).min(2), at.saturating_sub(1));
        }
        let mut ahead = Vec::new();
        let turn = desk.ask_in("", OPEN[4], &mut |event| {
            if let TurnEvent::Waiting { ahead: now } = event {
                ahead.push(now);
            }
        });
        assert_eq!(turn.unwrap().route, Route::Documents);
        assert_eq!(ahead.first(), Some(&2), "{ahead:?}");
        assert!(ahead.is_sorted_by(|a, b| a > b), "{ahead:?}");
    });
    let load = desk.core.load();
    assert_eq!((load.fullness.taken, load.fullness.waiting, load.questions), (0, 0, 0));
    assert_eq!(load.figures.first_word.count, 5, "every answer had a first word");
    assert!(load.figures.between.count >= 5, "{:?}", load.figures.between);
    assert!(load.figures.written_tokens > 0);
}

#[test]
fn a_full_room_is_a_polite_no_with_a_time() {
    let desk = desk(Duration::from_millis(60), 1);
    std::thread::scope(|scope| {
        for question in &OPEN[..3] {
            scope.spawn(|| desk.ask(question));
        }
        until(&desk, 2, 1);
        let mut heard = Vec::new();
        let began = Instant::now();
        let refused = desk.ask_in("", OPEN[3], &mut |event| heard.push(event)).unwrap_err();
        assert!(began.elapsed() < Duration::from_millis(300), "{:?}", began.elapsed());
        assert_eq!(refused.code, Code::Busy);
        assert!(refused.hint.unwrap().contains("second"), "it says when");
        assert!(matches!(heard[..], [TurnEvent::Failed { .. }]), "{heard:?}");
        assert!((1..=3).contains(&desk.core.retry_seconds()));
    });
    assert_eq!(desk.core.load().figures.busy, 1);
    assert_eq!(desk.ask(OPEN[3]).route, Route::Documents, "there is room again");
}

#[test]
fn who_goes_away_takes_no_place_running_or_waiting() {
    let desk = desk(Duration::from_millis(700), 2);
    let gone = [(); 3].map(|()| Arc::new(AtomicBool::new(false)));
    std::thread::scope(|scope| {
        for (question, gone) in OPEN.iter().zip(&gone) {
            let desk = &desk;
            scope.spawn(move || ask_until(desk, question, gone, &mut |_| {}));
        }
        until(&desk, 2, 1);
        gone[2].store(true, Ordering::Release);
        gone[1].store(true, Ordering::Release);
        gone[0].store(true, Ordering::Release);
        let took = until(&desk, 0, 0);
        assert!(took < Duration::from_secs(1), "{took:?}");
    });
    assert_eq!(desk.core.load().questions, 0);
}

#[test]
fn a_caller_with_the_same_number_is_not_stopped_by_another_who_leaves() {
    let desk = desk(Duration::from_millis(60), 2);
    let [stays, leaves] = [(); 2].map(|()| Arc::new(AtomicBool::new(false)));
    std::thread::scope(|scope| {
        let staying = scope.spawn(|| ask_until(&desk, OPEN[0], &stays, &mut |_| {}));
        let leaving = scope.spawn(|| ask_until(&desk, OPEN[1], &leaves, &mut |_| {}));
        until(&desk, 2, 0);
        leaves.store(true, Ordering::Release);
        assert!(leaving.join().unwrap().unwrap().interrupted);
        let turn = staying.join().unwrap().unwrap();
        assert!(!turn.interrupted && turn.answer.contains("five working days"), "{turn:?}");
    });
}

#[test]
fn a_desk_says_whether_to_send_visitors() {
    let desk = desk(Duration::ZERO, 1);
    let version = desk.core.load().knowledge_version;
    assert!(version > 0);
    assert_eq!(desk.core.not_ready(version), None);
    let wants = version + 1;
    let old = NotReady::OldKnowledge { has: version, wants };
    assert_eq!(desk.core.not_ready(wants), Some(old));
    desk.import_text("more.md", "# More\n\nThe shop has a lift.\n");
    assert_eq!(desk.core.not_ready(wants), None);
    desk.chat.set_down(true);
    assert_eq!(
        desk.core.not_ready(0),
        None,
        "approved answers and documents answer without a model"
    );
    desk.embedder.set_down(true);
    assert_eq!(desk.core.not_ready(0), Some(NotReady::NoSearch));
}
