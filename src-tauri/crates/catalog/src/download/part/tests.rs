//! What is kept of a part, and what is not.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::super::{DownloadError, Wanted};
use super::note::{Note, boot};
use super::{Part, discard_kept, kept, note_path, part_path};

const ABCDEF: &str = "bef57ec7f53a6d40beb640a780a639c83bc29ac8a9816f1fc6c5c6dcd93c4721";

fn wanted() -> Wanted {
    Wanted {
        id: "small".into(),
        url: "https://models.example.org/small.gguf".into(),
        file: "small.gguf".into(),
        size_bytes: 6,
        sha256: ABCDEF.into(),
    }
}

fn note() -> Note {
    Note::of(&wanted(), Some("\"first\"".into()), 2)
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// Puts `part` and a changed note into a folder, opens, and says how much is kept.
fn check_kept(part: &str, change: impl Fn(&mut Note), expected: u64) {
    let folder = TempDir::new().unwrap();
    let mut note = note();
    change(&mut note);
    fs::write(part_path(folder.path(), "small.gguf"), part).unwrap();
    note.write(&note_path(folder.path(), "small.gguf")).unwrap();
    assert_eq!(Part::open(folder.path(), &wanted()).unwrap().have(), expected, "{note:?}");
    let length = fs::metadata(part_path(folder.path(), "small.gguf")).unwrap().len();
    assert_eq!(length, expected, "what is not kept is cut off");
}

#[test]
fn a_part_goes_on_only_where_everything_fits() {
    check_kept("abcd", |_| {}, if boot().is_some() { 4 } else { 2 });
    check_kept("abcd", |note| note.boot = None, 2);
    check_kept("abcd", |note| note.boot = Some("an earlier start".into()), 2);
    check_kept("a", |note| note.boot = None, 1);
    check_kept("abcd", |note| note.etag = None, 0);
    check_kept("abcd", |note| note.url = "https://models.example.org/other.gguf".into(), 0);
    check_kept("abcd", |note| note.size_bytes = 7, 0);
    check_kept("abcd", |note| note.sha256 = "0".repeat(64), 0);
    check_kept("abcdefg", |_| {}, if boot().is_some() { 0 } else { 2 });
    check_kept("abcdef", |note| (note.etag, note.written_bytes) = (None, 6), 6);
}

#[test]
fn a_part_without_a_readable_note_begins_anew() {
    for text in ["", "{", "[]", "{\"id\":1}", "\0\0\0\0"] {
        let folder = TempDir::new().unwrap();
        fs::write(part_path(folder.path(), "small.gguf"), "abcd").unwrap();
        fs::write(note_path(folder.path(), "small.gguf"), text).unwrap();
        assert_eq!(Part::open(folder.path(), &wanted()).unwrap().have(), 0, "{text:?}");
        assert_eq!(kept(folder.path()), []);
    }
}

#[test]
fn the_name_appears_only_with_the_right_bytes() {
    let folder = TempDir::new().unwrap();
    for (bytes, is_right) in [("abcdeX", false), ("abcdef", true)] {
        let mut part = Part::open(folder.path(), &wanted()).unwrap();
        part.restart(Some("\"first\"".into())).unwrap();
        part.write(bytes.as_bytes()).unwrap();
        assert_eq!(names(folder.path()), ["small.gguf.part", "small.gguf.part.json"]);
        match part.finish("example.org", &|| false) {
            Ok(path) => assert_eq!(path, Some(folder.path().join("small.gguf"))),
            Err(error) => assert!(matches!(error, DownloadError::WrongBytes { .. }), "{error}"),
        }
        let expected: &[&str] = if is_right { &["small.gguf"] } else { &[] };
        assert_eq!(names(folder.path()), expected);
    }
}

#[test]
fn a_check_that_is_stopped_keeps_everything() {
    let folder = TempDir::new().unwrap();
    let mut part = Part::open(folder.path(), &wanted()).unwrap();
    part.restart(None).unwrap();
    part.write(b"abcdef").unwrap();
    assert_eq!(part.finish("example.org", &|| true).unwrap(), None);
    assert_eq!(kept(folder.path())[0].have_bytes, 6);
}

#[test]
fn two_writers_never_share_a_part() {
    let folder = TempDir::new().unwrap();
    let mut part = Part::open(folder.path(), &wanted()).unwrap();
    part.restart(Some("\"first\"".into())).unwrap();
    part.write(b"abc").unwrap();
    let second = Part::open(folder.path(), &wanted()).unwrap_err();
    assert_eq!(second, DownloadError::InUse { file: "small.gguf".into() });
    let deleted = discard_kept(folder.path(), "small.gguf").unwrap_err();
    assert_eq!(deleted, DownloadError::InUse { file: "small.gguf".into() });
    assert!(kept(folder.path())[0].in_use);
    part.save_note().unwrap();
    drop(part);
    assert!(!kept(folder.path())[0].in_use);
    assert_eq!(Part::open(folder.path(), &wanted()).unwrap().have(), 3);
    discard_kept(folder.path(), "small.gguf").unwrap();
    assert!(names(folder.path()).is_empty());
}

#[cfg(unix)]
#[test]
fn parts_and_notes_are_for_nobody_else() {
    use std::os::unix::fs::PermissionsExt;
    let folder = TempDir::new().unwrap();
    let models = folder.path().join("desk").join("models");
    let mut part = Part::open(&models, &wanted()).unwrap();
    part.restart(None).unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&models), 0o700);
    assert_eq!(mode(&part_path(&models, "small.gguf")), 0o600);
    assert_eq!(mode(&note_path(&models, "small.gguf")), 0o600);
}
