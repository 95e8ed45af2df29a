//! The questions: no two alike, in the shares that were asked for.

use super::*;

fn demo() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo")
}

#[test]
fn nobody_asks_in_the_words_of_another() {
    let mut questions = Questions::read(&demo(), 1).unwrap();
    let shares = Shares { faq: 0.6, order: 0.25, open: 0.15 };
    let drawn: Vec<Wish> = (0..5_000).map(|_| questions.draw(&shares)).collect();
    let bare = |wish: &Wish| wish.question.to_lowercase().replace(['?', '!', '.', ','], "");
    let different: HashSet<String> = drawn.iter().map(bare).collect();
    assert_eq!(different.len(), drawn.len());
    let count = |kind| drawn.iter().filter(|wish| wish.kind == kind).count();
    assert!((2_800..3_200).contains(&count(Kind::Faq)), "{}", count(Kind::Faq));
    assert!((650..850).contains(&count(Kind::Open)), "{}", count(Kind::Open));
    assert!(drawn.iter().all(|wish| wish.order.is_some() == (wish.kind == Kind::Order)));
}

#[test]
fn the_same_seed_draws_the_same_questions() {
    let draw = |seed| {
        let mut questions = Questions::read(&demo(), seed).unwrap();
        let wishes = (0..20).map(|_| questions.of(Kind::Open).question);
        wishes.collect::<Vec<_>>()
    };
    assert_eq!(draw(7), draw(7));
    assert_ne!(draw(7), draw(8));
}

#[test]
fn words_in_braces_stand_for_each_of_their_values() {
    let list = "# Note.\n{a} = one | two\nWhat is {a}?\nWhy?\n";
    assert_eq!(open_questions(list), ["What is one?", "What is two?", "Why?"]);
    assert!(open_questions(OPEN).iter().all(|question| !question.contains('{')));
    assert!(open_questions(OPEN).len() > 150);
}

#[test]
fn visitors_come_as_often_as_they_should() {
    let mut questions = Questions::read(&demo(), 3).unwrap();
    let mean = (0..4_000).map(|_| questions.pause(10.0)).sum::<f64>() / 4_000.0;
    assert!((0.09..0.11).contains(&mean), "{mean}");
}
