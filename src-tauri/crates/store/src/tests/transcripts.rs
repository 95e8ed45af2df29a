//! Conversations as staff read and erase them, and the numbers that stay.

use super::{Connection, Desk, TurnRow, desk};
use crate::{CitationRow, Erased, Erasure, GapNote, GapReason, TranscriptFilter};

fn turn(conversation: &str, question: &str, route: &str, at: i64) -> TurnRow {
    TurnRow {
        conversation: conversation.to_owned(),
        question: question.to_owned(),
        answer: format!("about {question}"),
        route: route.to_owned(),
        language: "de".to_owned(),
        at,
        total_ms: 12.5,
        ..TurnRow::default()
    }
}

fn asked(desk: &Desk) -> Vec<(i64, String, f64, Option<bool>, String)> {
    let mut found = Vec::new();
    desk.store
        .each_turn_numbers(0, 100_000, &mut |one| {
            found.push((one.at, one.route.into(), one.total_ms, one.helpful, one.language.into()));
        })
        .unwrap();
    found
}

fn note(desk: &Desk, turn_id: i64, words: &str) {
    let note = GapNote {
        turn_id,
        reason: GapReason::Refused,
        normalised: words.to_owned(),
        question: words.to_owned(),
        choices: Vec::new(),
        at: 1,
    };
    desk.store.note_gap(note).unwrap();
}

#[test]
fn a_list_says_enough_to_choose_from_it() {
    let desk = desk();
    desk.store.save_turn(&turn("a", "Boots?", "faq", 10)).unwrap();
    let down = desk.store.save_turn(&turn("a", "And kayaks?", "refused", 20)).unwrap();
    desk.store.rate_turn(down, false).unwrap();
    desk.store.save_turn(&turn("b", "", "faq", 30)).unwrap();
    let (rows, total) = desk.store.transcripts(&TranscriptFilter::default(), 0, 10).unwrap();
    assert_eq!((total, rows[0].id.as_str(), rows[0].with_words), (2, "b", 0));
    let talk = &rows[1];
    assert_eq!((talk.turns, talk.last_question.as_str(), talk.unhappy), (2, "And kayaks?", true));
    assert_eq!(
        (talk.routes.as_slice(), talk.language.as_str()),
        (&["faq".into(), "refused".into()][..], "de")
    );
    assert_eq!((talk.started_at, talk.last_at), (10, 20));
    let page = desk.store.transcripts(&TranscriptFilter::default(), 1, 10).unwrap().0;
    assert_eq!(page.len(), 1);
    assert_eq!(desk.store.turns_of("a", 1).unwrap(), [down]);
}

#[test]
fn numbers_outlive_the_words_without_a_way_back_to_the_visit() {
    let desk = desk();
    let cited =
        CitationRow { n: 1, source: "faq".into(), faq_id: Some(7), ..CitationRow::default() };
    let row = TurnRow { citations: vec![cited], ..turn("a", "Boots?", "faq", 1_234) };
    let id = desk.store.save_turn(&row).unwrap();
    desk.store.rate_turn(id, true).unwrap();
    assert_eq!(asked(&desk), [(1_234, "faq".into(), 12.5, Some(true), "de".into())]);
    desk.store.leave_conversation("a", false, 1).unwrap();
    assert_eq!(asked(&desk), [(900, "faq".into(), 12.5, Some(true), "de".into())]);
    assert_eq!(desk.count("SELECT faq_id FROM turn_source"), 7);
    assert_eq!(desk.count("SELECT last_at FROM conversation WHERE id <> 'a'"), 900);
}

#[test]
fn a_question_that_others_asked_too_stays_in_the_gaps() {
    let desk = desk();
    for (visit, words) in [("a", "zips"), ("b", "zips"), ("a", "camper")] {
        let id = desk.store.save_turn(&turn(visit, words, "refused", 1)).unwrap();
        note(&desk, id, words);
    }
    let erasure =
        Erasure { conversations: Some(vec!["a".into(), "nobody".into()]), with_gaps: true };
    let erased = desk.store.erase_conversations(erasure, 2).unwrap();
    assert_eq!(erased, Erased { conversations: 1, turns: 2, gaps: 1, ..Erased::default() });
    let gaps = desk.store.gap_wordings("m").unwrap();
    assert_eq!(
        gaps.iter().map(|gap| (gap.question.as_str(), gap.count)).collect::<Vec<_>>(),
        [("zips", 1)]
    );
}

#[test]
#[ignore = "a measurement: run it with --ignored --nocapture and read what it prints"]
#[expect(clippy::print_stdout, reason = "the numbers are what it is for")]
fn a_hundred_thousand_turns() {
    let desk = desk();
    let connection = Connection::open(desk.folder.path().join("kb.db")).unwrap();
    connection
        .execute_batch(
            "PRAGMA foreign_keys = ON; BEGIN;
             WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 24999)
             INSERT INTO conversation(id, started_at, last_at) SELECT 'c' || i, i * 300, i * 300 FROM n;
             WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 99999)
             INSERT INTO turn(conversation, at, question, answer, route, score, support, kb_version,
                 retrieve_ms, first_token_ms, total_ms, prompt_tokens, cached_tokens,
                 generated_tokens, interrupted, language)
             SELECT 'c' || (i / 4), i * 75, 'How long can number ' || i || ' be returned?',
                 'Within thirty days, in the box it came in.',
                 CASE i % 4 WHEN 0 THEN 'faq' WHEN 1 THEN 'quote' WHEN 2 THEN 'refused' ELSE 'order' END,
                 1, 1, 1, 1, 0, i % 900, 0, 0, 0, 0, 'en' FROM n;
             INSERT INTO faq(id, question, answer, status, origin) VALUES(1, 'Q', 'A', 'approved', 'manual');
             INSERT INTO turn_source(turn_id, n, source, title, locator, passage, score, faq_id)
             SELECT id, 1, 'faq', 'Q', '', 'A', 1, 1 FROM turn WHERE route = 'faq';
             COMMIT;",
        )
        .unwrap();
    for _ in 0..2 {
        let started = std::time::Instant::now();
        let mut turns = 0;
        desk.store.each_turn_numbers(0, i64::MAX, &mut |_| turns += 1).unwrap();
        let numbers = started.elapsed();
        let uses = desk.store.faq_uses(0, i64::MAX, 10).unwrap();
        println!("{turns} turns: numbers {numbers:?}, then {uses:?} {:?}", started.elapsed());
        let started = std::time::Instant::now();
        let found = TranscriptFilter { contains: "number 77777".into(), ..Default::default() };
        let total = desk.store.transcripts(&found, 0, 100).unwrap().1;
        println!("{total} conversation found in {:?}", started.elapsed());
        let started = std::time::Instant::now();
        desk.store.transcripts(&TranscriptFilter::default(), 0, 100).unwrap();
        println!("a list without a search in {:?}", started.elapsed());
    }
}
