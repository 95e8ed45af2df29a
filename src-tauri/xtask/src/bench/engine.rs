//! The engine alone, beside llama-servers that somebody started. `frontdesk-node bench engine`
//! measures; this gives it a folder, the models and the commit.

use std::process::Command;

use anyhow::Result;

use super::file;
use crate::process;
use crate::workspace::Workspace;

/// Runs it with the caller's arguments, in the caller's folder: paths there are relative to it.
pub fn run(workspace: &Workspace, arguments: &[String]) -> Result<()> {
    let desk = tempfile::tempdir()?;
    let mut command = Command::new(workspace.program("frontdesk-node"));
    command
        .env("FRONTDESK_MODELS", workspace.models())
        .arg("--data")
        .arg(desk.path())
        .args(["bench", "engine", "--commit", &commit(workspace)])
        .args(arguments);
    if !has(arguments, "--suite") {
        command.arg("--suite").arg(workspace.root.join(super::SUITE));
    }
    if !has(arguments, "--out") {
        command.arg("--out").arg(file(workspace, "engine")?);
    }
    process::run(&mut command)
}

/// The commit that is measured; a mark after it says that files differ from it.
pub(super) fn commit(workspace: &Workspace) -> String {
    let mut git = workspace.command("git");
    git.args(["describe", "--always", "--dirty", "--abbrev=12", "--exclude=*"]);
    process::capture(&mut git).map_or_else(|_| "unknown".into(), |text| text.trim().into())
}

pub(super) fn has(arguments: &[String], option: &str) -> bool {
    let with_value = format!("{option}=");
    arguments.iter().any(|argument| argument == option || argument.starts_with(&with_value))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_has(arguments: &[&str], expected: bool) {
        let arguments: Vec<String> = arguments.iter().map(|a| a.to_string()).collect();
        assert_eq!(has(&arguments, "--out"), expected, "{arguments:?}");
    }

    #[test]
    fn options_are_found_with_their_value_or_before_it() {
        check_has(&["--rounds", "3", "--out", "a.json"], true);
        check_has(&["--out=a.json"], true);
        check_has(&["--output", "a.json"], false);
        check_has(&[], false);
    }
}
