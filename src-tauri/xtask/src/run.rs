//! `cargo xtask run`: set up, then the window with the arguments before `--`; with arguments after
//! it, `frontdesk-node` with those.

use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::setup::{self, Purpose};
use crate::workspace::Workspace;

/// The command. Does not return when the program could be started: it takes our place.
pub fn command(workspace: &Workspace, arguments: &[String]) -> Result<()> {
    let (name, arguments) = program(arguments)?;
    setup::set_up(workspace, Purpose::Run)?;
    let program = workspace.program(name);
    // The caller's folder stays: paths in the arguments are relative to it.
    let mut command = Command::new(&program);
    command.args(arguments).env("FRONTDESK_MODELS", workspace.models());
    start(&mut command).with_context(|| format!("cannot start {}", program.display()))
}

/// Which program these arguments are for, and the ones it gets.
fn program(arguments: &[String]) -> Result<(&'static str, &[String])> {
    match arguments {
        [first, rest @ ..] if first == "--" => Ok(("frontdesk-node", rest)),
        all if all.iter().any(|argument| argument == "--") => {
            bail!("arguments are for the window or, after `--`, for the headless program")
        }
        all => Ok(("frontdesk", all)),
    }
}

#[cfg(unix)]
fn start(command: &mut Command) -> std::io::Result<()> {
    use std::os::unix::process::CommandExt;
    Err(command.exec())
}

#[cfg(not(unix))]
fn start(command: &mut Command) -> std::io::Result<()> {
    let status = command.status()?;
    std::process::exit(status.code().unwrap_or(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(arguments: &[&str], expected: Option<(&str, usize)>) {
        let arguments: Vec<String> = arguments.iter().map(|a| a.to_string()).collect();
        let found = program(&arguments).ok().map(|(name, rest)| (name, rest.len()));
        assert_eq!(found, expected, "{arguments:?}");
    }

    #[test]
    fn arguments_pick_the_program() {
        check(&[], Some(("frontdesk", 0)));
        check(&["--kiosk"], Some(("frontdesk", 1)));
        check(&["--", "ask", "When?"], Some(("frontdesk-node", 2)));
        check(&["--kiosk", "--", "ask"], None);
    }
}
