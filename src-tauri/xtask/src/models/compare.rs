//! `cargo xtask models --compare REFERENCE.gguf`: are our tensors the reference's, byte for byte?

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::gguf::{Found, read_tensors};
use crate::workspace::Workspace;

/// Compares the file of the same name in `models/` with `reference`.
pub(super) fn command(workspace: &Workspace, reference: &Path) -> Result<()> {
    let name = reference.file_name().context("a file is expected")?;
    let ours = fs::read(workspace.models().join(name)).context("run `cargo xtask models` first")?;
    let theirs = fs::read(reference).with_context(|| reference.display().to_string())?;
    let differences = differences(&read_tensors(&ours)?, &read_tensors(&theirs)?);
    if !differences.is_empty() {
        bail!("{} tensors differ:\n{}", differences.len(), differences.join("\n"));
    }
    let whole = if ours == theirs { "the files are the same" } else { "other pairs differ" };
    println!("every tensor is the same, byte for byte; {whole}");
    Ok(())
}

/// One line for each tensor that is missing on a side or different.
fn differences(ours: &[Found<'_>], theirs: &[Found<'_>]) -> Vec<String> {
    let mut left: BTreeMap<&str, &Found<'_>> =
        theirs.iter().map(|tensor| (tensor.name.as_str(), tensor)).collect();
    let mut lines = Vec::new();
    for tensor in ours {
        match left.remove(tensor.name.as_str()) {
            None => lines.push(format!("{}: only ours", tensor.name)),
            Some(other) if other.kind != tensor.kind || other.shape != tensor.shape => {
                lines.push(format!(
                    "{}: type {} and shape {:?}, theirs {} and {:?}",
                    tensor.name, tensor.kind, tensor.shape, other.kind, other.shape
                ));
            }
            Some(other) if other.bytes != tensor.bytes => {
                lines.push(format!("{}: other bytes", tensor.name));
            }
            Some(_) => {}
        }
    }
    lines.extend(left.keys().map(|name| format!("{name}: only theirs")));
    lines
}

#[cfg(test)]
mod tests;
