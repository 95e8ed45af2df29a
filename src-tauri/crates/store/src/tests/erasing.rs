//! Words go, numbers stay: what is left of a conversation in the tables and in the files.

use std::path::Path;

use super::{Connection, Desk, desk};
use crate::{CitationRow, Due, Erased, Erasure, GapNote, GapReason, TalkState, TurnRow};

fn secrets(from: usize, to: usize) -> Vec<String> {
    (from..to).map(|number| format!("zq{number:05}secret")).collect()
}

/// A turn that holds one secret in each place that can hold one.
fn say(desk: &Desk, conversation: &str, at: i64, secrets: &[String]) -> i64 {
    let turn = TurnRow {
        conversation: conversation.to_owned(),
        question: format!("I am {}", secrets[0]),
        answer: format!("Hello {}", secrets[1]),
        route: "quote".to_owned(),
        at,
        citations: vec![CitationRow {
            n: 1,
            source: "rules.md".to_owned(),
            passage: secrets[2].clone(),
            ..CitationRow::default()
        }],
        why: format!("{{\"q\":\"{}\"}}", secrets[3]),
        ..TurnRow::default()
    };
    let id = desk.store.save_turn(&turn).unwrap();
    desk.store.note_rating(id, &secrets[4]).unwrap();
    id
}

/// How many of the secrets are in any file of a folder.
fn found(folder: &Path, secrets: &[String]) -> usize {
    let read = |entry: std::io::Result<std::fs::DirEntry>| std::fs::read(entry.unwrap().path());
    let files: Vec<Vec<u8>> = folder.read_dir().unwrap().filter_map(|one| read(one).ok()).collect();
    let holds = |file: &[u8], secret: &str| {
        file.windows(secret.len()).any(|bytes| bytes == secret.as_bytes())
    };
    secrets.iter().filter(|secret| files.iter().any(|file| holds(file, secret))).count()
}

#[test]
fn no_byte_of_200_secrets_is_left_in_a_file_once_the_journal_is_empty() {
    let desk = desk();
    let secrets = secrets(0, 200);
    for (number, five) in secrets.chunks(5).enumerate() {
        say(&desk, &format!("c{}", number / 4), number as i64, five);
    }
    desk.store.empty_journal().unwrap();
    say(&desk, "late", 50, &secrets[..5]);
    assert_eq!(found(desk.folder.path(), &secrets), 200, "they can be found before");
    let due = Due { others_until: Some(50), ..Due::default() };
    assert_eq!(desk.store.erase_due(due, 60).unwrap().conversations, 11);
    // Without this step the journal still has them: that is how this test can fail.
    assert!(found(desk.folder.path(), &secrets) > 0, "the journal has them until it is emptied");
    assert!(desk.store.empty_journal().unwrap());
    assert_eq!(found(desk.folder.path(), &secrets), 0);
}

#[test]
fn numbers_stay_when_words_go() {
    let desk = desk();
    let id = say(&desk, "c1", 910, &secrets(0, 5));
    desk.store.rate_turn(id, true).unwrap();
    assert!(desk.store.leave_conversation("c1", false, 920).unwrap());
    assert_eq!(desk.store.turn(id).unwrap(), None);
    assert_eq!(desk.store.why(id).unwrap(), None);
    assert_eq!(desk.store.previous_question("c1").unwrap(), None);
    let left = "SELECT count(*) FROM turn WHERE route = 'quote' AND at = 900 AND helpful = 1";
    assert_eq!(desk.count(left), 1);
    assert_eq!(desk.count("SELECT count(*) FROM turn_source WHERE source = 'rules.md'"), 1);
    let kept = desk.store.kept_texts().unwrap();
    assert_eq!((kept.questions, kept.numbers, kept.conversations), (0, 1, 0));
    assert_eq!(desk.store.route_uses(10).unwrap()[0].count, 1);
}

#[test]
fn each_kind_of_text_has_its_own_time() {
    let desk = desk();
    desk.store.note_kiosk("k", 5).unwrap();
    say(&desk, "k", 10, &secrets(0, 5));
    say(&desk, "old", 10, &secrets(5, 10));
    let ticket = desk.store.open_ticket("new", "asked", 10).unwrap();
    say(&desk, "new", 90, &secrets(10, 15));
    desk.store.complete_ticket(ticket, "a@b.example", "call me").unwrap();
    let kept = desk.store.kept_texts().unwrap();
    assert_eq!((kept.kiosk_conversations, kept.conversations, kept.tickets), (1, 2, 1));
    assert_eq!(desk.store.erase_due(Due::default(), 99).unwrap().conversations, 0);
    let due = Due { kiosk_until: Some(9), others_until: Some(10), tickets_until: None };
    assert_eq!(desk.store.erase_due(due, 99).unwrap().conversations, 1, "the screen's is younger");
    let due = Due { kiosk_until: Some(10), others_until: Some(10), tickets_until: Some(10) };
    let foretold = desk.store.count_due(due).unwrap();
    let erased = desk.store.erase_due(due, 99).unwrap();
    assert_eq!(foretold, erased, "what is told beforehand is what goes");
    assert_eq!((erased.conversations, erased.tickets), (1, 1));
    let (row, lines) = desk.store.ticket(ticket).unwrap().unwrap();
    assert_eq!((row.contact.as_str(), row.note.as_str(), row.state), ("", "", TalkState::Closed));
    assert!(lines.iter().all(|line| line.id == 0), "the conversation itself is still young");
    assert_eq!(desk.store.talk("new").unwrap().state, TalkState::Closed);
}

