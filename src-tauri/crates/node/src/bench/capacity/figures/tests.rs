//! Percentiles, shares and what is written.

use super::super::visitor::Came;
use super::*;

fn visited(kind: Kind, whole_ms: f64, route: &str, is_written: bool) -> Visited {
    let came = Came {
        route: route.into(),
        is_written,
        is_spared: route == "quote" && !is_written,
        read_tokens: 0,
        written_tokens: 0,
    };
    Visited { kind, first_words_ms: whole_ms / 2.0, whole_ms, came: Ok(came) }
}

fn many(count: usize, make: impl Fn(usize) -> Visited) -> Vec<Visited> {
    (0..count).map(make).collect()
}

#[test]
fn the_promise_is_kept_by_ninety_five_of_a_hundred() {
    let all = |slow: usize, slow_ms: f64| {
        let time = |at: usize| if at < slow { slow_ms } else { 100.0 };
        Figures::of(many(100, |at| visited(Kind::Faq, time(at), "faq", false)))
    };
    assert!(all(5, 9_000.0).is_kept());
    assert!(!all(6, 9_000.0).is_kept());
    assert!(all(100, 5_000.0).is_kept());
    assert!(!all(100, 5_000.1).is_kept());
}

#[test]
fn who_gets_no_answer_has_waited_for_ever() {
    let failed = || Visited { came: Err("busy".into()), ..visited(Kind::Faq, 1.0, "faq", false) };
    let all = |failures: usize| {
        let one = |at: usize| match at < failures {
            true => failed(),
            false => visited(Kind::Faq, 100.0, "faq", false),
        };
        Figures::of(many(100, one))
    };
    assert!(all(1).is_kept());
    assert!(!all(2).is_kept());
    assert!(all(100).within_ms(0.5).is_infinite());
    assert_eq!(all(100).document()["p50_ms"], Value::Null);
    assert_eq!(all(3).document()["failures"]["busy"], 3);
}

#[test]
fn open_questions_that_were_quoted_are_not_written() {
    let figures = Figures::of(many(100, |at| match at {
        0..3 => visited(Kind::Open, 50.0, "quote", false),
        _ => visited(Kind::Open, 900.0, "documents", true),
    }));
    assert!(figures.is_kept() && !figures.is_kept_in_writing());
    let document = figures.document();
    assert_eq!(document["open_questions_spared"], 0.03);
    assert_eq!(document["routes"]["documents"], 0.97);
    assert_eq!(document["kinds"]["open"]["asked_a_model"], 0.97);
}
