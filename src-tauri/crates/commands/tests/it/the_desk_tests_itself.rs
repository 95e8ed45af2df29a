//! The shop's own questions run after each change, and say which one broke and why.

use std::time::{Duration, Instant};

use commands::Session;
use commands::wire::{
    Ask, LearningCommand, LearningReply, TestCaseView, TestRunView, VisitorCommand, VisitorReply,
};
use testkit::{SHOP_DOCUMENT, TestDesk};

use crate::a_desk_learns::{approved, learn};

const SUITE: &str = r#"
{"id":"k","kind":"answerable","question":"How much does a kayak cost for half a day?","expect":"answer","gold":["25 pounds"],"source":"rules.md"}
{"id":"g","kind":"answerable","question":"Do you sell gift cards?","expect":"answer","gold":["till"],"expect_route":"faq","expect_source":"faq","expect_faq":"Do you sell gift cards?"}
{"id":"w","kind":"off_topic","question":"Who won the world cup in 1998?","expect":"refuse"}
"#;

fn import(desk: &TestDesk) -> Vec<i64> {
    match learn(&desk.core, LearningCommand::ImportTests { lines: SUITE.into() }) {
        LearningReply::Saved { ids } => ids,
        other => panic!("{other:?}"),
    }
}

fn run(desk: &TestDesk) -> TestRunView {
    match learn(&desk.core, LearningCommand::RunTests) {
        LearningReply::Run(run) => run,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_change_that_breaks_a_question_is_named() {
    let desk = TestDesk::shop();
    assert_eq!(import(&desk), import(&desk), "the same names are the same tests");
    let first = run(&desk);
    assert_eq!((first.asked, first.passed), (3, 3), "{first:#?}");
    desk.import_text("rules.md", &SHOP_DOCUMENT.replace("25 pounds", "30 pounds"));
    let second = run(&desk);
    assert_eq!((second.passed, second.broke.len()), (2, 1), "{second:#?}");
    assert!(
        second.broke[0].question.contains("kayak") && second.broke[0].why.contains("25 pounds")
    );
    assert_eq!(second.changes, ["rules.md: imported again"]);

    let publish = |anyway| {
        let by = String::new();
        let reply = learn(&desk.core, LearningCommand::Publish { name: "x".into(), anyway, by });
        match reply {
            LearningReply::Published { version, run } => (version, run),
            other => panic!("{other:?}"),
        }
    };
    let (version, red) = publish(false);
    assert!(version.is_none() && red.is_some_and(|run| run.failed.len() == 1));
    assert!(publish(true).0.is_some());

    desk.import_text("rules.md", SHOP_DOCUMENT);
    assert_eq!(run(&desk).mended.len(), 1);
}

#[test]
fn the_tests_run_by_themselves_after_a_change() {
    let desk = TestDesk::shop();
    import(&desk);
    let runs = || match learn(&desk.core, LearningCommand::TestRuns { limit: 5 }) {
        LearningReply::Runs { runs } => runs,
        other => panic!("{other:?}"),
    };
    approved(&desk, "Do you tune ukuleles?", "Yes.");
    let deadline = Instant::now() + Duration::from_secs(30);
    while runs().is_empty() {
        assert!(Instant::now() < deadline, "no run in half a minute");
        std::thread::sleep(Duration::from_millis(50));
    }
    let found = runs();
    assert_eq!((found[0].reason.as_str(), found[0].passed), ("the knowledge changed", 3));
}

#[test]
fn a_turn_becomes_a_test_that_passes_and_a_suite_goes_round() {
    let desk = TestDesk::shop();
    for question in
        ["Do you sell gift cards?", "How much is a kayak for half a day?", "Who won the cup?"]
    {
        let turn_id = desk.ask(question).turn_id;
        learn(&desk.core, LearningCommand::TestFromTurn { turn_id });
    }
    let cases = |desk: &TestDesk| match learn(&desk.core, LearningCommand::TestCases) {
        LearningReply::Cases { cases } => cases,
        other => panic!("{other:?}"),
    };
    assert_eq!(cases(&desk).len(), 3);
    let result = run(&desk);
    assert_eq!(result.passed, 3, "{result:#?}");
    let LearningReply::Suite { lines } = learn(&desk.core, LearningCommand::ExportTests) else {
        panic!()
    };
    let other = TestDesk::shop();
    learn(&other.core, LearningCommand::ImportTests { lines });
    assert_eq!(run(&other).passed, 3);
    let case = TestCaseView { question: "parking".into(), ..TestCaseView::default() };
    let LearningReply::Saved { ids } = learn(&desk.core, LearningCommand::SaveTestCase { case })
    else {
        panic!()
    };
    learn(&desk.core, LearningCommand::RemoveTestCase { id: ids[0] });
    assert_eq!(cases(&desk).len(), 3);
}

#[test]
fn a_test_leaves_no_trace() {
    let desk = TestDesk::shop();
    import(&desk);
    run(&desk);
    let LearningReply::Inbox { clusters } = learn(&desk.core, LearningCommand::GapInbox) else {
        panic!()
    };
    assert!(clusters.is_empty(), "a refused test is no gap: {clusters:?}");
    let ask = Ask { question: "When do you open?".into(), ..Ask::default() };
    let reply = desk.core.visit(&Session::visitor("v"), VisitorCommand::Ask(ask), &mut |_| {});
    let Ok(VisitorReply::Turn(turn)) = reply else { panic!() };
    assert_eq!(turn.turn_id, 1, "no turn was saved before");
}
