//! Grading, with engines whose answers are known.

use engine::scripted::{Script, ScriptedEngine};

use super::*;

fn spoken(text: &str, unknown: bool) -> Spoken {
    Spoken { text: text.into(), raw: text.into(), unknown, ..Spoken::default() }
}

fn check(expected: Expected, text: &str, unknown: bool, right: bool) {
    assert_eq!(is_right(&spoken(text, unknown), expected), right, "{expected:?} {text:?}");
}

#[test]
fn a_reply_is_right_by_its_facts() {
    check(Expected::Holds(&["10:00", "ten"]), "It opens at 10:00.", false, true);
    check(Expected::Holds(&["10:00"]), "It opens at 9:00.", false, false);
    check(Expected::Holds(&["10:00"]), "", true, false);
    check(Expected::Unknown, "", true, true);
    check(Expected::Unknown, "", false, true);
    check(Expected::Unknown, "The cook is Ada.", false, false);
    let trap = Expected::Trap { right: &["closed"], wrong: &["10:00"] };
    check(trap, "It is closed on Mondays.", false, true);
    check(trap, "It is closed, but opens at 10:00.", false, false);
    check(trap, "I cannot say.", false, false);
}

#[test]
fn the_paper_has_forty_questions_whose_facts_stand_in_its_passages() {
    assert_eq!(QUESTIONS.len(), 40);
    let kinds = |wanted: fn(&Expected) -> bool| {
        QUESTIONS.iter().filter(|(_, _, expected)| wanted(expected)).count()
    };
    assert_eq!(kinds(|expected| matches!(expected, Expected::Holds(_))), 20);
    assert_eq!(kinds(|expected| matches!(expected, Expected::Unknown)), 10);
    for (question, numbers, expected) in QUESTIONS {
        let Expected::Holds(facts) = expected else { continue };
        let evidence: String = numbers.iter().map(|n| PASSAGES[*n].1.to_lowercase()).collect();
        let found = facts.iter().any(|fact| evidence.contains(&fact.to_lowercase()));
        assert!(found, "{question}");
    }
}

fn sit_with(engine: &ScriptedEngine) -> ExamResult {
    let mut result = ExamResult::default();
    for (question, numbers, expected) in QUESTIONS {
        let passages: Vec<Passage> = numbers.iter().map(|n| built_in(*n)).collect();
        let spoken = ask(engine, question, &passages, &|| false).unwrap();
        result.count_inventions(&spoken, &passages);
        result.asked += 1;
        result.right += usize::from(is_right(&spoken, *expected));
    }
    result
}

#[test]
fn a_model_that_always_refuses_does_not_pass() {
    let result = sit_with(&ScriptedEngine::saying("UNKNOWN"));
    assert_eq!(result.invented, 0);
    assert!(!result.passed(), "{result:?}");
}

#[test]
fn a_model_that_invents_does_not_pass_however_often_it_is_right() {
    let result = sit_with(&ScriptedEngine::saying("It costs 4711 euros in Paris."));
    assert!(result.invented >= 40 && !result.passed(), "{result:?}");
    let perfect = ExamResult { asked: 40, right: 40, invented: 1, ..ExamResult::default() };
    assert!(!perfect.passed());
    let good = ExamResult { asked: 40, right: 28, ..ExamResult::default() };
    assert!(good.passed() && !ExamResult { right: 27, ..good }.passed());
}

#[test]
fn the_result_is_told_in_plain_words() {
    let result =
        ExamResult { asked: 40, right: 30, invented: 2, traps: (4, 10), ..ExamResult::default() };
    let reasons = result.reasons();
    assert!(reasons[0].contains("makes up facts") && !reasons[0].contains("reliable"));
    assert!(
        reasons
            .contains(&"It got 4 of 10 questions with a trap, such as another day, right.".into())
    );
    assert!(reasons.iter().any(|reason| reason.starts_with("In 2 sentences")));
    assert!(reasons.contains(&"Its mark is 75 %; 70 % are needed.".into()), "{reasons:?}");
    assert!(!reasons.iter().any(|reason| reason.contains("of 0")));
    let good = ExamResult { invented: 0, ..result };
    assert!(good.passed() && good.reasons()[0].ends_with("it may speak."));
}

#[test]
fn an_engine_that_dies_has_no_mark() {
    let dying = ScriptedEngine::new(|_| Script { dies: true, ..Script::default() });
    assert!(ask(&dying, "When?", &[built_in(0)], &|| false).is_err());
}