#[test]
fn a_transcript_that_is_kept_for_staff_is_closed_to_the_next_visitor() {
    let desk = desk();
    for conversation in ["k", "elsewhere"] {
        if conversation == "k" {
            desk.store.note_kiosk(conversation, 1).unwrap();
        }
        let id = say(&desk, conversation, 10, &secrets(0, 5));
        let erased = desk.store.leave_conversation(conversation, true, 20).unwrap();
        assert_eq!(erased, conversation != "k");
        assert_eq!(desk.store.turn(id).unwrap().is_some(), conversation == "k");
        assert_eq!(desk.store.previous_question(conversation).unwrap(), None);
    }
    let kept = desk.store.kept_texts().unwrap();
    assert_eq!((kept.kiosk_conversations, kept.conversations), (1, 0));
}

/// Everything that is left of the turns, their numbers in order; the unknown number apart.
fn left(desk: &Desk) -> Vec<String> {
    let connection = Connection::open(desk.folder.path().join("kb.db")).unwrap();
    let query = "SELECT turn.id || ' ' || turn.at || ' ' || question || answer || route
         || coalesce(helpful_note, '') || ' ' || source || title || locator || passage
         || ' ' || talk.started_at || ' ' || talk.last_at || ' ' || talk.origin
         || ' ' || (talk.erased_at IS NOT NULL)
         || ' ' || (SELECT count(*) FROM turn_why) || (SELECT count(*) FROM gap_note)
         FROM turn JOIN conversation AS talk ON talk.id = turn.conversation
         LEFT JOIN turn_source ON turn_id = turn.id ORDER BY turn.id";
    let mut query = connection.prepare(query).unwrap();
    let rows = query.query_map([], |row| row.get(0)).unwrap();
    rows.collect::<Result<_, _>>().unwrap()
}

fn note(desk: &Desk, turn_id: i64) {
    let words = "zips".to_owned();
    let reason = GapReason::Refused;
    let note = GapNote {
        turn_id,
        reason,
        normalised: words.clone(),
        question: words,
        choices: Vec::new(),
        at: 1,
    };
    desk.store.note_gap(note).unwrap();
}

#[test]
fn every_way_of_erasing_leaves_the_same() {
    let all = || Erasure { conversations: None, with_gaps: false };
    let ways: [fn(&Desk, Erasure); 3] = [
        |desk, erasure| {
            assert_eq!(desk.store.erase_conversations(erasure, 5_000).unwrap().turns, 2)
        },
        |desk, _| assert!(desk.store.leave_conversation("c1", false, 6_000).unwrap()),
        |desk, _| {
            let due = Due { others_until: Some(9_000), ..Due::default() };
            assert_eq!(desk.store.erase_due(due, 7_000).unwrap().turns, 2);
        },
    ];
    let states = ways.map(|erase| {
        let desk = desk();
        note(&desk, say(&desk, "c1", 1_000, &secrets(0, 5)));
        say(&desk, "c1", 2_000, &secrets(5, 10));
        erase(&desk, all());
        assert!(desk.store.empty_journal().unwrap());
        assert_eq!(found(desk.folder.path(), &secrets(0, 10)), 0);
        assert_eq!(desk.store.count_turns().unwrap(), 2);
        assert_eq!(desk.count("SELECT count(*) FROM gap"), 1, "its wording was masked and stays");
        left(&desk)
    });
    assert_eq!(
        states[0],
        ["1 900 quote rules.md 900 1800  1 00", "2 1800 quote rules.md 900 1800  1 00"]
    );
    assert_eq!(states[0], states[1]);
    assert_eq!(states[0], states[2]);
}

#[test]
fn what_comes_late_brings_no_words_back() {
    let desk = desk();
    let id = say(&desk, "c1", 10, &secrets(0, 5));
    desk.store.leave_conversation("c1", false, 20).unwrap();
    assert!(!desk.store.rate_turn(id, false).unwrap());
    desk.store.note_rating(id, "zq99999secret").unwrap();
    note(&desk, id);
    assert_eq!(desk.store.rating_note(id).unwrap(), None);
    assert_eq!(desk.count("SELECT count(*) FROM gap"), 0);
}

#[test]
fn whoever_waits_for_a_person_is_not_erased_and_nothing_is_erased_twice() {
    let desk = desk();
    say(&desk, "c1", 10, &secrets(0, 5));
    say(&desk, "c2", 10, &secrets(5, 10));
    desk.store.open_ticket("c2", "asked", 10).unwrap();
    let erase = |with_gaps| {
        desk.store.erase_conversations(Erasure { conversations: None, with_gaps }, 20).unwrap()
    };
    let expected = Erased { conversations: 1, turns: 1, waiting: 1, ..Erased::default() };
    assert_eq!(erase(true), expected);
    assert_eq!(erase(false), Erased { waiting: 1, ..Erased::default() });
    assert_eq!(desk.store.kept_texts().unwrap().conversations, 1);
}
