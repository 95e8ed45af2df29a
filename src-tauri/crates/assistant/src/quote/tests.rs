//! Choosing and growing quotes.

use super::*;

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

fn check(wanted: Wanted, passages: &[Passage], expected: &str) {
    check_asked(Asked { wanted, numbers: Vec::new() }, passages, expected);
}

fn check_asked(asked: Asked, passages: &[Passage], expected: &str) {
    assert_eq!(choose(&asked, passages).map(|quote| quote.text).as_deref(), Some(expected));
}

const LONG: &str = "This sentence is made of more than thirty short words so that two of them can \
                    never be part of the same quote, which lets the test see the limit at work \
                    without counting each and every single word in it.";

#[test]
fn the_best_sentence_wins_and_stays_whole() {
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
fn the_passage_counts_half() {
    let near =
        [passage(0.9, &[("From the better passage.", 0.5)]), passage(0.5, &[("Other.", 0.6)])];
    check(Wanted::Anything, &near, "From the better passage.");
}

#[test]
fn the_asked_kind_of_fact_is_preferred() {
    // Too long for a quote together with its neighbour.
    let longer = format!("{LONG} {LONG}");
    let sentences = [(longer.as_str(), 0.50), ("¶It costs £5.", 0.45)];
    check(Wanted::Price, &[passage(0.5, &sentences)], "It costs £5.");
    check(Wanted::Place, &[passage(0.5, &[(LONG, 0.50), ("¶It costs £5.", 0.20)])], LONG);
}

#[test]
fn paragraphs_are_crossed_only_for_a_good_neighbour() {
    check(Wanted::Anything, &[passage(0.5, &[("One.", 0.9), ("¶Two.", 0.1)])], "One.");
    check(Wanted::Anything, &[passage(0.5, &[("One.", 0.9), ("¶Two.", 0.6)])], "One.\n\nTwo.");
}

#[test]
fn nothing_to_quote_is_none() {
    assert_eq!(choose(&Asked { wanted: Wanted::Anything, numbers: Vec::new() }, &[]), None);
    assert_eq!(
        choose(&Asked { wanted: Wanted::Anything, numbers: Vec::new() }, &[passage(0.9, &[])]),
        None
    );
}

#[test]
fn a_passage_that_holds_the_question_is_preferred() {
    let mut near = [passage(0.5, &[("Of one word.", 0.5)]), passage(0.5, &[("Of all.", 0.4)])];
    near[0].coverage = 0.2;
    check(Wanted::Anything, &near, "Of all.");
}

#[test]
fn the_named_number_picks_the_row_and_the_row_stands_alone() {
    let rows = [("Size: 8; EU: 42", 0.5), ("Size: 9; EU: 43", 0.5), ("Size: 10; EU: 44", 0.5)];
    let asked = Asked { wanted: Wanted::Anything, numbers: vec!["9".into()] };
    check_asked(asked, &[passage(0.1, &rows)], "Size: 9; EU: 43");
}

#[test]
fn rows_that_fit_alike_are_shown_together() {
    let rows = [("Monday: 9; Closes: 18", 0.5), ("Tuesday: 9; Closes: 18", 0.49)];
    check(Wanted::Anything, &[passage(0.1, &rows)], "Monday: 9; Closes: 18 Tuesday: 9; Closes: 18");
}
