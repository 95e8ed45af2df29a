//! A desk changes its chat model while visitors ask: nobody waits, nobody fails, and a model that
//! does not run changes nothing.

use std::fs;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use commands::wire::{Code, ComputerCommand, Generation, Route};
use store::Store;

use crate::shelf::{QUESTION, Shelf};

#[test]
fn questions_are_answered_while_the_model_changes() {
    let shelf = Shelf::new();
    let open = shelf.open();
    assert_eq!(open.in_use(), "small-a");
    let stop = AtomicBool::new(false);
    let mut turns = Vec::new();
    std::thread::scope(|scope| {
        let askers: Vec<_> = (0..3)
            .map(|asker| {
                let (open, stop) = (&open, &stop);
                scope.spawn(move || {
                    let mut turns = Vec::new();
                    let mut number = 0;
                    while !stop.load(Ordering::Acquire) {
                        number += 1;
                        turns.push(open.ask(&format!("{QUESTION} Case {asker} {number}")));
                    }
                    turns
                })
            })
            .collect();
        for id in ["small-b", "small-a", "small-b"] {
            std::thread::sleep(Duration::from_millis(100));
            open.use_model(id).unwrap();
            assert_eq!(open.in_use(), id);
        }
        std::thread::sleep(Duration::from_millis(100));
        stop.store(true, Ordering::Release);
        turns = askers.into_iter().flat_map(|asker| asker.join().unwrap()).collect();
    });
    for turn in &turns {
        assert!(turn.error.is_none() && !turn.interrupted, "{turn:?}");
        assert_eq!(turn.route, Route::Documents, "{turn:?}");
        assert_eq!(turn.answer, "Refunds take five working days.", "{turn:?}");
    }
    for id in ["small-a", "small-b"] {
        assert!(turns.iter().any(|turn| turn.model.as_deref() == Some(id)), "{id} was asked");
    }
    assert_eq!(shelf.alive(), ["small-b"], "the old one ends with its last turn");
    assert_eq!(open.ask(&format!("{QUESTION} Last case")).model.as_deref(), Some("small-b"));
}

#[test]
fn a_change_is_rolled_back_and_back_again() {
    let shelf = Shelf::new();
    let open = shelf.open();
    let nothing = open.try_command(ComputerCommand::RollBackModel).unwrap_err();
    assert_eq!(nothing.code, Code::NotFound);
    open.use_model("small-b").unwrap();
    open.try_command(ComputerCommand::RollBackModel).unwrap();
    assert_eq!(open.in_use(), "small-a");
    open.try_command(ComputerCommand::RollBackModel).unwrap();
    assert_eq!(open.in_use(), "small-b");
    open.use_model("small-b").unwrap();
    open.try_command(ComputerCommand::RollBackModel).unwrap();
    assert_eq!(open.in_use(), "small-a", "using the same again is no change");
}

#[test]
fn an_answer_that_one_model_gave_is_not_given_for_another() {
    let shelf = Shelf::new();
    let open = shelf.open();
    let route = || open.ask(QUESTION).route;
    assert_eq!((route(), route()), (Route::Documents, Route::Cache));
    open.use_model("small-b").unwrap();
    let turn = open.ask(QUESTION);
    assert_eq!((turn.route, turn.model.as_deref()), (Route::Documents, Some("small-b")));
}

