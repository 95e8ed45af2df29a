//! What a desk learns: gaps and their clusters, histories, versions, tests.

use super::*;
use crate::{
    ClusterChange, FaqBack, GapNote, GapReason, GapStatus, SearchUnit, StoreError, TestCaseRow,
    TestResultRow, TestRunRow,
};

impl Desk {
    fn turn(&self, conversation: &str, question: &str) -> i64 {
        let turn = TurnRow {
            conversation: conversation.to_owned(),
            question: question.to_owned(),
            ..TurnRow::default()
        };
        self.store.save_turn(&turn).unwrap()
    }

    fn note(&self, turn_id: i64, reason: GapReason, question: &str, choices: &[&str]) {
        let note = GapNote {
            turn_id,
            reason,
            normalised: question.to_lowercase(),
            question: question.to_owned(),
            choices: choices.iter().map(|choice| (*choice).to_owned()).collect(),
            at: turn_id,
        };
        self.store.note_gap(note).unwrap();
    }

    fn cluster(&self, members: &[i64]) -> i64 {
        let members = members.iter().map(|id| (*id, true)).collect();
        let change = ClusterChange { label: "l".to_owned(), members, ..ClusterChange::default() };
        self.store.save_clusters(vec![change]).unwrap();
        self.store.gap_clusters().unwrap().last().unwrap().id
    }

    /// Everything a search could find, in its order.
    fn findable(&self) -> Vec<(Option<i64>, Option<i64>, String)> {
        let parts = |row: IndexRow| match row.unit {
            SearchUnit::Section(id) => (Some(id), None, row.terms),
            SearchUnit::Faq(id) => (None, Some(id), row.terms),
        };
        self.searchable().into_iter().map(parts).collect()
    }

    /// The same without the numbers of answers, whose pieces are made anew.
    fn findable_words(&self) -> Vec<String> {
        let mut words: Vec<String> = self.findable().into_iter().map(|row| row.2).collect();
        words.sort();
        words
    }

    fn roll_back(&self, version: i64) -> bool {
        let backs = self.store.revisions_of_version(version).unwrap();
        let backs = backs
            .into_iter()
            .map(|row| FaqBack {
                id: row.faq_id,
                source_id: row.source_id,
                faq: NewFaq {
                    alternatives: row.alternatives.clone(),
                    ..faq(&row.question, &row.answer, row.status.unwrap_or_default())
                },
                review_by: row.review_by,
            })
            .collect();
        self.store.roll_back(version, backs, "me").unwrap()
    }
}

#[test]
fn a_question_is_counted_once_a_turn_with_all_its_reasons() {
    let desk = desk();
    let turn = desk.turn("c1", "Norway?");
    desk.note(turn, GapReason::Refused, "Norway?", &[]);
    desk.note(turn, GapReason::Refused, "Norway?", &[]);
    desk.note(turn, GapReason::HandedOver, "Norway?", &[]);
    let again = desk.turn("c2", "norway?");
    desk.note(again, GapReason::Refused, "norway?", &[]);
    let gaps = desk.store.gap_wordings("").unwrap();
    assert_eq!(gaps.len(), 1);
    assert_eq!((gaps[0].count, gaps[0].reasons), (2, [2, 0, 0, 1]));
    assert_eq!((gaps[0].question.as_str(), gaps[0].last_at), ("norway?", again));
    // The visitor goes; what was asked stays.
    desk.store.leave_conversation("c1", false, again).unwrap();
    desk.note(turn, GapReason::Unhelpful, "Norway?", &[]);
    assert_eq!(desk.store.gap_wordings("").unwrap()[0].count, 2);
}

#[test]
fn a_choice_that_was_tapped_takes_the_question_back() {
    let desk = desk();
    let turn = desk.turn("c", "Boots?");
    desk.note(turn, GapReason::AskedBack, "Boots?", &["Do you sell boots?", "Boot care"]);
    assert_eq!(desk.store.choices_of(turn).unwrap(), ["Do you sell boots?", "Boot care"]);
    let next = desk.turn("c", "Boot care");
    let before = desk.store.turn_before("c", next).unwrap().unwrap();
    assert_eq!((before.0, before.1.as_str()), (turn, "Boots?"));
    let cluster = desk.cluster(&[desk.store.gap_wordings("").unwrap()[0].id]);
    desk.store.take_back_gap(turn, GapReason::AskedBack).unwrap();
    assert!(desk.store.gap_wordings("").unwrap().is_empty());
    assert!(desk.store.gap_clusters().unwrap().iter().all(|row| row.id != cluster));
    assert!(desk.store.choices_of(turn).unwrap().is_empty());
}

