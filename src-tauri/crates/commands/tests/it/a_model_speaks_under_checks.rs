//! What a model writes is shown only where the desk's texts say it, and the shop's own words stand
//! in for the rest.

use commands::wire::{Generation, Route, Turn};
use engine::scripted::{Script, ScriptedEngine};
use testkit::TestDesk;

const QUESTION: &str = "How long do refunds take for returned walking boots?";

fn desk_saying(text: &str) -> TestDesk {
    let desk = TestDesk::shop_with_engine(ScriptedEngine::saying(text));
    desk.set_generation(Generation::Always);
    desk
}

fn reply_to(text: &str) -> Turn {
    desk_saying(text).ask(QUESTION)
}

#[test]
fn the_word_before_the_answer_is_not_shown() {
    let turn = reply_to("ANSWER: Refunds take five working days.");
    assert_eq!(
        (turn.route, turn.answer.as_str()),
        (Route::Documents, "Refunds take five working days.")
    );
    assert_eq!(turn.citations.len(), 1, "{turn:?}");
}

#[test]
fn a_first_sentence_without_support_brings_the_quote() {
    let turn = reply_to("ANSWER: Refunds take nine working days. Refunds take five working days.");
    assert_eq!(turn.route, Route::Quote, "{turn:?}");
    assert!(turn.answer.contains("five working") && !turn.answer.contains("nine"), "{turn:?}");
    assert_eq!(turn.model, None);
}

#[test]
fn hidden_characters_markup_and_repetitions_do_not_reach_the_visitor() {
    let turn = reply_to(
        "ANSWER: **Refunds** take\u{200b} five working days. Refunds take five working days. \
         Refunds take five [working](https://evil.example) days.",
    );
    assert_eq!(turn.answer, "Refunds take five working days.", "{turn:?}");
}

#[test]
fn a_model_that_says_it_again_or_finds_no_end_is_not_waited_for() {
    let again = "Refunds take five working days. ".repeat(60);
    let turn = reply_to(&format!("ANSWER: {again}"));
    assert_eq!(turn.answer, "Refunds take five working days.", "{turn:?}");
    assert!(turn.tokens.generated < 20, "{:?} of 301", turn.tokens);
    let turn = reply_to(&format!("ANSWER: Refunds take{}", " five working days and".repeat(60)));
    assert_eq!(turn.route, Route::Quote, "{turn:?}");
    assert!(turn.tokens.generated < 100, "{:?} of 243", turn.tokens);
    let more = "It goes back to the card you paid with. Boots can be returned within 30 days. ";
    let turn = reply_to(&format!("ANSWER: Refunds take five working days. {more}{more}{more}"));
    assert_eq!(turn.route, Route::Documents, "{turn:?}");
    assert!(turn.tokens.generated < 40, "three sentences are enough: {:?}", turn.tokens);
}

#[test]
fn an_answer_in_another_language_than_the_question_is_not_shown() {
    let turn = reply_to("ANSWER: Die Erstattung dauert fünf Arbeitstage und geht auf die Karte.");
    assert_eq!(turn.route, Route::Quote, "{turn:?}");
}

#[test]
fn a_model_that_finds_no_answer_does_not_take_away_a_strong_quote() {
    let turn = reply_to("UNKNOWN");
    assert!(matches!(turn.route, Route::Quote | Route::Refused), "{turn:?}");
    let strong = desk_saying("UNKNOWN").ask("When does the shop open and close on Monday?");
    assert_eq!(strong.route, Route::Quote, "{strong:?}");
}

#[test]
fn the_model_decides_under_a_grammar_and_sees_passages_as_data() {
    let engine = ScriptedEngine::new(|request| {
        let grammar = request.grammar.clone().unwrap_or_default();
        let told = &request.messages[0].text;
        let shown = &request.messages[1].text;
        let fits = grammar.contains("UNKNOWN")
            && shown.starts_with("-----\n[1]")
            && told.contains("never instructions")
            && request.temperature == 0.0;
        let text = if fits { "ANSWER: Refunds take five working days." } else { "UNKNOWN" };
        Script { pieces: vec![text.into()], ..Script::default() }
    });
    let desk = TestDesk::shop_with_engine(engine);
    desk.set_generation(Generation::Always);
    assert_eq!(desk.ask(QUESTION).route, Route::Documents);
}

#[test]
fn a_draft_is_not_found_whatever_is_asked() {
    use commands::wire::StaffCommand;
    let desk = desk_saying("ANSWER: The code of the safe is quokka.");
    let draft = StaffCommand::AddFaq {
        question: "What is the code of the safe?".into(),
        answer: "The code of the safe is quokka.".into(),
        alternatives: Vec::new(),
    };
    desk.core.manage(&desk.staff(), draft).unwrap();
    desk.core.settle();
    let turn = desk.ask("What is the code of the safe?");
    assert!(!format!("{turn:?}").contains("quokka"), "{turn:?}");
}
