//! Node, which builds the pages.

use anyhow::{Context, Result, ensure};

use crate::process;
use crate::workspace::Workspace;

const OLDEST: u32 = 20;

/// Fails, saying what to install, when node or npm is missing or too old.
pub(super) fn check(workspace: &Workspace) -> Result<()> {
    let said = process::capture(workspace.command("node").arg("--version"))
        .with_context(|| format!("node {OLDEST} or newer is needed, with npm"))?;
    let major = major(&said).with_context(|| format!("node calls itself {said:?}"))?;
    ensure!(major >= OLDEST, "node {OLDEST} or newer is needed, this is {}", said.trim());
    process::capture(workspace.npm().arg("--version")).context("npm is needed beside node")?;
    Ok(())
}

/// `20` of `v20.20.2`.
fn major(version: &str) -> Option<u32> {
    version.trim().strip_prefix('v')?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests;