#[test]
fn an_answered_cluster_opens_again_when_it_is_asked_in_vain() {
    let desk = desk();
    let answer = desk.store.add_faq(faq("Norway?", "No.", FaqStatus::Approved), "").unwrap();
    desk.note(desk.turn("c", "n"), GapReason::Refused, "n", &[]);
    let cluster = desk.cluster(&[desk.store.gap_wordings("").unwrap()[0].id]);
    let status = || desk.store.gap_clusters().unwrap()[0].status;
    assert!(desk.store.set_gap_status(cluster, GapStatus::Answered, Some(answer)).unwrap());
    desk.note(desk.turn("c", "n"), GapReason::AskedBack, "n", &["Sweden?", "Norway?"]);
    assert_eq!(status(), GapStatus::Answered, "the answer was among the choices");
    desk.note(desk.turn("c", "n"), GapReason::AskedBack, "n", &["Sweden?"]);
    assert_eq!(status(), GapStatus::Open);
    desk.store.set_gap_status(cluster, GapStatus::Ignored, None).unwrap();
    desk.note(desk.turn("c", "n"), GapReason::Refused, "n", &[]);
    assert_eq!(status(), GapStatus::Ignored);
}

#[test]
fn masked_wordings_that_become_the_same_are_one() {
    let desk = desk();
    desk.note(desk.turn("c", "a"), GapReason::Refused, "Order 1042?", &[]);
    desk.note(desk.turn("c", "b"), GapReason::Unhelpful, "Order 1043?", &[]);
    let ids: Vec<i64> = desk.store.gap_wordings("").unwrap().iter().map(|row| row.id).collect();
    let masked = |id: &i64| (*id, "order [number]?".to_owned(), "Order [number]?".to_owned());
    desk.store.mask_gaps(ids.iter().map(masked).collect()).unwrap();
    let gaps = desk.store.gap_wordings("").unwrap();
    assert_eq!(gaps.len(), 1);
    assert_eq!((gaps[0].count, gaps[0].reasons), (2, [1, 0, 1, 0]));
    desk.store.trim_gaps(0).unwrap();
    assert_eq!(desk.count("SELECT count(*) FROM gap_note"), 0);
}

#[test]
fn every_change_of_an_answer_is_in_its_history() {
    let desk = desk();
    let id = desk.store.add_faq(faq("Why?", "Because.", FaqStatus::Draft), "Ada").unwrap();
    desk.store.set_faq_status(id, FaqStatus::Approved, Signed::new("Bo", "approved")).unwrap();
    desk.store.set_faq_status(id, FaqStatus::Approved, Signed::new("Bo", "approved")).unwrap();
    let text = faq("Why?", "For this reason.", FaqStatus::Approved);
    desk.store.rewrite_faq(id, text, Some(9), Signed::new("Ada", "edited")).unwrap();
    let history = desk.store.faq_history(id).unwrap();
    let told: Vec<(&str, &str, &str)> = history
        .iter()
        .map(|row| (row.what.as_str(), row.who.as_str(), row.answer.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ("edited", "Ada", "For this reason."),
            ("approved", "Bo", "Because."),
            ("added", "Ada", "Because.")
        ]
    );
    assert_eq!(history[0].alternatives, ["Why? again"]);
    desk.store.remove_faq(id).unwrap();
    let last = &desk.store.faq_history(id).unwrap()[0];
    assert_eq!((last.what.as_str(), last.status), ("removed", None));
    assert_eq!(last.alternatives, ["Why? again"]);
}

#[test]
fn answers_that_go_with_their_file_leave_their_history() {
    let desk = desk();
    let faqs = vec![faq("Why?", "Because.", FaqStatus::Approved)];
    let source = desk.import("faq.csv", &[], faqs.clone());
    desk.import("faq.csv", &[], faqs);
    let id = desk.store.faqs("", 0, 1).unwrap().faqs[0].id;
    assert_eq!(desk.store.faq_history(id).unwrap().len(), 1, "nothing has changed");
    desk.store.remove_source(source).unwrap();
    assert_eq!(desk.store.faq_history(id).unwrap()[0].what, "removed");
}

