//! `cargo xtask torture [P1 ...] [--long]`: tries to break what the README promises about data, on
//! the real program. The trying itself is a set of scripts, `src-tauri/torture`; their table lies
//! beside the built programs.

use anyhow::{Context, Result};

use crate::process;
use crate::setup::{self, Purpose};
use crate::workspace::Workspace;

/// The command.
pub fn command(workspace: &Workspace, arguments: &[String]) -> Result<()> {
    setup::packages(Purpose::Run)?;
    setup::pages(workspace)?;
    setup::programs(workspace)?;
    run(workspace, arguments)
}

/// The short version, with what a stage has prepared.
pub fn check(workspace: &Workspace) -> Result<()> {
    run(workspace, &[])
}

fn run(workspace: &Workspace, arguments: &[String]) -> Result<()> {
    let script = workspace.root.join("src-tauri/torture/torture.py");
    let mut torture = workspace.command("python3");
    torture.env("PYTHONDONTWRITEBYTECODE", "1").arg(&script).args(arguments);
    torture.arg("--programs").arg(workspace.programs());
    torture.arg("--table").arg(workspace.target.join("torture.md"));
    process::run(&mut torture).with_context(|| script.display().to_string())
}
