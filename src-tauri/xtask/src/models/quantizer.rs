//! Runs `frontdesk-convert`, which holds llama.cpp's quantizer, and builds it first: cargo knows
//! whether that is necessary.

use std::path::Path;
use std::process::Command;

use anyhow::Result;

use super::catalogue::Conversion;
use crate::process;
use crate::workspace::Workspace;

const PROGRAM: &str = "frontdesk-convert";

/// Writes the converted model to `to`, whole or not at all.
pub fn convert(workspace: &Workspace, order: &Conversion, from: &Path, to: &Path) -> Result<()> {
    build(workspace)?;
    let mut command = command(workspace);
    command.arg("quantize").arg("--from").arg(from).arg("--to").arg(to);
    command.args(["--type", &order.kind]);
    if order.search {
        command.arg("--search");
    }
    for (name, kind) in &order.tensors {
        command.arg("--tensor").arg(format!("{name}={kind}"));
    }
    process::run(&mut command)
}

/// The built program, which says nothing but what went wrong.
pub fn command(workspace: &Workspace) -> Command {
    let mut command = workspace.command(workspace.program(PROGRAM));
    command.env("RUST_LOG", "error");
    command
}

fn build(workspace: &Workspace) -> Result<()> {
    if !workspace.program(PROGRAM).exists() {
        eprintln!("building llama.cpp's quantizer; the first time takes some minutes");
    }
    let mut cargo = workspace.cargo();
    cargo.args(["build", "--package", "engine-llama", "--bin", PROGRAM]);
    process::run(&mut cargo)
}
