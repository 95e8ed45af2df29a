//! Model files from a stick or from another program: exactly the right bytes, a file that nobody
//! knows only after it was tried, and nobody else's file is ever deleted.

use std::fs;
use std::io::{Seek, SeekFrom, Write};
use std::path::Path;

use commands::wire::{Code, ComputerCommand, ComputerReply};

use crate::shelf::{QUESTION, Shelf};

fn flip_a_bit(path: &Path, at: u64) {
    let byte = fs::read(path).unwrap()[at as usize];
    let mut file = fs::File::options().write(true).open(path).unwrap();
    file.seek(SeekFrom::Start(at)).unwrap();
    file.write_all(&[byte ^ 1]).unwrap();
}

#[test]
fn a_catalogued_file_is_copied_and_used() {
    let shelf = Shelf::new();
    let stick = shelf.folder.path().join("stick/any-name.gguf");
    fs::rename(shelf.desk().join("models/small-b.gguf"), &stick).unwrap();
    let open = shelf.open();
    assert_eq!(open.state("small-b"), "missing");
    let model = open.import(&stick, false);
    assert_eq!((model.id.as_str(), model.known, model.error), ("small-b", true, None));
    assert!(model.warnings.is_empty());
    assert_eq!(open.state("small-b"), "ready", "without a restart");
    fs::remove_file(&stick).unwrap();
    open.use_model("small-b").unwrap();
}

#[test]
fn a_desk_without_a_model_uses_the_first_that_comes() {
    let shelf = Shelf::new();
    let stick = shelf.folder.path().join("stick");
    for file in ["small-a.gguf", "small-b.gguf"] {
        fs::rename(shelf.desk().join("models").join(file), stick.join(file)).unwrap();
    }
    let open = shelf.open();
    assert_eq!((open.in_use(), open.ask(QUESTION).model), (String::new(), None));
    assert_eq!(open.import(&stick.join("small-b.gguf"), false).error, None);
    assert_eq!(open.in_use(), "small-b");
    assert_eq!(open.ask(QUESTION).model.as_deref(), Some("small-b"));
}

#[test]
fn damage_is_refused_and_not_adopted() {
    let shelf = Shelf::new();
    let stick = shelf.folder.path().join("stick/renamed.gguf");
    fs::rename(shelf.desk().join("models/small-b.gguf"), &stick).unwrap();
    flip_a_bit(&stick, fs::metadata(&stick).unwrap().len() - 5);
    let open = shelf.open();
    for in_place in [false, true] {
        let model = open.import(&stick, in_place);
        let error = model.error.unwrap();
        assert_eq!((error.code, model.id.as_str()), (Code::ModelRefused, ""));
        assert!(error.message.contains("looks like small-b and is damaged"), "{error:?}");
        assert!(error.hint.is_some());
    }
    assert_eq!(open.state("small-b"), "missing");
}

#[test]
fn an_unknown_file_is_tried_and_warned_of() {
    let shelf = Shelf::new();
    let open = shelf.open();
    let stick = shelf.on_stick("My Own (Q4).gguf");
    let model = open.import(&stick, false);
    assert_eq!((model.known, &model.error), (false, &None));
    assert!(model.id.starts_with("my-own-q4-"), "{}", model.id);
    assert_eq!(model.name, "My Own (Q4)");
    assert!(model.warnings[0].contains("Nobody has checked this model"), "{:?}", model.warnings);
    let again = open.import(&stick, false);
    assert_eq!((again.id.as_str(), again.error), (model.id.as_str(), None));
    let copies = fs::read_dir(shelf.desk().join("models")).unwrap().count();
    assert_eq!(copies, 3, "the two of the catalogue and one copy");
    assert_eq!(shelf.alive(), ["small-a"], "the trial is over");

    let doctor = open.doctor();
    let row = doctor.models.iter().find(|it| it.id == model.id).unwrap();
    assert_eq!((row.licence.as_str(), row.state.as_str()), ("unknown", "ready"));
    fs::remove_file(&stick).unwrap();
    open.use_model(&model.id).unwrap();
    drop(open);
    let open = shelf.open();
    assert_eq!(open.in_use(), model.id);
    assert_eq!(open.ask(QUESTION).model, Some(model.id));
}

#[test]
fn an_unknown_file_that_does_not_run_leaves_nothing() {
    let shelf = Shelf::new();
    let open = shelf.open();
    shelf.broken.lock().unwrap().insert("bad".into());
    for in_place in [false, true] {
        let error = open.import(&shelf.on_stick("bad.gguf"), in_place).error.unwrap();
        assert_eq!(error.code, Code::ModelRefused);
        assert!(error.message.contains("does not run here"), "{error:?}");
    }
    let error = open.import(&shelf.on_stick("big-00001-of-00002.gguf"), false).error.unwrap();
    assert_eq!(error.code, Code::ModelRefused);
    let text = shelf.folder.path().join("stick/text.gguf");
    fs::write(&text, "Dear shop").unwrap();
    let error = open.import(&text, false).error.unwrap();
    assert_eq!(error.code, Code::ModelRefused, "{error:?}");
    let missing = open.import(&shelf.folder.path().join("stick/nothing.gguf"), false);
    assert_eq!(missing.error.unwrap().code, Code::BadFile);
    assert_eq!(fs::read_dir(shelf.desk().join("models")).unwrap().count(), 2);
    assert_eq!(shelf.alive(), ["small-a"]);
}

