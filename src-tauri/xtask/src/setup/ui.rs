//! The pages: their packages when the lock file changed, their build when a source did.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::files::{hash_file, hash_text, holds, write_whole};
use crate::process;
use crate::workspace::Workspace;

/// Files beside `src` and `public` that change what is built.
const TOP_LEVEL: [&str; 4] = ["html", "json", "ts", "js"];

/// Brings `ui/node_modules` to the state of the lock file.
pub(super) fn install(workspace: &Workspace) -> Result<()> {
    let ui = workspace.ui();
    let wanted = hash_file(&ui.join("package-lock.json"))?;
    let stamp = ui.join("node_modules/.frontdesk-lock");
    if holds(&stamp, &wanted) {
        return Ok(());
    }
    super::node::check(workspace)?;
    eprintln!("bringing the packages of the pages");
    process::run(workspace.npm().args(["ci", "--no-audit", "--no-fund"]))?;
    write_whole(&stamp, |out| out.write_all(wanted.as_bytes()))
}

/// Builds `ui/dist` when a source is not the one it was built from.
pub(super) fn build(workspace: &Workspace) -> Result<()> {
    let ui = workspace.ui();
    let wanted = sources_hash(&ui)?;
    // Beside what it speaks of: the target folder may be shared by several checkouts.
    let stamp = ui.join("node_modules/.frontdesk-pages");
    if holds(&stamp, &wanted) && ui.join("dist/index.html").exists() {
        return Ok(());
    }
    eprintln!("building the pages");
    process::run(workspace.npm().args(["run", "build"]))?;
    write_whole(&stamp, |out| out.write_all(wanted.as_bytes()))
}

/// One hash over the names and contents of everything the build reads.
fn sources_hash(ui: &Path) -> Result<String> {
    let mut files = Vec::new();
    for item in fs::read_dir(ui).with_context(|| ui.display().to_string())? {
        let path = item?.path();
        let extension = path.extension().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_file() && TOP_LEVEL.contains(&extension.as_str()) {
            files.push(path);
        }
    }
    for folder in ["src", "public"] {
        collect(&ui.join(folder), &mut files)?;
    }
    files.sort();
    let mut lines = String::new();
    for path in files {
        let name = path.strip_prefix(ui).unwrap_or(&path);
        lines.push_str(&format!("{} {}\n", name.display(), hash_file(&path)?));
    }
    Ok(hash_text(&lines))
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    let Ok(items) = fs::read_dir(folder) else { return Ok(()) };
    for item in items {
        let path = item?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
