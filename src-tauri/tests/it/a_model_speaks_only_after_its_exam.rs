//! A model speaks only after it passed its exam on this computer.

use commands::wire::{Generation, Route, StaffCommand, StaffReply};
use engine::scripted::ScriptedEngine;
use testkit::TestDesk;

fn sit(desk: &TestDesk) -> (f32, bool) {
    match desk.manage(StaffCommand::SitExam) {
        Ok(StaffReply::Exam(view)) => (view.mark, view.passed),
        other => panic!("an exam has a result, not {other:?}"),
    }
}

#[test]
fn a_model_speaks_only_after_its_exam_and_until_then_the_desk_quotes() {
    let desk = TestDesk::shop();
    assert_eq!(desk.ask("What does a kayak cost for half a day?").route, Route::Quote);
}

#[test]
fn a_model_speaks_only_after_its_exam_so_a_bad_one_never_does() {
    let desk = TestDesk::shop_with_engine(ScriptedEngine::saying("It costs 999 euros in Paris."));
    let (mark, passed) = sit(&desk);
    assert!(mark < 0.7 && !passed, "{mark}");
    assert_eq!(desk.ask("What does a kayak cost for half a day?").route, Route::Quote);
    let desk = desk.reopened();
    assert_eq!(desk.ask("What does a kayak cost for half a day?").route, Route::Quote);
}

#[test]
fn a_model_speaks_only_after_its_exam_unless_staff_switch_it_on_or_off() {
    let desk = TestDesk::shop();
    desk.set_generation(Generation::Always);
    assert_eq!(desk.ask("What does a kayak cost for half a day?").route, Route::Documents);
    desk.set_generation(Generation::Never);
    assert_eq!(desk.ask("What does a kayak cost for half a day?").route, Route::Quote);
}
