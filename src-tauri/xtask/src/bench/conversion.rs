//! What converting the chat model costs: its predictions against those of the package's own file,
//! on a text that the conversion never sees.

use std::path::Path;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::write;
use crate::models::{self, catalogue, quantizer};
use crate::process;
use crate::workspace::Workspace;

/// Our own words about a shop and about this program, 15,000 tokens. llama.cpp's quantizer looks
/// at weights only, so every text is a held one.
const HELD_TEXTS: [&str; 9] = [
    "src-tauri/demo/documents/care-guide.txt",
    "src-tauri/demo/documents/rental.md",
    "src-tauri/demo/documents/repairs.md",
    "src-tauri/demo/documents/returns.md",
    "src-tauri/demo/documents/shipping.md",
    "src-tauri/demo/documents/size-and-fit.md",
    "README.md",
    "docs/architecture.md",
    "docs/style.md",
];

/// Compares every model that llama.cpp's quantizer converted with its original.
pub fn run(workspace: &Workspace) -> Result<()> {
    let originals = models::bring_originals(workspace)?;
    let entries = catalogue::read(&workspace.root)?;
    let converted = entries.iter().filter(|entry| entry.conversion.is_some());
    let mut rows = Vec::new();
    for (entry, original) in converted.zip(&originals) {
        rows.push(compare(workspace, original, &workspace.models().join(&entry.file))?);
    }
    let document = json!({ "figure": "conversion", "texts": HELD_TEXTS, "models": rows });
    write(workspace, "conversion", &serde_json::to_string_pretty(&document)?)
}

fn compare(workspace: &Workspace, original: &Path, converted: &Path) -> Result<Value> {
    let mut command = quantizer::command(workspace);
    command.arg("agree").arg("--a").arg(original).arg("--b").arg(converted);
    for text in HELD_TEXTS {
        command.arg("--text").arg(workspace.root.join(text));
    }
    let printed = process::capture(&mut command)?;
    serde_json::from_str(&printed).context("frontdesk-convert prints JSON")
}
