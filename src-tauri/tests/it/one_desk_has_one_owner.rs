//! One desk has one owner, and what it knows survives a restart.

use std::sync::Arc;

use commands::wire::{Code, Route};
use commands::{Core, EngineChoice, NoHost, OpenOptions};
use testkit::TestDesk;

fn open_error(data: std::path::PathBuf) -> commands::wire::ApiError {
    let options = OpenOptions {
        data,
        engine: EngineChoice::Scripted,
        sample: false,
        machine: None,
        host: Arc::new(NoHost),
    };
    match Core::open(options) {
        Ok(_) => panic!("this folder should be refused"),
        Err(error) => error,
    }
}

#[test]
fn one_desk_has_one_owner_at_a_time() {
    let desk = TestDesk::shop();
    let error = open_error(desk.data());
    assert_eq!(error.code, Code::DataFolder);
    assert!(error.hint.is_some_and(|hint| hint.contains("already running")));
    assert_eq!(desk.ask("Do you sell gift cards?").route, Route::Faq);
}

#[test]
fn one_desk_has_one_owner_and_forgets_nothing_when_it_is_closed() {
    let desk = TestDesk::shop().reopened();
    assert_eq!(desk.ask("Do you sell gift cards?").route, Route::Faq);
    assert!(desk.ask("What does a kayak cost for half a day?").answer.contains("25 pounds"));
}

#[test]
fn one_desk_has_one_owner_and_a_folder_that_cannot_be_one_is_named() {
    let desk = TestDesk::empty();
    let file = desk.write("not-a-folder", b"x");
    let error = open_error(file.clone());
    assert_eq!(error.code, Code::DataFolder);
    assert!(error.message.contains("not-a-folder") && error.hint.is_some(), "{error:?}");
    assert_eq!(std::fs::read(file).expect("it is still there"), b"x");
}
