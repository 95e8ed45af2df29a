//! Reading in this process, and children that are no readers.

use std::time::{Duration, Instant};

use super::*;

fn file(name: &str, bytes: &[u8]) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    (folder, path)
}

#[test]
fn a_table_is_read_with_its_header_first() {
    let (_folder, path) = file("orders.csv", b"number;email\n1001;a@b.example\n");
    let (table, warnings) = Reader::within().read_table(&path).unwrap();
    assert_eq!(table.into_rows(), [["number", "email"], ["1001", "a@b.example"]]);
    assert!(warnings.is_empty());
    let (_folder, path) = file("notes.txt", b"words");
    assert_eq!(Reader::within().read_table(&path), Err(DocumentError::NotATable));
}

#[test]
fn a_missing_program_is_named() {
    let (_folder, path) = file("notes.txt", b"words");
    let reader = Reader::child("/nowhere/frontdesk-reader".into(), Limits::default());
    let (source, format) = reader.open(&path, Links::Followed).unwrap();
    let error = reader.read(source, format).unwrap_err();
    assert!(error.to_string().contains("/nowhere/frontdesk-reader"), "{error}");
    assert!(error.hint().is_some() && !error.is_lasting());
}

#[cfg(unix)]
fn check_child(script: &str, expected: &str) {
    use std::os::unix::fs::PermissionsExt;
    let (folder, path) = file("notes.txt", b"words");
    let program = folder.path().join("program");
    std::fs::write(&program, format!("#!/bin/sh\n{script}\n")).unwrap();
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
    let limits = Limits { patience: Duration::from_millis(300), ..Limits::default() };
    let reader = Reader::child(program, limits);
    let (source, format) = reader.open(&path, Links::Followed).unwrap();
    let started = Instant::now();
    let error = reader.read(source, format).unwrap_err();
    assert!(error.to_string().contains(expected), "{script}: {error}");
    assert!(started.elapsed() < Duration::from_secs(10));
}

#[cfg(unix)]
#[test]
fn the_end_of_a_child_is_understood() {
    check_child("exec sleep 60", "longer than");
    check_child("exit 0", "not understood");
    check_child("echo words", "not understood");
    check_child("echo 'memory allocation of 9 bytes failed' >&2; exit 134", "1024 MB of memory");
    check_child("echo 'thread main panicked at' >&2; exit 101", "could not be understood");
    check_child("kill -SEGV $$", "signal 11");
    check_child("kill -XCPU $$", "longer than 60 seconds");
    check_child("exit 3", "3");
}
