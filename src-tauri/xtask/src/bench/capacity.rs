//! How many visitors a minute the whole program serves. `frontdesk-node bench capacity` measures;
//! this gives it a folder, the models and the commit.

use anyhow::Result;

use super::engine::{commit, has};
use super::file;
use crate::process;
use crate::workspace::Workspace;

/// Runs it with the caller's arguments. Nothing else should compute meanwhile.
pub fn run(workspace: &Workspace, arguments: &[String]) -> Result<()> {
    let desk = tempfile::tempdir()?;
    let mut command = workspace.command(workspace.program("frontdesk-node"));
    command.env("FRONTDESK_MODELS", workspace.models());
    command.arg("--data").arg(desk.path());
    command.args(["bench", "capacity", "--commit", &commit(workspace)]);
    if !has(arguments, "--out") {
        command.arg("--out").arg(file(workspace, "capacity")?);
    }
    command.args(arguments);
    process::run(&mut command)
}
