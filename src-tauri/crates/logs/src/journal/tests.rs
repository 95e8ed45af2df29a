//! The files stay bounded, private and one line an event.

use std::fs;
use std::io::Write;

use super::{FILES, Journal, last_lines};

fn write(journal: &Journal, event: &str) {
    let mut writer = journal;
    writer.write_all(event.as_bytes()).unwrap();
}

#[test]
fn a_flood_never_takes_more_than_its_files() {
    let folder = tempfile::tempdir().unwrap();
    let journal = Journal::default();
    write(&journal, "before anybody said where\n");
    journal.open_with(folder.path(), 1_000).unwrap();
    (0..2_000).for_each(|n| write(&journal, &format!("event {n}\n")));
    let files: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap()).collect();
    assert_eq!(files.len(), FILES);
    let bytes: u64 = files.iter().map(|file| file.metadata().unwrap().len()).sum();
    assert!(bytes <= 5_000 && bytes > 3_500, "{bytes} bytes");
    let last = last_lines(folder.path(), 2).unwrap();
    assert_eq!(last, ["event 1998", "event 1999"]);
}

#[test]
fn an_event_is_one_line_whatever_is_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let journal = Journal::default();
    journal.open(folder.path()).unwrap();
    write(&journal, "asked x\n2026-01-01 ERROR forged\u{1b}[2J\n");
    let lines = last_lines(folder.path(), 10).unwrap();
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert!(!lines[0].contains('\u{1b}'));
}

#[test]
fn it_goes_on_where_it_was_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    for word in ["first\n", "second\n"] {
        let journal = Journal::default();
        journal.open(folder.path()).unwrap();
        write(&journal, word);
    }
    assert_eq!(last_lines(folder.path(), 10).unwrap(), ["first", "second"]);
    assert!(last_lines(&folder.path().join("nowhere"), 10).unwrap().is_empty());
}

#[cfg(unix)]
#[test]
fn only_the_owner_reads_it() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let journal = Journal::default();
    journal.open(folder.path()).unwrap();
    let file = folder.path().join("frontdesk.log");
    assert_eq!(fs::metadata(file).unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn a_folder_that_is_a_file_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("logs");
    fs::write(&file, "in the way").unwrap();
    let error = Journal::default().open(&file).unwrap_err().to_string();
    assert!(error.contains("logs"), "{error}");
}
