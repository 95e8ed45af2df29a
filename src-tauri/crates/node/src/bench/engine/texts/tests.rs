//! Sizes and repeatability of the texts.

use super::*;

/// Every fifth word costs two.
fn costs() -> Costs {
    Costs((0..words().len()).map(|index| 1 + usize::from(index % 5 == 0)).collect())
}

fn check_size(tokens: usize) {
    let costs = costs();
    let text = Texts::new(costs.clone(), 7, "size").text(tokens);
    let cost_of = |word: &str| {
        let index = words().iter().position(|known| *known == word).expect("a known word");
        costs.0[index]
    };
    assert_eq!(text.split_whitespace().map(cost_of).sum::<usize>(), tokens, "{text}");
}

#[test]
fn texts_have_the_wanted_size() {
    for tokens in [0, 1, 2, 32, 180, 512] {
        check_size(tokens);
    }
}

#[test]
fn a_text_that_cannot_be_filled_stays_short() {
    let text = Texts::new(Costs(vec![3; words().len()]), 7, "short").text(8);
    assert_eq!(text.split_whitespace().count(), 2);
}

#[test]
fn seed_and_name_decide() {
    let texts = |seed, name: &str| Texts::new(costs(), seed, name).texts(2, 40);
    assert_eq!(texts(1, "a"), texts(1, "a"));
    assert_ne!(texts(1, "a"), texts(1, "b"));
    assert_ne!(texts(1, "a"), texts(2, "a"));
    let two = texts(1, "a");
    assert_ne!(two[0], two[1]);
}

#[test]
fn no_word_is_listed_twice() {
    let mut unlike = words();
    unlike.sort_unstable();
    unlike.dedup();
    assert_eq!(unlike.len(), words().len());
}
