//! Approved answers are shown word for word.

use commands::wire::{FaqStatus, Generation, Route, StaffCommand, StaffReply};
use engine::scripted::ScriptedEngine;
use testkit::TestDesk;

const ANSWER: &str = "Yes, gift cards are sold at the till from 10 pounds.";

#[test]
fn approved_answers_are_shown_word_for_word_without_a_model() {
    let desk = TestDesk::shop_with_engine(ScriptedEngine::saying("Gift cards cost nothing."));
    desk.set_generation(Generation::Always);
    for question in ["Do you sell gift cards?", "do you sell gift cards", "Can I buy a voucher?"] {
        let turn = desk.ask(question);
        assert_eq!((turn.route, turn.answer.as_str()), (Route::Faq, ANSWER), "{question}");
        assert_eq!(turn.tokens.generated, 0);
    }
}

#[test]
fn approved_answers_are_shown_word_for_word_and_drafts_are_not_shown() {
    let desk = TestDesk::shop();
    let question = "Do you repair umbrellas?";
    let add = StaffCommand::AddFaq {
        question: question.into(),
        answer: "Umbrellas are repaired while you wait.".into(),
        alternatives: vec![],
    };
    let Ok(StaffReply::Added { id }) = desk.manage(add) else { panic!("a draft is added") };
    desk.core.settle();
    assert_ne!(desk.ask(question).route, Route::Faq);
    let set = |status| desk.manage(StaffCommand::SetFaqStatus { id, status }).expect("it exists");
    set(FaqStatus::Approved);
    desk.core.settle();
    let turn = desk.ask(question);
    assert_eq!(turn.answer, "Umbrellas are repaired while you wait.", "{turn:?}");
    set(FaqStatus::Retired);
    assert_ne!(desk.ask(question).route, Route::Faq);
}
