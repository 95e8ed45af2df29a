//! Yesterday's knowledge comes back in one command.

use commands::wire::{LearningCommand, LearningReply, StaffCommand, StaffReply, VersionView};
use testkit::{SHOP_DOCUMENT, TestDesk};

use crate::a_desk_learns::{approved, learn};

fn publish(desk: &TestDesk, name: &str) -> VersionView {
    let publish = LearningCommand::Publish { name: name.into(), anyway: false, by: String::new() };
    match learn(&desk.core, publish) {
        LearningReply::Published { version: Some(version), .. } => version,
        other => panic!("{other:?}"),
    }
}

fn roll_back(desk: &TestDesk, version: i64) {
    learn(&desk.core, LearningCommand::RollBack { version, by: String::new() });
    desk.core.settle();
}

fn versions(desk: &TestDesk) -> Vec<VersionView> {
    match learn(&desk.core, LearningCommand::Versions) {
        LearningReply::Versions { versions } => versions,
        other => panic!("{other:?}"),
    }
}

#[test]
fn documents_and_answers_come_back_and_the_step_can_be_taken_back() {
    let desk = TestDesk::shop();
    let id = approved(&desk, "Do you tune ukuleles?", "Yes, on Mondays.");
    let kayak = "How much does a kayak cost for half a day?";
    let before = desk.ask(kayak).answer;
    assert!(before.contains("25 pounds"), "{before}");
    let friday = publish(&desk, "Friday");
    assert_eq!((friday.faqs, friday.sources), (3, 2));

    desk.import_text("rules.md", &SHOP_DOCUMENT.replace("25 pounds", "99 pounds"));
    learn(&desk.core, LearningCommand::RetireFaq { id, by: String::new() });
    approved(&desk, "Where is the sauna?", "Upstairs.");
    assert!(desk.ask(kayak).answer.contains("99 pounds"));
    roll_back(&desk, friday.id);
    assert_eq!(desk.ask(kayak).answer, before);
    assert_eq!(desk.ask("Do you tune ukuleles?").answer, "Yes, on Mondays.");
    assert!(desk.ask("Where is the sauna?").citations.is_empty());

    let undo = versions(&desk).remove(0);
    assert!(undo.name.contains("Friday"), "{undo:?}");
    roll_back(&desk, undo.id);
    assert!(desk.ask(kayak).answer.contains("99 pounds"));
    assert_eq!(desk.ask("Where is the sauna?").answer, "Upstairs.");
}

#[test]
fn a_document_that_was_removed_comes_back_after_a_restart() {
    let desk = TestDesk::shop();
    let version = publish(&desk, "all");
    let Ok(StaffReply::Sources { sources }) = desk.manage(StaffCommand::Sources) else { panic!() };
    for source in &sources {
        desk.manage(StaffCommand::RemoveSource { id: source.id }).expect("it is there");
    }
    let parking = "Is there parking at the shop?";
    assert!(desk.ask(parking).citations.is_empty());
    let desk = desk.reopened();
    roll_back(&desk, version.id);
    assert!(desk.ask(parking).answer.contains("twelve"));
    let Ok(StaffReply::Sources { sources: again }) = desk.manage(StaffCommand::Sources) else {
        panic!()
    };
    assert_eq!(again.len(), sources.len());
    for (before, after) in sources.iter().zip(&again) {
        assert_eq!(
            (before.id, before.passages, before.faqs),
            (after.id, after.passages, after.faqs)
        );
        assert_eq!(before.embedded, after.embedded, "it is found by meaning again");
    }
}
