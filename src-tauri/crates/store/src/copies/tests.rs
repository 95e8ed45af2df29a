//! A copy is the desk without this computer's own rows, and comes back whole or not at all.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use super::*;
use crate::{Erasure, FaqStatus, GapNote, GapReason, NewFaq, NewSection, NewSource, TurnRow};

struct Desk {
    store: Store,
    folder: tempfile::TempDir,
}

fn desk() -> Desk {
    let folder = tempfile::tempdir().unwrap();
    Desk { store: Store::open(&folder.path().join("desk")).unwrap(), folder }
}

impl Desk {
    /// A desk with one document, one answer and a PIN.
    fn shop() -> Self {
        let desk = desk();
        desk.import("rules.md", "Boots come back within 30 days.");
        desk.answer("Is there parking?");
        desk.store
            .write(|writes| {
                writes
                    .execute("UPDATE access SET pin_hash = 'a hash of the PIN', tries = 3", [])?;
                Ok(())
            })
            .unwrap();
        desk
    }

    fn import(&self, uri: &str, text: &str) {
        let section = NewSection { text: text.into(), ..NewSection::default() };
        let source = NewSource {
            uri: uri.into(),
            name: uri.into(),
            hash: text.as_bytes().to_vec(),
            ..NewSource::default()
        };
        self.store.replace_source(source, vec![section], vec![]).unwrap();
    }

    fn answer(&self, question: &str) {
        let faq = NewFaq {
            question: question.into(),
            answer: "Yes.".into(),
            status: FaqStatus::Approved,
            ..NewFaq::default()
        };
        self.store.add_faq(faq, "staff").unwrap();
    }

    fn copy(&self, name: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        self.store.copy_to(&path).unwrap();
        path
    }

    fn text(&self, query: &'static str) -> String {
        self.store.read(|reader| Ok(reader.query_row(query, [], |row| row.get(0))?)).unwrap()
    }
}

fn sql(path: &std::path::Path, statements: &str) {
    Connection::open(path).unwrap().execute_batch(statements).unwrap();
}

#[test]
fn every_table_is_the_shops_or_the_computers() {
    // A new table stands in one of the two lists: somebody has decided whether it goes along.
    let shops = [
        "answer_cache",
        "answer_cache_source",
        "cache_dep",
        "calibration",
        "chunk",
        "collected",
        "conversation",
        "desk_facts",
        "document_change",
        "embedding",
        "faq",
        "faq_alternative",
        "faq_edit",
        "faq_revision",
        "gap",
        "gap_cluster",
        "gap_note",
        "gap_vector",
        "gone_content",
        "kept_chunk",
        "kept_section",
        "kept_source",
        "knowledge_change",
        "logo",
        "meta",
        "order_row",
        "order_source",
        "reference_vector",
        "rejected_file",
        "section",
        "sentence_total",
        "setting",
        "source",
        "test_case",
        "test_result",
        "test_run",
        "ticket",
        "ticket_line",
        "turn",
        "turn_count",
        "turn_source",
        "turn_why",
        "version",
        "version_faq",
        "version_source",
        "watched_file",
        "watched_folder",
    ];
    let mut known: Vec<&str> = shops.iter().chain(belongs::TABLES).copied().collect();
    known.sort_unstable();
    let found = desk().store.count_rows().unwrap();
    let found: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(found, known);
}

#[test]
fn a_copy_holds_the_shop_and_neither_pin_nor_counters() {
    let desk = Desk::shop();
    let copy = desk.copy("copy.db");
    let facts = check_copy(&copy).unwrap();
    assert_eq!(facts.version, crate::SCHEMA_VERSION);
    assert_eq!(facts.desk, desk.store.desk_id().unwrap());
    let rows = |name: &str| facts.rows.iter().find(|(table, _)| table == name).unwrap().1;
    assert_eq!((rows("source"), rows("faq"), rows("access")), (1, 1, 1));
    let bytes = fs::read(&copy).unwrap();
    let holds = |text: &str| bytes.windows(text.len()).any(|part| part == text.as_bytes());
    assert!(holds("Boots come back"));
    assert!(!holds("a hash of the PIN"), "the PIN's hash is in the copy");
    assert!(matches!(desk.store.copy_to(&copy), Err(StoreError::Io { .. })), "it was overwritten");
}

