//! Every answer shows its source, and the source opens at the words that were used.

use commands::Session;
use commands::wire::{PassageView, Route, VisitorCommand, VisitorReply};
use testkit::TestDesk;

fn open(desk: &TestDesk, turn_id: i64, n: u32) -> PassageView {
    let command = VisitorCommand::OpenSource { turn_id, n };
    match desk.core.visit(&Session::visitor("test"), command, &mut |_| {}) {
        Ok(VisitorReply::Passage(passage)) => passage,
        other => panic!("a source opens as a passage, not as {other:?}"),
    }
}

#[test]
fn every_answer_shows_its_source_and_opens_it_highlighted() {
    let desk = TestDesk::shop();
    for (question, source) in
        [("What does a kayak cost for half a day?", "rules.md"), ("Do you sell gift cards?", "faq")]
    {
        let turn = desk.ask(question);
        let citation = turn.citations.first().unwrap_or_else(|| panic!("{turn:?}"));
        assert_eq!((citation.n, citation.source.as_str()), (1, source));
        let passage = open(&desk, turn.turn_id, 1);
        let [start, end] = passage.highlights[0];
        let words: String =
            passage.text.chars().skip(start as usize).take((end - start) as usize).collect();
        assert_eq!(words, citation.passage);
    }
}

#[test]
fn every_answer_shows_its_source_with_the_way_to_it() {
    let desk = TestDesk::shop();
    let turn = desk.ask("What does a kayak cost for half a day?");
    assert_eq!(turn.citations[0].title, "Shop rules");
    assert_eq!(turn.citations[0].locator, "Shop rules > Kayak rental");
}

#[test]
fn every_answer_shows_its_source_so_no_answer_is_without_one() {
    let desk = TestDesk::sample();
    for question in ["When are you open?", "How much is delivery in the UK?", "xyzzy", "hello"] {
        let turn = desk.ask(question);
        let claims = matches!(turn.route, Route::Faq | Route::Quote | Route::Documents);
        assert_eq!(claims, !turn.citations.is_empty(), "{turn:?}");
    }
}

#[test]
fn every_answer_shows_its_source_and_an_unknown_one_is_an_error() {
    let desk = TestDesk::shop();
    let turn = desk.ask("Do you sell gift cards?");
    for (turn_id, n) in [(turn.turn_id, 9), (turn.turn_id + 1000, 1)] {
        let command = VisitorCommand::OpenSource { turn_id, n };
        let error = desk.core.visit(&Session::visitor("t"), command, &mut |_| {}).unwrap_err();
        assert!(error.hint.is_some(), "{error:?}");
    }
}
