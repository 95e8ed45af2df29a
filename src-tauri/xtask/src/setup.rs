//! `cargo xtask setup`: from a bare machine to built programs. Every step looks first, does only
//! what is missing, and can be interrupted and repeated.

mod node;
mod system;
mod ui;

use anyhow::{Result, bail};

use crate::models;
use crate::process;
use crate::workspace::Workspace;

/// What the machine is prepared for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Building and running the programs.
    Run,
    /// That, and building the engine's part for graphics cards.
    Graphics,
    /// Making packages, and trying them in a fresh system.
    Package,
    /// All of it, and testing in windows nobody sees.
    Test,
    /// Running, and the load balancers of the tests of several nodes: servers that a computer may
    /// not want to have.
    Balancers,
}

/// The command.
pub fn command(workspace: &Workspace, arguments: &[String]) -> Result<()> {
    if !arguments.is_empty() {
        bail!("usage: cargo xtask setup");
    }
    set_up(workspace, Purpose::Test)?;
    eprintln!("everything is there");
    Ok(())
}

/// Everything, in the order in which one step needs the other.
pub fn set_up(workspace: &Workspace, purpose: Purpose) -> Result<()> {
    system::install(purpose)?;
    models::bring(workspace)?;
    pages(workspace)?;
    programs(workspace)
}

/// The system's packages.
pub fn packages(purpose: Purpose) -> Result<()> {
    system::install(purpose)
}

/// The packages of the pages, and the built pages.
pub fn pages(workspace: &Workspace) -> Result<()> {
    ui::install(workspace)?;
    ui::build(workspace)
}

/// The packages of the pages.
pub fn page_packages(workspace: &Workspace) -> Result<()> {
    ui::install(workspace)
}

/// The four programs. Cargo decides what is stale.
pub fn programs(workspace: &Workspace) -> Result<()> {
    let mut cargo = workspace.cargo();
    cargo.args(["build", "--bins"]);
    for package in ["frontdesk", "node", "engine-llama", "reader"] {
        cargo.args(["--package", package]);
    }
    let is_new = |name: &&str| !workspace.program(name).exists();
    if ["frontdesk-engine", "frontdesk-reader"].iter().any(is_new) {
        eprintln!("building the programs; the first time takes some minutes");
    }
    process::run(&mut cargo)
}