#[test]
fn a_copy_comes_back_and_the_computer_keeps_what_is_its_own() {
    let desk = Desk::shop();
    let copy = desk.copy("copy.db");
    desk.import("later.md", "Added later.");
    desk.store.setting_set("chat_model", "large").unwrap();
    desk.store.setting_set("profile.name", "Later").unwrap();
    let version = desk.store.kb_version().unwrap();
    migrate_copy(&copy).unwrap();
    desk.store.replace_with(&copy, 1).unwrap();
    assert_eq!(desk.text("SELECT group_concat(uri) FROM source"), "rules.md");
    assert_eq!(desk.text("SELECT pin_hash || tries FROM access"), "a hash of the PIN3");
    assert_eq!(desk.text("SELECT group_concat(key || value) FROM setting"), "chat_modellarge");
    assert!(desk.store.kb_version().unwrap() > version, "no version of the knowledge comes twice");
    desk.answer("Does it still write?");
    let Desk { store, folder } = desk;
    drop(store);
    let store = Store::open(&folder.path().join("desk")).unwrap();
    assert_eq!(store.count_rows().unwrap().iter().find(|(name, _)| name == "faq").unwrap().1, 2);
}

#[test]
fn what_was_erased_since_stays_erased() {
    let desk = Desk::shop();
    let say = |conversation: &str, question: &str| {
        let turn = TurnRow {
            conversation: conversation.into(),
            question: question.into(),
            ..TurnRow::default()
        };
        desk.store.save_turn(&turn).unwrap();
    };
    say("a", "My address is 1 Secret Road");
    say("b", "When do you open?");
    let copy = desk.copy("copy.db");
    let erasure = Erasure { conversations: Some(vec!["a".into()]), with_gaps: false };
    desk.store.erase_conversations(erasure, 5).unwrap();
    migrate_copy(&copy).unwrap();
    assert_eq!(desk.store.replace_with(&copy, 6).unwrap(), 1);
    let questions = desk.text("SELECT group_concat(question, '|' ORDER BY id) FROM turn");
    assert_eq!(questions, "|When do you open?");
    let Desk { store, folder } = desk;
    drop(store);
    let bytes = fs::read(folder.path().join("desk/kb.db")).unwrap();
    assert!(!bytes.windows(11).any(|part| part == b"Secret Road"), "the words are in the file");
}

#[test]
fn an_open_question_that_was_erased_since_stays_erased() {
    let desk = Desk::shop();
    let ask = |question: &str| {
        let turn = TurnRow { conversation: question.into(), ..TurnRow::default() };
        let turn_id = desk.store.save_turn(&turn).unwrap();
        let note = GapNote {
            turn_id,
            reason: GapReason::Refused,
            normalised: question.into(),
            question: question.into(),
            choices: Vec::new(),
            at: 0,
        };
        desk.store.note_gap(note).unwrap();
    };
    let bring = |copy: &Path| {
        migrate_copy(copy).unwrap();
        desk.store.replace_with(copy, 6).unwrap();
        desk.text("SELECT coalesce(group_concat(normalised, '|' ORDER BY id), '') FROM gap")
    };
    ask("who is the baker");
    let older = desk.copy("older.db");
    ask("who is the butcher");
    let (copy, again) = (desk.copy("copy.db"), desk.copy("again.db"));
    assert_eq!(bring(&older), "who is the baker");
    // A desk that went back never knew what came later, and takes nothing of it away.
    assert_eq!(bring(&copy), "who is the baker|who is the butcher");
    desk.store.erase_gaps().unwrap();
    assert_eq!(bring(&again), "", "erased on purpose");
}

#[test]
fn a_copy_of_a_stranger_is_refused() {
    let check = |name: &str, statements: &str, is_right: fn(&StoreError) -> bool| {
        let copy = Desk::shop().copy_kept(name);
        sql(&copy.1, statements);
        let refused = check_copy(&copy.1).and_then(|_| migrate_copy(&copy.1)).unwrap_err();
        assert!(is_right(&refused), "{name}: {refused}");
    };
    let not_ours = |error: &StoreError| matches!(error, StoreError::NotOurs { .. });
    let damaged = |error: &StoreError| matches!(error, StoreError::Damaged { .. });
    check("id", "PRAGMA application_id = 1", not_ours);
    check("table", "CREATE TABLE recipes(id)", not_ours);
    check("view", "CREATE VIEW open_orders AS SELECT * FROM order_row", not_ours);
    check("trigger", "CREATE TRIGGER t AFTER INSERT ON faq BEGIN DELETE FROM faq; END", not_ours);
    check(
        "changed trigger",
        "DROP TRIGGER faq_went; CREATE TRIGGER faq_went AFTER DELETE ON faq BEGIN SELECT 1; END",
        damaged,
    );
    check("missing", "DROP TABLE ticket_line", damaged);
    check("loose", "PRAGMA foreign_keys = OFF; UPDATE section SET source_id = 99", damaged);
    check("newer", "PRAGMA user_version = 2100010101", |error| {
        matches!(error, StoreError::Newer { found: 2_100_010_101, .. })
    });
}

