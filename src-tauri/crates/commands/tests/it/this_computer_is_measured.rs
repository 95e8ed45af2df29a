//! What can be known of a desk's speed without a model.

use commands::wire::{Code, ComputerCommand, StaffCommand, StaffReply};
use testkit::TestDesk;

fn turns(desk: &TestDesk) -> u32 {
    match desk.manage(StaffCommand::Doctor) {
        Ok(StaffReply::Doctor(doctor)) => doctor.data.turns,
        other => panic!("instead of a report: {other:?}"),
    }
}

#[test]
fn a_question_that_no_model_answers_has_a_cost_and_leaves_no_trace() {
    let desk = TestDesk::shop();
    desk.ask("Do you sell gift cards?");
    let before = turns(&desk);
    let Some(light) = desk.core.light_cost().unwrap() else { return };
    assert_eq!(light.questions % 8, 0, "{light:?}");
    assert!(light.questions > 0, "{light:?}");
    assert!((0.0..1.0).contains(&light.seconds), "{light:?}");
    assert_eq!(turns(&desk), before);
}

#[test]
fn a_desk_without_approved_answers_has_nothing_to_ask() {
    let desk = TestDesk::empty();
    desk.import_text("rules.md", testkit::SHOP_DOCUMENT);
    assert_eq!(desk.core.light_cost().unwrap(), None);
}

#[test]
fn stand_ins_are_not_measured() {
    let desk = TestDesk::shop();
    let command = ComputerCommand::Measure { id: None };
    let error = desk.manage(StaffCommand::Computer(command)).unwrap_err();
    assert_eq!(error.code, Code::Unavailable);
    assert!(error.hint.is_some());
    assert_eq!(desk.core.speed_of("0000").unwrap(), None);
}