#[test]
fn a_version_brings_back_everything_visitors_could_find() {
    let desk = desk();
    let kept = desk.import("a.txt", &["thirty days", "five pounds"], Vec::new());
    let changed = desk.import("b.txt", &["open on monday"], Vec::new());
    let table = desk.import("faq.csv", &[], vec![faq("Why?", "Because.", FaqStatus::Approved)]);
    let own = desk.store.add_faq(faq("Who?", "We.", FaqStatus::Approved), "").unwrap();
    let (before, sections) = (desk.findable_words(), desk.findable());
    let version = desk.store.publish("Friday", "Ada", None).unwrap();

    desk.store.remove_source(kept).unwrap();
    desk.store.remove_source(table).unwrap();
    let other = NewSource { hash: vec![2], ..source("b.txt") };
    desk.store.replace_source(other, vec![section("closed on monday")], Vec::new()).unwrap();
    desk.import("c.txt", &["new and wrong"], Vec::new());
    let text = faq("Who?", "Somebody else.", FaqStatus::Approved);
    desk.store.rewrite_faq(own, text, None, Signed::new("Bo", "edited")).unwrap();
    let late = desk.store.add_faq(faq("Late?", "Yes.", FaqStatus::Approved), "").unwrap();
    let draft = desk.store.add_faq(faq("Draft?", "Yes.", FaqStatus::Draft), "").unwrap();
    let other = desk.store.publish("Saturday", "Ada", None).unwrap();
    let changed_words = desk.findable_words();

    assert!(desk.roll_back(version));
    assert_eq!(desk.findable_words(), before);
    let numbers = |rows: &[(Option<i64>, Option<i64>, String)]| -> Vec<Option<i64>> {
        rows.iter().map(|row| row.0).filter(Option::is_some).collect()
    };
    assert_eq!(numbers(&desk.findable()), numbers(&sections), "under their own numbers");
    assert_eq!(desk.store.sections_of(changed).unwrap()[0].text, "open on monday");
    assert_eq!(desk.store.full_text(&["monday".to_owned()], 9).unwrap().len(), 1);
    assert_eq!(desk.store.faq(late).unwrap().unwrap().status, FaqStatus::Draft);
    assert_eq!(desk.store.faq(draft).unwrap().unwrap().status, FaqStatus::Draft);
    assert_eq!(desk.orphans(), 0);
    let history = desk.store.faq_history(own).unwrap();
    assert_eq!((history[0].what.as_str(), history[0].who.as_str()), ("rolled back", "me"));

    assert!(desk.roll_back(other), "and forward again");
    assert_eq!(desk.findable_words(), changed_words);
    assert_eq!(desk.orphans(), 0);
    assert!(!desk.roll_back(99));
}

#[test]
fn an_unchanged_document_is_kept_once_and_old_versions_make_room() {
    let desk = desk();
    desk.import("a.txt", &["thirty days"], Vec::new());
    for name in 0..25 {
        desk.store.publish(&name.to_string(), "", None).unwrap();
    }
    let versions = desk.store.versions().unwrap();
    assert_eq!((versions.len(), versions[0].name.as_str()), (20, "24"));
    assert_eq!((versions[0].sources, versions[0].faqs), (1, 0));
    assert_eq!(desk.count("SELECT count(*) FROM kept_source"), 1);
    desk.store.remove_source(1).unwrap();
    for name in 0..20 {
        desk.store.publish(&name.to_string(), "", None).unwrap();
    }
    assert_eq!(desk.count("SELECT count(*) FROM kept_source"), 0);
    assert_eq!(desk.count("SELECT count(*) FROM kept_chunk"), 0);
}

#[test]
fn every_column_of_a_document_is_kept() {
    let desk = desk();
    for table in ["source", "section", "chunk"] {
        let missing = format!(
            "SELECT count(*) FROM pragma_table_info('{table}') WHERE name NOT IN
             (SELECT name FROM pragma_table_info('kept_{table}'))"
        );
        assert_eq!(desk.count(&missing), 0, "a column of {table} would be lost on the way back");
    }
}

#[test]
fn runs_keep_their_results() -> Result<(), StoreError> {
    let desk = desk();
    let case = TestCaseRow {
        question: "Why?".to_owned(),
        gold: vec!["because".to_owned(), "reason".to_owned()],
        ..TestCaseRow::default()
    };
    let ids = desk.store.save_test_cases(vec![case.clone(), case.clone()])?;
    let renamed = TestCaseRow { id: ids[0], name: "x".to_owned(), ..case };
    desk.store.save_test_cases(vec![renamed.clone()])?;
    assert_eq!(desk.store.test_cases()?[0], renamed);
    assert!(desk.store.remove_test_case(ids[1])?);
    assert!(!desk.store.remove_test_case(ids[1])?);
    let result = TestResultRow { case_id: ids[0], score: f32::NAN, ..TestResultRow::default() };
    let run = TestRunRow { kb_version: 3, results: vec![result], ..TestRunRow::default() };
    for _ in 0..60 {
        desk.store.save_test_run(run.clone())?;
    }
    assert_eq!(desk.store.test_runs(99)?.len(), 50);
    assert_eq!(desk.store.test_runs(1)?[0].results.len(), 1);
    assert_eq!(desk.store.tested_version()?, Some(3));
    assert_eq!(desk.store.test_run(60)?.len(), 2);
    Ok(())
}

#[test]
fn documents_tell_when_they_came_and_went() {
    let desk = desk();
    let id = desk.import("a.txt", &["thirty days"], Vec::new());
    let other = NewSource { hash: vec![2], ..source("a.txt") };
    desk.store.replace_source(other, Vec::new(), Vec::new()).unwrap();
    desk.store.remove_source(id).unwrap();
    let changes = desk.store.document_changes_after(0).unwrap();
    let told: Vec<&str> = changes.iter().map(|row| row.what.as_str()).collect();
    assert_eq!(told, ["imported", "imported again", "removed"]);
    assert_eq!(desk.store.newest_document_change().unwrap(), 3);
    assert_eq!(desk.store.document_uses(0).unwrap().1, 0);
}
