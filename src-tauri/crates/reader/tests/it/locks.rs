//! What the program may do while it reads: nothing.

use std::process::{Command, Stdio};

use crate::make::program;

#[test]
fn the_reader_opens_no_file_and_no_socket() {
    let mut command = Command::new(program());
    let output = command.arg("--self-test-escape").stdin(Stdio::null()).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    assert!(!said.contains("ESCAPED"), "{said}");
    if cfg!(target_os = "linux") {
        for tried in ["read the list of users", "connect over TCP", "start a program"] {
            assert!(said.contains(&format!("{tried}: denied")), "{said}");
        }
    }
}

#[test]
fn other_arguments_are_refused() {
    let status = |arguments: &[&str]| {
        let mut command = Command::new(program());
        command.args(arguments).stdin(Stdio::null()).output().unwrap().status.code()
    };
    assert_eq!(status(&[]), Some(2));
    assert_eq!(status(&["docx", "1", "2"]), Some(2));
    assert_eq!(status(&["exe", "1", "1", "1", "1", "1", "1", "1", "1"]), Some(2));
}
