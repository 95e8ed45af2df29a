//! The tests: each prepares a folder, starts a prisoner there and reads what it found.

use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

use crate::harness::Test;
use crate::prisoner::SKIPPED;

/// Every test of this file.
pub(crate) const TESTS: &[Test] = &[
    ("without_the_steps_every_attempt_escapes", without_the_steps_every_attempt_escapes),
    ("every_attempt_is_denied", every_attempt_is_denied),
    ("allowed_files_can_be_used", allowed_files_can_be_used),
    ("threads_can_still_be_started", threads_can_still_be_started),
    ("a_thread_from_before_the_calls_is_bound", a_thread_from_before_the_calls_is_bound),
    ("a_thread_from_before_the_files_is_told_of", a_thread_from_before_the_files_is_told_of),
    ("a_kernel_without_locks_is_reported", a_kernel_without_locks_is_reported),
    ("a_missing_model_is_named", a_missing_model_is_named),
    ("the_process_cannot_become_another_program", the_process_cannot_become_another_program),
    ("limits_hold", limits_hold),
    ("a_file_that_grows_too_large_ends_the_process", a_file_that_grows_too_large_ends_the_process),
    ("the_process_can_end_itself", the_process_can_end_itself),
];

/// Attempts that a careful system refuses by itself, so that they prove nothing here.
const OFTEN_REFUSED: &[&str] =
    &["write into the parent's memory", "change the rights of this program's file"];

fn act(name: &str) -> Output {
    let folder = TempDir::new().unwrap();
    let cell = folder.path();
    for each in ["states", "home", "temporary"] {
        fs::create_dir(cell.join(each)).unwrap();
    }
    fs::write(cell.join("model"), "weights").unwrap();
    fs::write(cell.join("secret"), "orders").unwrap();
    play(name, cell)
}

fn play(name: &str, cell: &Path) -> Output {
    Command::new(std::env::current_exe().unwrap())
        .arg("--act")
        .arg(name)
        .arg(cell)
        .env("HOME", cell.join("home"))
        .env("TMPDIR", cell.join("temporary"))
        .output()
        .unwrap()
}

/// What a prisoner that ended well found. `None`, visibly, if this machine lacks the locks.
fn findings(output: &Output) -> Option<String> {
    let found = String::from_utf8(output.stdout.clone()).unwrap();
    if found.starts_with(SKIPPED) {
        println!("{found}");
        return None;
    }
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{:?}\n{found}\n{said}", output.status);
    Some(found)
}

fn check_finding(name: &str, expected: &str) {
    if let Some(found) = findings(&act(name)) {
        assert_eq!(found.trim_end(), expected);
    }
}

fn without_the_steps_every_attempt_escapes() {
    let found = findings(&act("free")).unwrap();
    for line in found.lines() {
        let is_expected = line.contains(": ESCAPED")
            || OFTEN_REFUSED.iter().any(|attempt| line.starts_with(attempt));
        assert!(is_expected, "{line}");
    }
}

fn every_attempt_is_denied() {
    let Some(found) = findings(&act("escape")) else { return };
    assert!(found.lines().count() > 10, "{found}");
    for line in found.lines() {
        assert!(line.ends_with(": denied"), "{line}");
    }
}

fn allowed_files_can_be_used() {
    check_finding("work", "worked");
}

fn threads_can_still_be_started() {
    check_finding("threads", "16 threads");
}

fn a_thread_from_before_the_calls_is_bound() {
    check_finding("earlier-thread", "bound");
}

fn a_thread_from_before_the_files_is_told_of() {
    let found = findings(&act("late")).unwrap();
    let is_honest = match found.split_once(' ').unwrap() {
        ("free", report) => {
            report.contains("1 threads were running already") || report.contains("files: open")
        }
        (_, report) => report.starts_with("files: locked"),
    };
    assert!(is_honest, "{found}");
}

fn a_kernel_without_locks_is_reported() {
    let calls = "open (the kernel has no seccomp, or it is kept from this process)";
    check_finding(
        "old-kernel",
        &format!(
            "files: open (the kernel has no Landlock, or it is kept from this process); \
             limits: locked; network: {calls}; processes: {calls}; kernel: {calls}"
        ),
    );
}

fn a_missing_model_is_named() {
    let found = findings(&act("missing-model")).unwrap();
    assert!(found.ends_with("/gone cannot be opened to allow it\n"), "{found}");
}

fn the_process_cannot_become_another_program() {
    check_finding("become-another", "refused");
}

fn limits_hold() {
    check_finding("limits", "limited");
}

fn a_file_that_grows_too_large_ends_the_process() {
    let output = act("large-file");
    let found = String::from_utf8_lossy(&output.stdout);
    if found.starts_with(SKIPPED) {
        println!("{found}");
        return;
    }
    assert_eq!(found, "full\n");
    assert_eq!(output.status.signal(), Some(25), "{}", String::from_utf8_lossy(&output.stderr));
}

fn the_process_can_end_itself() {
    let output = act("end-itself");
    if output.stdout.is_empty() {
        assert_eq!(output.status.signal(), Some(9), "{:?}", output.status);
    }
}
