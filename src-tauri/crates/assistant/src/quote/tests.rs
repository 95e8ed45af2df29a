//! Choosing and growing quotes.

use super::*;
use crate::cues::Wanted;
use knowledge::HitKey;

/// A passage of sentences joined by spaces, or by a blank line where one starts with `¶`.
fn passage(score: f32, sentences: &[(&str, f32)]) -> Passage {
    let (mut text, mut scored) = (String::new(), Vec::new());
    for (words, score) in sentences {
        let (words, gap) = match words.strip_prefix('¶') {
            Some(rest) => (rest, "\n\n"),
            None => (*words, " "),
        };
        if !text.is_empty() {
            text.push_str(gap);
        }
        let start = text.len();
        text.push_str(words);
        scored.push(ScoredSentence {
            text: words.into(),
            start,
            end: text.len(),
            score: *score,
            cosine: 0.0,
            bm25: 0.0,
            held: Vec::new(),
        });
    }
    let hit = Hit {
        key: HitKey::Section(1),
        source: "a.md".into(),
        title: "A".into(),
        locator: "A > B".into(),
        text,
        score,
        cosine: 0.0,
        bm25: 0.0,
        matched: String::new(),
    };
    Passage { hit, sentences: scored, coverage: 1.0 }
}

fn asks(wanted: Wanted) -> Asked {
    Asked { wanted, numbers: Vec::new(), words: Vec::new() }
}

fn check(wanted: Wanted, passages: &[Passage], expected: &str) {
    check_asked(asks(wanted), passages, expected);
}

fn check_asked(asked: Asked, passages: &[Passage], expected: &str) {
    assert_eq!(choose(&asked, passages).map(|quote| quote.text()).as_deref(), Some(expected));
}

const LONG: &str = "This sentence is made of more than thirty short words so that two of them can \
                    never be part of the same quote, which lets the test see the limit at work \
                    without counting each and every single word in it.";

#[test]
fn the_best_sentence_comes_with_its_neighbour_and_both_stay_whole() {
    check(Wanted::Anything, &[passage(0.5, &[(LONG, 0.1), ("Short.", 0.9), (LONG, 0.2)])], &{
        format!("Short. {LONG}")
    });
    check(
        Wanted::Anything,
        &[passage(0.9, &[("Low.", 0.1)]), passage(0.5, &[("High.", 0.9)])],
        "High.",
    );
}

#[test]
fn the_passage_counts_less_than_the_sentence() {
    let near =
        [passage(0.9, &[("From the better passage.", 0.5)]), passage(0.1, &[("Other.", 0.55)])];
    let quote = choose(&asks(Wanted::Anything), &near).unwrap();
    assert_eq!(quote.places[0].text, "From the better passage.");
}

#[test]
fn two_places_that_fit_alike_are_both_shown_and_a_third_is_not() {
    let near = ["One.", "Two.", "Three."].map(|words| passage(0.5, &[(words, 0.5)]));
    check(Wanted::Anything, &near, "One.\n\nTwo.");
    let far = [passage(0.5, &[("One.", 0.9)]), passage(0.5, &[("Two.", 0.3)])];
    check(Wanted::Anything, &far, "One.");
}

#[test]
fn the_asked_kind_of_fact_is_preferred() {
    // Too long for a quote together with its neighbour.
    let longer = format!("{LONG} {LONG}");
    let sentences = [(longer.as_str(), 0.50), ("It costs £5.", 0.45)];
    check(Wanted::Price, &[passage(0.5, &sentences)], "It costs £5.");
    let sentences = [(longer.as_str(), 0.50), ("It costs £5.", 0.20)];
    check(Wanted::Place, &[passage(0.5, &sentences)], &longer);
}

#[test]
fn what_the_neighbour_names_helps_a_sentence() {
    let mut one = passage(0.5, &[("The kayak is blue.", 0.4), ("It costs £25.", 0.4)]);
    one.sentences[0].held = vec![0.5, 0.0];
    one.sentences[1].held = vec![0.0, 0.5];
    let mut other = passage(0.5, &[("The canoe costs £30.", 0.4)]);
    other.sentences[0].held = vec![0.0, 0.5];
    check(Wanted::Anything, &[other, one], "The kayak is blue. It costs £25.");
}

#[test]
fn nothing_to_quote_is_none() {
    assert_eq!(choose(&asks(Wanted::Anything), &[]), None);
    assert_eq!(choose(&asks(Wanted::Anything), &[passage(0.9, &[])]), None);
}

#[test]
fn a_passage_that_holds_the_question_is_preferred() {
    let mut near = [passage(0.5, &[("Of one word.", 0.5)]), passage(0.5, &[("Of all.", 0.45)])];
    near[0].coverage = 0.2;
    check(Wanted::Anything, &near, "Of all.");
}

#[test]
fn the_named_number_picks_the_row_and_the_row_stands_alone() {
    let rows = [("Size: 8; EU: 42", 0.5), ("Size: 9; EU: 43", 0.5), ("Size: 10; EU: 44", 0.5)];
    let asked = Asked { numbers: vec!["9".into()], ..asks(Wanted::Anything) };
    check_asked(asked, &[passage(0.1, &rows)], "Size: 9; EU: 43");
}

#[test]
fn rows_that_fit_alike_are_shown_together() {
    let rows = [("Monday: 9; Closes: 18", 0.5), ("Tuesday: 9; Closes: 18", 0.49)];
    check(Wanted::Anything, &[passage(0.1, &rows)], "Monday: 9; Closes: 18 Tuesday: 9; Closes: 18");
}

/// A passage of a sentence that announces a list, its items, and a sentence after it.
fn with_list() -> Passage {
    let text = "Bring these:\n\n• a passport\n• a receipt\n\nWe open at nine.";
    let mut passage = passage(0.5, &[]);
    passage.hit.text = text.into();
    for (words, score) in
        [("Bring these:", 0.3), ("a passport", 0.6), ("a receipt", 0.2), ("We open at nine.", 0.1)]
    {
        let start = text.find(words).unwrap();
        let sentence = ScoredSentence {
            text: words.into(),
            start,
            end: start + words.len(),
            score,
            cosine: 0.0,
            bm25: 0.0,
            held: Vec::new(),
        };
        passage.sentences.push(sentence);
    }
    passage
}

#[test]
fn a_short_list_stays_with_the_sentence_that_announces_it() {
    let place = layout::with_its_list(&with_list(), 2..3);
    assert_eq!(layout::words_of(&with_list(), &place), "Bring these:\n\n• a passport\n• a receipt");
    assert_eq!(layout::with_its_list(&with_list(), 0..1), 0..3);
    assert_eq!(layout::with_its_list(&with_list(), 3..4), 3..4);
}

#[test]
fn the_quoted_words_are_one_passage_for_each_that_is_quoted_from() {
    let passages = [passage(1.0, &[("One.", 1.0), ("Two.", 0.1), ("Three.", 0.9)])];
    let place =
        |at: usize, text: &str| Place { passage: 0, sentences: at..at + 1, text: text.into() };
    let quote = Quote { places: vec![place(2, "Three."), place(0, "One.")], best: 2 };
    let evidence = quote.evidence(&passages);
    assert_eq!(evidence.len(), 1);
    assert_eq!(evidence[0].hit.text, "Three.\nOne.");
    assert_eq!(evidence[0].hit.locator, passages[0].hit.locator);
}