#[test]
fn the_exams_mark_belongs_to_the_model() {
    let shelf = Shelf::new();
    let key = format!("small-a:{}", shelf.entry("small-a").sha256);
    let store = Store::open(&shelf.desk()).unwrap();
    store.save_exam(&key, 0.9, r#"{"passed":true}"#).unwrap();
    drop(store);
    let open = shelf.open();
    open.set_generation(Generation::WhenProven);
    assert_eq!(open.ask(QUESTION).route, Route::Documents);
    open.use_model("small-b").unwrap();
    let turn = open.ask(QUESTION);
    assert_eq!((turn.route, turn.model), (Route::Quote, None), "it has not sat its exam");
    open.try_command(ComputerCommand::RollBackModel).unwrap();
    assert_ne!(open.ask(QUESTION).route, Route::Quote);
}

#[test]
fn a_choice_outlives_a_restart_and_a_vanished_file() {
    let shelf = Shelf::new();
    let open = shelf.open();
    open.use_model("small-b").unwrap();
    drop(open);
    let open = shelf.open();
    assert_eq!((open.in_use(), open.problems()), ("small-b".into(), vec![]));
    drop(open);

    let file = shelf.desk().join("models/small-b.gguf");
    let aside = shelf.folder.path().join("aside");
    fs::rename(&file, &aside).unwrap();
    let open = shelf.open();
    assert_eq!(open.in_use(), "small-a", "the best one that is here stands in");
    let problems = open.problems();
    assert_eq!((problems.len(), problems[0].code), (1, Code::NotFound), "{problems:?}");
    assert!(problems[0].message.contains("small-b"), "{problems:?}");
    assert_eq!(open.use_model("small-b").unwrap_err().code, Code::NotFound);
    drop(open);

    fs::rename(&aside, &file).unwrap();
    assert_eq!(shelf.open().in_use(), "small-b", "the choice is kept");
}

#[test]
fn a_model_that_does_not_run_changes_nothing() {
    let shelf = Shelf::new();
    let open = shelf.open();
    shelf.broken.lock().unwrap().insert("small-b".into());
    let refused = open.use_model("small-b").unwrap_err();
    assert_eq!(refused.code, Code::ModelRefused);
    assert!(refused.message.contains("does not run here"), "{refused:?}");
    assert!(refused.message.contains("signal 6"), "{refused:?}");
    assert_eq!(open.in_use(), "small-a");
    assert_eq!(open.ask(QUESTION).model.as_deref(), Some("small-a"));
    assert_eq!(shelf.alive(), ["small-a"]);
    drop(open);
    assert_eq!(shelf.open().in_use(), "small-a", "nor is it remembered");

    let open = shelf.open();
    assert_eq!(open.use_model("nothing").unwrap_err().code, Code::NotFound);
    assert_eq!(open.use_model("all-minilm-l6-v2").unwrap_err().code, Code::Invalid);
}

#[test]
fn without_room_for_both_the_old_one_goes_first() {
    let mut shelf = Shelf::new();
    let needed = shelf.entry("small-b").memory_bytes();
    let one = |id: &str| (id.to_string(), vec![id.to_string()]);
    // Of what is free, 80 % may be taken.
    shelf.free_bytes = needed;
    let open = shelf.open();
    let first = open.in_use();
    let second = if first == "small-a" { "small-b" } else { "small-a" };
    let note = open.core.note_on_change(second).unwrap();
    assert!(note.contains("the desk quotes its documents"), "{note}");
    assert_eq!(open.core.note_on_change(&first), None, "it is in use");
    open.use_model(second).unwrap();
    assert_eq!((open.in_use(), shelf.alive()), one(second));
    shelf.broken.lock().unwrap().insert(first.clone());
    let refused = open.use_model(&first).unwrap_err();
    assert_eq!(refused.code, Code::ModelRefused, "{refused:?}");
    assert_eq!((open.in_use(), shelf.alive()), one(second), "it is back");
    assert_eq!(open.ask(QUESTION).model.as_deref(), Some(second));
    drop(open);

    shelf.free_bytes = needed / 10;
    let refused = shelf.open().use_model(&first).unwrap_err();
    assert_eq!(refused.code, Code::ModelRefused);
    assert!(refused.message.contains("MB of memory"), "{refused:?}");
}

#[test]
fn a_file_that_is_cut_short_under_a_running_desk_is_told() {
    let shelf = Shelf::new();
    let open = shelf.open();
    let file = shelf.desk().join("models/small-a.gguf");
    fs::File::options().write(true).open(&file).unwrap().set_len(100).unwrap();
    let problems = open.problems();
    assert_eq!((problems.len(), problems[0].code), (1, Code::ModelRefused), "{problems:?}");
    assert!(problems[0].message.contains("has 100 bytes"), "{problems:?}");
    let refused = open.use_model("small-a").unwrap_err();
    assert_eq!(refused.code, Code::ModelRefused);
    let started = Instant::now();
    open.use_model("small-b").unwrap();
    assert!(started.elapsed() < Duration::from_secs(10));
}
