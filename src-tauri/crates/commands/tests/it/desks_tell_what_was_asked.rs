//! What visitors asked on one node reaches the desk that learns, once and masked.

use commands::ExportedTurn;
use commands::wire::{StaffCommand, StaffReply};
use testkit::TestDesk;

const UNKNOWN: &str = "Do you repair telescopes? My mail is anna@example.org";

fn exported(desk: &TestDesk, after: i64) -> (Vec<ExportedTurn>, i64) {
    let mut turns = Vec::new();
    let up_to = desk.core.export_turns(after, 0, &mut |turn| {
        turns.push(turn);
        Ok(())
    });
    (turns, up_to.unwrap())
}

/// A conversation counts as silent when its last second is over.
fn wait_a_second() {
    std::thread::sleep(std::time::Duration::from_millis(1_100));
}

fn gaps(desk: &TestDesk) -> Vec<String> {
    match desk.manage(StaffCommand::Gaps).unwrap() {
        StaffReply::Gaps { gaps } => gaps.into_iter().map(|gap| gap.question).collect(),
        other => panic!("gaps are gaps, not {other:?}"),
    }
}

#[test]
fn what_was_asked_is_exported_from_where_the_last_export_ended() {
    let node = TestDesk::shop();
    node.ask_in("one", "Do you sell gift cards?", &mut |_| {}).unwrap();
    node.ask_in("two", UNKNOWN, &mut |_| {}).unwrap();
    wait_a_second();
    let (turns, up_to) = exported(&node, 0);
    assert_eq!(turns.len(), 2);
    assert_eq!(turns[0].route, "faq");
    assert!(!turns[1].question.contains("anna@"), "{}", turns[1].question);
    assert_eq!(turns[1].gaps.len(), 1, "{:?}", turns[1]);
    assert!(turns.iter().all(|turn| turn.conversation.len() == 32), "the number itself is a key");
    assert_ne!(turns[0].conversation, turns[1].conversation);
    assert_eq!(exported(&node, up_to), (vec![], up_to));
    node.ask_in("three", "Is there parking at the shop?", &mut |_| {}).unwrap();
    assert_eq!(exported(&node, up_to).0.len(), 0, "somebody may still be talking");
    wait_a_second();
    assert_eq!(exported(&node, up_to).0.len(), 1);
}

#[test]
fn a_desk_takes_each_turn_in_once_and_learns_from_it() {
    let (node, desk) = (TestDesk::shop(), TestDesk::shop());
    node.ask_in("one", UNKNOWN, &mut |_| {}).unwrap();
    wait_a_second();
    let (turns, _) = exported(&node, 0);
    for turn in &turns {
        assert!(desk.core.collect_turn(turn.clone()).unwrap());
        assert!(!desk.core.collect_turn(turn.clone()).unwrap(), "it is known by now");
    }
    let learned = gaps(&desk);
    assert_eq!(learned.len(), 1, "{learned:?}");
    assert!(learned[0].contains("telescopes") && !learned[0].contains("anna"), "{learned:?}");
    assert!(!node.core.collect_turn(turns[0].clone()).unwrap(), "its own it has");
}

#[test]
fn a_line_that_is_no_exported_turn_is_refused() {
    let desk = TestDesk::shop();
    let good = ExportedTurn {
        node: "a1".into(),
        turn: 1,
        conversation: "c1".into(),
        question: "Why?".into(),
        route: "refused".into(),
        ..ExportedTurn::default()
    };
    let check = |change: &dyn Fn(&mut ExportedTurn)| {
        let mut turn = good.clone();
        change(&mut turn);
        let refused = desk.core.collect_turn(turn).unwrap_err();
        assert!(refused.message.contains("no exported turn"), "{}", refused.message);
    };
    check(&|turn| turn.node = String::new());
    check(&|turn| turn.node = "../a".into());
    check(&|turn| turn.conversation = "a b".into());
    check(&|turn| turn.turn = 0);
    check(&|turn| turn.route = "anything".into());
    check(&|turn| turn.question = "x".repeat(20_001));
    check(&|turn| turn.sources = vec![String::new(); 51]);
    assert!(desk.core.collect_turn(good.clone()).unwrap());
}
