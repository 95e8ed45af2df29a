//! How many visitors a minute several nodes serve. `frontdesk-node bench nodes` measures; this gives
//! it a folder, the models, HAProxy and the commit.

use anyhow::Result;

use super::engine::{commit, has};
use super::file;
use crate::process;
use crate::setup::{self, Purpose};
use crate::workspace::Workspace;

/// Runs it with the caller's arguments. Nothing else should compute meanwhile.
pub fn run(workspace: &Workspace, arguments: &[String]) -> Result<()> {
    setup::packages(Purpose::Balancers)?;
    let desk = tempfile::tempdir()?;
    let mut command = workspace.command(workspace.program("frontdesk-node"));
    command.env("FRONTDESK_MODELS", workspace.models());
    command.arg("--data").arg(desk.path());
    command.args(["bench", "nodes", "--commit", &commit(workspace)]);
    if !has(arguments, "--out") {
        command.arg("--out").arg(file(workspace, "nodes")?);
    }
    command.args(arguments);
    process::run(&mut command)
}