impl Desk {
    fn copy_kept(self, name: &str) -> (Self, PathBuf) {
        let copy = self.copy(name);
        (self, copy)
    }
}

#[test]
fn merging_adds_what_is_missing_and_changes_nothing_else() {
    let other = Desk::shop();
    other.import("menu.md", "Soup of the day.");
    other.answer("Do you have soup?");
    let copy = other.copy("copy.db");
    let desk = Desk::shop();
    desk.answer("Only here?");
    migrate_copy(&copy).unwrap();
    let would = would_merge(&desk.store, &copy).unwrap();
    assert_eq!(would, MergeCounts { faqs: 1, sources: 1 });
    assert_eq!(desk.store.merge_from(&copy, "staff").unwrap(), would);
    assert_eq!(desk.text("SELECT group_concat(uri ORDER BY id) FROM source"), "rules.md,menu.md");
    assert_eq!(
        desk.text("SELECT group_concat(question, '|' ORDER BY id) FROM faq"),
        "Is there parking?|Only here?|Do you have soup?"
    );
    assert_eq!(desk.store.merge_from(&copy, "staff").unwrap(), MergeCounts::default());
    migrate_copy(&desk.copy("after.db")).unwrap();
}

#[test]
fn an_unreadable_desk_is_kept_aside_and_replaced() {
    let desk = Desk::shop();
    let data = desk.folder.path().join("desk");
    let copy = desk.copy("copy.db");
    let Desk { store, folder: _folder } = desk;
    drop(store);
    fs::write(data.join("kb.db"), b"nothing that anybody can read").unwrap();
    let staged = data.join("staged");
    fs::copy(&copy, &staged).unwrap();
    let aside = Unreadable::own(&data).unwrap().replace(&staged, 7).unwrap().unwrap();
    assert_eq!(fs::read(aside.join("kb.db")).unwrap(), b"nothing that anybody can read");
    assert_eq!(Store::open(&data).unwrap().counts_of("faq"), 1);
    // A crash after the old file had gone, and one before.
    fs::rename(data.join("kb.db"), data.join(open_next())).unwrap();
    assert_eq!(Store::open(&data).unwrap().counts_of("faq"), 1);
    fs::write(data.join(open_next()), b"not needed any more").unwrap();
    assert_eq!(Store::open(&data).unwrap().counts_of("faq"), 1);
    assert!(!data.join(open_next()).exists());
}

fn open_next() -> &'static str {
    crate::open::NEXT
}

impl Store {
    fn counts_of(&self, table: &str) -> u64 {
        self.count_rows().unwrap().into_iter().find(|(name, _)| name == table).unwrap().1
    }
}

#[test]
fn an_older_desk_is_handed_over_before_it_changes() {
    let desk = Desk::shop();
    let data = desk.folder.path().join("desk");
    let Desk { store, folder } = desk;
    drop(store);
    // The tables are the newest; only the number says otherwise, and the last step can be redone.
    sql(
        &data.join("kb.db"),
        "PRAGMA user_version = 2026112231; DROP INDEX turn_count_faq; DROP INDEX turn_source_faq;",
    );
    let refused = Store::open_after(&data, &mut |_| {
        Err(StoreError::NotBackedUp { reason: "no room".into() })
    });
    assert!(matches!(refused.map(|_| ()), Err(StoreError::NotBackedUp { .. })));
    let target = folder.path().join("before.db");
    let opened = Store::open_after(&data, &mut |old| old.copy_to(&target));
    drop(opened.unwrap());
    assert_eq!(check_copy(&target).unwrap().version, 2_026_112_231);
}
