//! Programs made for one test.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// Writes a shell script that can be run at once. A shell of its own writes it: a file that this
/// process holds open for writing while another test starts a program cannot be run.
pub(crate) fn write(program: &Path, script: &str) {
    let mut shell = Command::new("sh")
        .args(["-c", "cat > \"$0\" && chmod 755 \"$0\""])
        .arg(program)
        .stdin(Stdio::piped())
        .spawn()
        .expect("there is a shell");
    let mut stdin = shell.stdin.take().expect("it was asked for");
    stdin.write_all(script.as_bytes()).expect("the shell reads all of it");
    drop(stdin);
    assert!(shell.wait().expect("it was started").success());
}
