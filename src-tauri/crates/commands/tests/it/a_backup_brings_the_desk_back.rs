//! One file brings the whole desk back while it runs, and nothing else is ever done with it.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use commands::wire::{
    BackupCommand, BackupContent, BackupMade, BackupReply, BackupState, CheckState, Code, Finding,
    OpeningCommand, OpeningReply, RestoreHow, RestoredView, Route, StaffCommand, StaffReply,
};
use store::Store;
use testkit::TestDesk;

/// Rows that change with the act of restoring itself: the version of the knowledge, which only
/// rises, and the journal that search follows.
const MOVES: [&str; 2] = ["meta", "knowledge_change"];

fn ask(desk: &TestDesk, command: BackupCommand) -> BackupReply {
    match desk.manage(StaffCommand::Backup(command)).unwrap() {
        StaffReply::Backup(reply) => *reply,
        other => panic!("{other:?}"),
    }
}

fn make(desk: &TestDesk) -> BackupMade {
    match ask(desk, BackupCommand::Make) {
        BackupReply::Made(made) => made,
        other => panic!("{other:?}"),
    }
}

fn state(desk: &TestDesk) -> BackupState {
    match ask(desk, BackupCommand::State) {
        BackupReply::State(state) => state,
        other => panic!("{other:?}"),
    }
}

fn check(desk: &TestDesk, file: &str) -> BackupContent {
    match ask(desk, BackupCommand::Check { file: file.into() }) {
        BackupReply::Checked(content) => content,
        other => panic!("{other:?}"),
    }
}

fn restore(desk: &TestDesk, file: &str, how: RestoreHow) -> RestoredView {
    match ask(desk, BackupCommand::Restore { file: file.into(), how }) {
        BackupReply::Restored(restored) => restored,
        other => panic!("{other:?}"),
    }
}

fn refused(desk: &TestDesk, command: BackupCommand) -> (Code, String) {
    let error = desk.manage(StaffCommand::Backup(command)).unwrap_err();
    assert!(error.hint.is_some(), "{error:?}");
    (error.code, error.message)
}

/// What every table holds. The desk is open, so its files are looked at in another folder.
fn rows(desk: &TestDesk) -> Vec<(String, u64)> {
    let aside = tempfile::tempdir().unwrap();
    for name in ["kb.db", "kb.db-wal"] {
        let _there = std::fs::copy(desk.data().join(name), aside.path().join(name)).is_ok();
    }
    let mut rows = Store::open(aside.path()).unwrap().hash_rows().unwrap();
    rows.retain(|(table, _)| !MOVES.contains(&table.as_str()));
    rows
}

#[test]
fn the_sample_shop_comes_back_table_by_table() {
    let desk = TestDesk::sample();
    desk.ask("When do you open?");
    let file = make(&desk).file;
    let desk = desk.reopened();
    let before = rows(&desk);
    desk.import_text("later.md", "# Later\n\nThe sauna opens at noon and closes at eight.\n");
    desk.ask("Is there a sauna?");
    let content = check(&desk, &file);
    assert!(content.is_own);
    let here = content.here.unwrap();
    assert_eq!(here.documents, content.holds.documents + 1);
    assert_eq!(here.questions, content.holds.questions + 1);
    let restored = restore(&desk, &file, RestoreHow::Replace);
    assert_eq!(restored.now, content.holds);
    let turn = desk.ask("Is there a sauna?");
    assert!(turn.citations.iter().all(|citation| citation.source != "later.md"), "{turn:?}");
    // And back again: the desk as it was before the restore was backed up first.
    restore(&desk, &restored.safety, RestoreHow::Replace);
    let turn = desk.ask("When does the sauna open?");
    assert!(turn.citations.iter().any(|citation| citation.source == "later.md"), "{turn:?}");
    restore(&desk, &file, RestoreHow::Replace);
    assert_eq!(rows(&desk), before);
}

#[test]
fn backups_are_whole_while_imports_and_questions_run() {
    let desk = TestDesk::shop();
    let stop = AtomicBool::new(false);
    std::thread::scope(|threads| {
        threads.spawn(|| {
            for number in 0.. {
                if stop.load(Ordering::Relaxed) {
                    break;
                }
                let text = format!("# Page {number}\n\nThe word of the day is number {number}.\n");
                desk.import_text(&format!("page-{number}.md"), &text);
            }
        });
        threads.spawn(|| {
            while !stop.load(Ordering::Relaxed) {
                let _answered = desk.try_ask("Is there parking at the shop?").is_ok();
            }
        });
        for _ in 0..5 {
            let made = make(&desk);
            let content = check(&desk, &made.file);
            assert!(content.holds.answers >= 2, "{content:?}");
        }
        let first = state(&desk).backups.last().unwrap().file.clone();
        restore(&desk, &first, RestoreHow::Replace);
        assert_eq!(desk.ask("Is there parking at the shop?").route, Route::Faq);
        stop.store(true, Ordering::Relaxed);
    });
    assert_eq!(desk.ask("Is there parking at the shop?").route, Route::Faq);
}

