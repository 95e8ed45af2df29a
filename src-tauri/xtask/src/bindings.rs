//! `cargo xtask bindings`: the wire types of crate `commands` as TypeScript, in
//! `ui/src/bindings/wire.ts`. The file is committed; `--check` says whether it is the current one.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::process;
use crate::workspace::Workspace;

const FILE: &str = "wire.ts";

/// Where ts-rs writes to.
const FOLDER_VARIABLE: &str = "TS_RS_EXPORT_DIR";

/// The command: write, or compare with `--check`.
pub fn command(workspace: &Workspace, arguments: &[String]) -> Result<()> {
    match arguments {
        [] => export(workspace, &committed(workspace)),
        [flag] if flag == "--check" => {
            let fresh = fresh_folder(workspace)?;
            export(workspace, &fresh)?;
            compare(workspace, &fresh)
        }
        _ => bail!("usage: cargo xtask bindings [--check]"),
    }
}

/// An empty folder for freshly written bindings.
pub fn fresh_folder(workspace: &Workspace) -> Result<PathBuf> {
    let folder = workspace.stamps().join("bindings");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    Ok(folder)
}

/// Tells a `cargo test` to write its bindings to `folder`.
pub fn export_to(command: &mut std::process::Command, folder: &Path) {
    command.env(FOLDER_VARIABLE, folder);
}

/// Fails when the committed bindings are not those in `fresh`.
pub fn compare(workspace: &Workspace, fresh: &Path) -> Result<()> {
    let path = committed(workspace).join(FILE);
    let ours = fs::read_to_string(&path).unwrap_or_default();
    let current = fs::read_to_string(fresh.join(FILE))
        .with_context(|| format!("the tests of `commands` wrote no {FILE}"))?;
    if ours != current {
        bail!("{} is not current: run `cargo xtask bindings`", path.display());
    }
    Ok(())
}

fn committed(workspace: &Workspace) -> PathBuf {
    workspace.ui().join("src/bindings")
}

fn export(workspace: &Workspace, folder: &Path) -> Result<()> {
    let mut cargo = workspace.cargo();
    cargo.args(["test", "--quiet", "--package", "commands", "--lib", "export_bindings"]);
    export_to(&mut cargo, folder);
    process::run(&mut cargo)
}