#[test]
fn a_file_used_in_place_is_watched_and_never_deleted() {
    let shelf = Shelf::new();
    let open = shelf.open();
    let stick = shelf.on_stick("mine.gguf");
    let model = open.import(&stick, true);
    assert!(model.warnings.iter().any(|it| it.contains("used where it lies")), "{model:?}");
    assert_eq!(fs::read_dir(shelf.desk().join("models")).unwrap().count(), 2, "no copy");
    open.use_model(&model.id).unwrap();
    open.use_model("small-a").unwrap();

    let good = fs::read(&stick).unwrap();
    let modified = fs::metadata(&stick).unwrap().modified().unwrap();
    flip_a_bit(&stick, good.len() as u64 - 1);
    fs::File::options().write(true).open(&stick).unwrap().set_modified(modified).unwrap();
    if cfg!(unix) {
        assert_eq!(open.use_model(&model.id).unwrap_err().code, Code::ModelRefused);
        assert_eq!(open.state(&model.id), "damaged");
    }
    fs::write(&stick, &good).unwrap();
    open.use_model(&model.id).unwrap();
    assert_eq!(open.delete(&model.id).unwrap_err().code, Code::Invalid, "it is in use");
    open.use_model("small-a").unwrap();
    open.delete(&model.id).unwrap();
    assert_eq!(open.state(&model.id), "unknown");
    assert_eq!(fs::read(&stick).unwrap(), good, "it belongs to somebody else");
}

#[test]
fn a_catalogued_file_of_another_program_is_used_where_it_lies() {
    let shelf = Shelf::new();
    let blob = shelf.folder.path().join("stick/sha256-0123");
    fs::rename(shelf.desk().join("models/small-b.gguf"), &blob).unwrap();
    let open = shelf.open();
    let model = open.import(&blob, true);
    assert_eq!((model.id.as_str(), model.known), ("small-b", true));
    open.use_model("small-b").unwrap();
    drop(open);
    let open = shelf.open();
    assert_eq!(open.in_use(), "small-b", "found again after a restart");
    open.use_model("small-a").unwrap();
    open.delete("small-b").unwrap();
    assert_eq!((open.state("small-b").as_str(), blob.exists()), ("missing", true));
}

#[test]
fn what_is_deleted_is_gone_and_what_is_in_use_stays() {
    let shelf = Shelf::new();
    let open = shelf.open();
    let file = shelf.desk().join("models/small-b.gguf");
    assert_eq!(open.delete("small-a").unwrap_err().code, Code::Invalid);
    open.use_model("small-b").unwrap();
    open.use_model("small-a").unwrap();
    open.delete("small-b").unwrap();
    assert!(!file.exists());
    assert_eq!(open.state("small-b"), "missing");
    assert_eq!(open.delete("small-b").unwrap_err().code, Code::NotFound);
    assert_eq!(open.delete("nothing").unwrap_err().code, Code::NotFound);
    let before = open.try_command(ComputerCommand::RollBackModel).unwrap_err();
    assert_eq!(before.code, Code::NotFound, "what was deleted is not gone back to");

    let own = open.import(&shelf.on_stick("own.gguf"), false);
    open.delete(&own.id).unwrap();
    assert_eq!(fs::read_dir(shelf.desk().join("models")).unwrap().count(), 1);
    fs::write(&file, "damaged").unwrap();
    open.delete("small-b").unwrap();
    assert!(!file.exists(), "a damaged file makes room for a good one");
}

#[test]
fn a_folder_is_imported_as_a_whole() {
    let shelf = Shelf::new();
    let open = shelf.open();
    shelf.on_stick("one.gguf");
    shelf.on_stick("two.gguf");
    fs::write(shelf.folder.path().join("stick/three.gguf"), "no model").unwrap();
    let paths = vec![shelf.folder.path().join("stick").to_str().unwrap().to_string()];
    let reply = open.try_command(ComputerCommand::ImportModels { paths, in_place: false });
    let Ok(ComputerReply::Imported { models }) = reply else { panic!("{reply:?}") };
    let good: Vec<bool> = models.iter().map(|model| model.error.is_none()).collect();
    assert_eq!(good, [true, false, true], "{models:?}");
}

#[test]
fn files_are_picked_in_a_window_where_there_is_one() {
    let mut shelf = Shelf::new();
    let error = shelf.open().try_command(ComputerCommand::ChooseModels).unwrap_err();
    assert_eq!(error.code, Code::Unavailable);
    shelf.chosen = vec![shelf.on_stick("picked.gguf")];
    let reply = shelf.open().try_command(ComputerCommand::ChooseModels);
    let Ok(ComputerReply::Imported { models }) = reply else { panic!("{reply:?}") };
    assert!(models[0].id.starts_with("picked-") && models[0].error.is_none(), "{models:?}");
}