#[test]
fn settings_and_answers_are_those_of_the_backup_at_once() {
    let desk = TestDesk::shop();
    let file = make(&desk).file;
    let add = |question: &str| {
        let (question, answer) = (question.to_owned(), "Yes, on the roof.".to_owned());
        let add = StaffCommand::AddFaq { question, answer, alternatives: Vec::new() };
        desk.manage(add).unwrap();
    };
    add("Is there a swimming pool?");
    assert_eq!(check(&desk, &file).new_answers, 0);
    restore(&desk, &file, RestoreHow::Replace);
    let faqs = |contains: &str| {
        let list = StaffCommand::Faqs { contains: contains.into(), offset: 0, limit: 10 };
        match desk.manage(list).unwrap() {
            StaffReply::Faqs { total, .. } => total,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!((faqs("swimming"), faqs("parking")), (0, 1));
    add("Is there a cloakroom?");
    assert_eq!(faqs("cloakroom"), 1);
}

#[test]
fn merging_adds_what_is_missing_and_keeps_the_rest() {
    let other = TestDesk::shop();
    other.import_text("menu.md", "# Menu\n\nThe soup of the day is lentil soup with bread.\n");
    let file = make(&other).file;
    let desk = TestDesk::empty();
    desk.import_text("answers.csv", testkit::SHOP_ANSWERS);
    let content = check(&desk, &file);
    assert!(!content.is_own);
    assert_eq!((content.new_answers, content.new_documents), (0, 2));
    let merged = restore(&desk, &file, RestoreHow::Merge);
    assert_eq!((merged.added_answers, merged.added_documents), (0, 2));
    desk.core.settle();
    let turn = desk.ask("Which soup is the soup of the day?");
    assert!(turn.citations.iter().any(|citation| citation.source == "menu.md"), "{turn:?}");
    assert_eq!(desk.ask("Is there parking at the shop?").route, Route::Faq);
}

#[test]
fn what_is_no_backup_is_refused_and_changes_nothing() {
    let desk = TestDesk::shop();
    let file = make(&desk).file;
    let bytes = std::fs::read(&file).unwrap();
    let torn = desk.write("torn.fdz", &bytes[..bytes.len() / 2]).display().to_string();
    let letter = desk.write("letter.fdz", b"Dear desk,").display().to_string();
    for (file, words) in [
        (&torn, "is damaged"),
        (&letter, "is not a backup"),
        (&"/no/such.fdz".to_owned(), "such.fdz"),
    ] {
        for how in [RestoreHow::Replace, RestoreHow::Merge] {
            let (_, message) = refused(&desk, BackupCommand::Restore { file: file.clone(), how });
            assert!(message.contains(words), "{message}");
        }
    }
    let state = state(&desk);
    assert_eq!(state.backups.len(), 1, "no backup was made for what was refused: {state:?}");
    assert_eq!(desk.ask("Is there parking at the shop?").route, Route::Faq);
}

#[test]
fn the_second_place_gets_a_copy_and_the_check_before_opening_knows_the_age() {
    let desk = TestDesk::shop();
    let light = || match desk.manage(StaffCommand::Opening(OpeningCommand::Run)).unwrap() {
        StaffReply::Opening(reply) => {
            let OpeningReply::Opening(view) = *reply;
            let rows = view.check.unwrap().rows;
            rows.into_iter().find(|row| row.place == "backup").unwrap()
        }
        other => panic!("{other:?}"),
    };
    assert_eq!((light().finding, light().state), (Finding::BackupNone, CheckState::Warn));
    let stick = tempfile::tempdir().unwrap();
    let keep =
        |folder: &Path| BackupCommand::KeepAlsoIn { folder: Some(folder.display().to_string()) };
    assert_eq!(refused(&desk, keep(Path::new("stick"))).0, Code::NotFound);
    assert_eq!(refused(&desk, keep(&desk.data())).0, Code::NotFound);
    ask(&desk, keep(stick.path()));
    let made = make(&desk);
    assert_eq!(std::fs::read(&made.second_file).unwrap(), std::fs::read(&made.file).unwrap());
    assert_eq!((light().finding, light().state), (Finding::BackupFresh, CheckState::Good));
    assert_eq!(state(&desk).backups.len(), 2);
    drop(stick);
    let made = make(&desk);
    assert!(made.second_file.is_empty() && made.second_problem.contains("is not there"));
    let state = state(&desk);
    assert!(!state.second_is_there && state.light == CheckState::Good, "{state:?}");
}
