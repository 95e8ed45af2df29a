//! A desk in a folder of its own, and the program run on it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// The program as cargo built it.
const PROGRAM: &str = env!("CARGO_BIN_EXE_frontdesk-node");

/// One desk.
pub(crate) struct Desk {
    folder: TempDir,
}

/// What a finished run left.
pub(crate) struct Run {
    pub(crate) status: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Desk {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("no-models")).unwrap();
        Self { folder }
    }

    /// The desk's data folder.
    pub(crate) fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// A place for files of the test.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file of the test.
    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        path
    }

    /// The program with stand-ins for the models.
    pub(crate) fn scripted(&self) -> Command {
        let mut command = self.llama(&self.path("no-models"));
        command.args(["--engine", "scripted"]);
        command
    }

    /// The program with the models of a folder.
    pub(crate) fn llama(&self, models: &Path) -> Command {
        let mut command = self.bare();
        command.env("FRONTDESK_MODELS", models).arg("--data").arg(self.data());
        command
    }

    /// The program without the arguments that all tests share.
    pub(crate) fn bare(&self) -> Command {
        let mut command = Command::new(PROGRAM);
        command
            .env("FRONTDESK_MODELS", self.path("no-models"))
            .env_remove("FRONTDESK_LOG")
            // Nothing may be written outside the folder of the test.
            .env("HOME", self.folder.path())
            .env("XDG_DATA_HOME", self.folder.path())
            .stdin(Stdio::null());
        command
    }

    /// Runs the program with stand-ins to its end.
    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        run(self.scripted().args(arguments))
    }

    /// Runs a command that must succeed, and reads the one document it prints.
    pub(crate) fn json(&self, arguments: &[&str]) -> Value {
        let run = run(self.scripted().arg("--json").args(arguments));
        assert_eq!(run.status, 0, "{arguments:?}: {} {}", run.stdout, run.stderr);
        run.document()
    }

    /// Imports with `--json` and reads the lines.
    pub(crate) fn import(&self, path: &Path) -> Vec<Value> {
        run(self.scripted().args(["--json", "import"]).arg(path)).documents()
    }
}

impl Run {
    /// stdout as exactly one JSON document.
    pub(crate) fn document(&self) -> Value {
        let mut documents = self.documents();
        assert_eq!(documents.len(), 1, "one document: {}", self.stdout);
        documents.remove(0)
    }

    /// stdout as one JSON document a line, and nothing else.
    pub(crate) fn documents(&self) -> Vec<Value> {
        let parse = |line: &str| {
            serde_json::from_str(line).unwrap_or_else(|error| panic!("{error} in {line:?}"))
        };
        self.stdout.lines().map(parse).collect()
    }

    /// The error that `--json` printed, with a message and a hint in it.
    pub(crate) fn error(&self) -> Value {
        let error = self.document()["error"].clone();
        check_error(&error);
        error
    }
}

/// Runs a command to its end; no run may panic or be killed.
pub(crate) fn run(command: &mut Command) -> Run {
    finished(command.output().unwrap())
}

/// What a finished process left.
pub(crate) fn finished(output: Output) -> Run {
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(!stderr.contains("panicked"), "{stderr}");
    let status = output.status.code();
    let status = status.unwrap_or_else(|| panic!("killed: {stderr}"));
    Run { status, stdout: String::from_utf8(output.stdout).unwrap(), stderr }
}

/// An error says what failed and what to do.
pub(crate) fn check_error(error: &Value) {
    for field in ["code", "message", "hint"] {
        let text = error[field].as_str().unwrap_or_default();
        assert!(!text.is_empty(), "{field} of {error}");
    }
}

/// Prints why a test did nothing, past the test harness that would swallow it.
pub(crate) fn skip(why: &str) {
    tell(&format!("skipped: {why}"));
}

/// Prints what a test counted, past the test harness.
pub(crate) fn tell(what: &str) {
    use std::io::Write;
    let _written = writeln!(std::io::stderr(), "{what}");
}
