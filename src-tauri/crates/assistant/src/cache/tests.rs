//! Same and different questions.

use super::*;

fn check_same(one: &str, other: &str) {
    assert_eq!(signature(one), signature(other), "{one:?} and {other:?}");
}

fn check_different(one: &str, other: &str) {
    assert_ne!(signature(one), signature(other), "{one:?} and {other:?}");
}

#[test]
fn what_cannot_change_an_answer_is_left_out() {
    check_same("What's the delivery charge?", "what is the delivery charge");
    check_same("Hi, can I bring my dog please?", "Could I bring my dog");
    check_same("Do you ship to Norway?", "you ship to NORWAY".to_lowercase().as_str());
    check_same("CAN I PAY BY CARD?", "can i pay by card");
    check_same("I can't log in", "i cannot log in!");
    check_same("Wo kann ich parken, bitte?", "wo kann ich parken");
    check_same("أين المتجر؟", "أين المتجر");
    check_same("¿Cuánto cuesta?", "cuánto cuesta");
}

#[test]
fn what_can_change_an_answer_stays() {
    check_different("Can I cancel my order?", "Can I not cancel my order?");
    check_different("Do you ship to Norway?", "Do you ship from Norway?");
    check_different("Buses from Leeds to York", "Buses from York to Leeds");
    check_different("Where is order 12345?", "Where is order 12346?");
    check_different("Are you open on Sunday?", "Are you open on Saturday?");
    check_different("Is X-200 in stock?", "Is X-20 in stock?");
    check_different("Can I call you?", "Can you call me?");
    check_different("Is there a park?", "Is there parking?");
    check_different("May I bring a guest?", "May I bring guests?");
    check_different("Do you ship to US?", "Do you ship to us?");
    check_different("Is it 5% off?", "Is it 5 off?");
    check_different("Is it below -5 degrees?", "Is it below 5 degrees?");
    check_different("Fahrt der Bus zum See?", "Fahrt der Bus vom See?");
    check_different("autobús a Madrid", "autobús de Madrid");
}

#[test]
fn whole_politeness_is_still_something() {
    assert_eq!(signature("Please!"), "please");
    assert_eq!(signature("do the a"), "do the a".replace("do the a", &signature("do the a")));
    assert!(!signature("the").is_empty());
}

#[test]
fn personal_questions_are_told_by_their_numbers() {
    for (question, personal) in [
        ("where is order 10423", true),
        ("my mail is a@b.example", true),
        ("phone 01632 960 140", true),
        ("is the 2026 model 30 cm wide", false),
        ("open on 24 12 2026", true),
        ("do you have size 42", false),
    ] {
        assert_eq!(is_personal(question), personal, "{question}");
    }
}

/// The pairs that the figure in `bench answers` counts.
#[test]
fn trap_pairs_are_never_merged() {
    let pairs = include_str!("../../../../demo/trap-pairs.jsonl");
    let mut count = 0;
    for line in pairs.lines().filter(|line| !line.trim().is_empty()) {
        let pair: serde_json::Value = serde_json::from_str(line).expect("a pair a line");
        let text = |name: &str| pair[name].as_str().expect("two questions").to_owned();
        check_different(&text("one"), &text("other"));
        count += 1;
    }
    assert!(count >= 200, "{count}");
}
