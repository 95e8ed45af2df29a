//! `cargo xtask run`: set up, then the window; with arguments, `frontdesk-node` with them.

use std::process::Command;

use anyhow::{Context, Result};

use crate::setup::{self, Purpose};
use crate::workspace::Workspace;

/// The command. Does not return when the program could be started: it takes our place.
pub fn command(workspace: &Workspace, arguments: &[String]) -> Result<()> {
    let arguments = match arguments {
        [first, rest @ ..] if first == "--" => rest,
        all => all,
    };
    setup::set_up(workspace, Purpose::Run)?;
    let name = if arguments.is_empty() { "frontdesk" } else { "frontdesk-node" };
    let program = workspace.program(name);
    // The caller's folder stays: paths in the arguments are relative to it.
    let mut command = Command::new(&program);
    command.args(arguments).env("FRONTDESK_MODELS", workspace.models());
    start(&mut command).with_context(|| format!("cannot start {}", program.display()))
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
