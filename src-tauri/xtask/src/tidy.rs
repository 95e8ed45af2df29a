//! `cargo xtask tidy`: the rules of the house that no compiler knows. Each is a pure function over
//! a path and a text, with a test that shows it failing.

mod capabilities;
mod edges;
mod sources;

use std::fs;
use std::path::Path;

use anyhow::{Result, bail};
use serde_json::Value;

use crate::process;
use crate::workspace::Workspace;

/// Larger things belong into a package or are generated.
const LARGEST_FILE_BYTES: u64 = 2 << 20;

/// The command: every check over every file, and all findings at once.
pub fn command(workspace: &Workspace, arguments: &[String]) -> Result<()> {
    if !arguments.is_empty() {
        bail!("usage: cargo xtask tidy");
    }
    let mut findings = edges::check(&read_metadata(workspace)?);
    let listed = process::capture(workspace.command("git").args([
        "ls-files",
        "-z",
        "-co",
        "--exclude-standard",
    ]))?;
    for path in listed.split('\0').filter(|path| !path.is_empty()) {
        findings.extend(check_file(&workspace.root, path));
    }
    for finding in &findings {
        eprintln!("{finding}");
    }
    match findings.len() {
        0 => Ok(()),
        1 => bail!("1 thing to tidy"),
        count => bail!("{count} things to tidy"),
    }
}

/// The workspace as cargo describes it, without its dependencies' own manifests.
pub fn read_metadata(workspace: &Workspace) -> Result<Value> {
    let mut cargo = workspace.cargo();
    cargo.args(["metadata", "--format-version", "1", "--no-deps"]);
    Ok(serde_json::from_str(&process::capture(&mut cargo)?)?)
}

fn check_file(root: &Path, path: &str) -> Vec<String> {
    let full = root.join(path);
    let Ok(metadata) = fs::metadata(&full) else { return Vec::new() };
    if let Some(finding) = check_size(path, metadata.len()) {
        return vec![finding];
    }
    match fs::read_to_string(&full) {
        Ok(text) => {
            let mut findings = sources::check(path, &text);
            findings.extend(capabilities::check(path, &text));
            findings
        }
        // Pictures and the like.
        Err(_) => Vec::new(),
    }
}

fn check_size(path: &str, bytes: u64) -> Option<String> {
    (bytes > LARGEST_FILE_BYTES)
        .then(|| format!("{path}: {bytes} bytes, more than {LARGEST_FILE_BYTES}"))
}

#[cfg(test)]
mod tests;
