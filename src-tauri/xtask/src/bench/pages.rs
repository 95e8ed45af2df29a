//! Size of the built pages, each file compressed by itself as a server or package would.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::json;

use super::write;
use crate::process;
use crate::workspace::Workspace;

/// What the pages may weigh in all.
const TARGET_BYTES: usize = 300_000;

/// Measures `ui/dist`.
pub fn run(workspace: &Workspace) -> Result<()> {
    let dist = workspace.ui().join("dist");
    let mut files = Vec::new();
    collect(&dist, &mut files)?;
    files.sort();
    let mut total = 0;
    let mut rows = Vec::new();
    for path in &files {
        let name = path.strip_prefix(&dist)?.display().to_string();
        let bytes = compressed(workspace, path)?;
        total += bytes;
        rows.push(json!({ "file": name, "gzip_bytes": bytes }));
    }
    let document = json!({
        "figure": "pages", "gzip_bytes": total, "target_bytes": TARGET_BYTES,
        "met": total < TARGET_BYTES, "files": rows,
    });
    write(workspace, "pages", &serde_json::to_string_pretty(&document)?)
}

fn compressed(workspace: &Workspace, path: &Path) -> Result<usize> {
    let mut command = workspace.command("sh");
    command.args(["-c", "gzip -9 -c \"$0\" | wc -c"]).arg(path);
    process::capture(&mut command)?.trim().parse().context("wc prints a number")
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("no {}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() { collect(&path, files)? } else { files.push(path) }
    }
    Ok(())
}
