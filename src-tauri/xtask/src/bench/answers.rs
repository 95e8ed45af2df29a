//! `cargo xtask bench answers`: how good answers are, on public question sets and the sample shop.
//!
//! The sets are looked for in the folder that `FRONTDESK_SETS` names, then beside the project; where
//! they are not, their figures are skipped and say so.

use std::path::PathBuf;

use anyhow::Result;

use super::file;
use crate::process;
use crate::workspace::Workspace;

/// Where the sets lie beside the project.
const BESIDE: &str = "../shared/data/eval";

/// Runs the measurement with further arguments for `frontdesk-node bench answers`.
pub(super) fn run(workspace: &Workspace, arguments: &[String]) -> Result<()> {
    let desk = tempfile::tempdir()?;
    let mut command = workspace.command(workspace.program("frontdesk-node"));
    command.arg("--data").arg(desk.path()).args(["bench", "answers"]);
    command.arg("--out").arg(file(workspace, "answers")?);
    match sets(workspace) {
        Some(folder) => drop(command.arg("--sets").arg(folder)),
        None => eprintln!("the public question sets are not here; their figures are skipped"),
    }
    command.args(arguments);
    command.env("FRONTDESK_MODELS", workspace.models());
    process::run(&mut command)
}

fn sets(workspace: &Workspace) -> Option<PathBuf> {
    let named = std::env::var_os("FRONTDESK_SETS").map(PathBuf::from);
    let beside = workspace.root.join(BESIDE);
    named.into_iter().chain([beside]).find(|folder| folder.is_dir())
}
