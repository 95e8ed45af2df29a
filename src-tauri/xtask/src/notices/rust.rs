//! The crates that are linked into the four programs, from cargo's own knowledge of them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::Value;

use super::Notice;
use crate::process;
use crate::workspace::Workspace;

/// The list is for the packages we build, which are for Linux.
const PLATFORM: &str = "x86_64-unknown-linux-gnu";

/// The packages whose programs people get.
const PROGRAMS: [&str; 4] = ["frontdesk", "node", "engine-llama", "reader"];

/// The crates in the programs, ours left out.
pub(super) fn notices(workspace: &Workspace) -> Result<Vec<Notice>> {
    let mut cargo = workspace.cargo();
    cargo.args(["metadata", "--format-version", "1", "--filter-platform", PLATFORM]);
    let metadata = process::capture(&mut cargo)?;
    read(&serde_json::from_str(&metadata)?)
}

fn read(metadata: &Value) -> Result<Vec<Notice>> {
    let list = |value: &'_ Value| value.as_array().cloned().unwrap_or_default();
    let packages: BTreeMap<String, Value> = list(&metadata["packages"])
        .into_iter()
        .map(|package| (package["id"].as_str().unwrap_or_default().to_string(), package))
        .collect();
    let edges: BTreeMap<String, Vec<String>> = list(&metadata["resolve"]["nodes"])
        .iter()
        .map(|node| (node["id"].as_str().unwrap_or_default().to_string(), linked(node)))
        .collect();

    let mut waiting: Vec<&String> = packages
        .iter()
        .filter(|(_, package)| PROGRAMS.iter().any(|name| package["name"] == *name))
        .map(|(id, _)| id)
        .collect();
    let mut reached = BTreeSet::new();
    while let Some(id) = waiting.pop() {
        if reached.insert(id) {
            waiting.extend(edges.get(id).into_iter().flatten());
        }
    }
    reached
        .into_iter()
        .map(|id| packages.get(id).with_context(|| format!("cargo does not describe {id}")))
        // Ours have no source.
        .filter(|package| package.as_ref().map_or(true, |package| !package["source"].is_null()))
        .map(|package| package.map(notice))
        .collect()
}

/// What a package is linked with: neither what builds it nor what tests it.
fn linked(node: &Value) -> Vec<String> {
    let is_linked = |dependency: &&Value| {
        let kinds = dependency["dep_kinds"].as_array();
        kinds.is_some_and(|kinds| kinds.iter().any(|kind| kind["kind"].is_null()))
    };
    let dependencies = node["deps"].as_array().map_or(&[][..], Vec::as_slice);
    dependencies
        .iter()
        .filter(is_linked)
        .filter_map(|dependency| dependency["pkg"].as_str().map(str::to_string))
        .collect()
}

fn notice(package: &Value) -> Notice {
    let text = |key: &str| package[key].as_str().unwrap_or_default().to_string();
    let authors: Vec<&str> = package["authors"]
        .as_array()
        .map(|authors| authors.iter().filter_map(Value::as_str).collect())
        .unwrap_or_default();
    // Mail addresses are not needed to say whose work it is.
    let authors: Vec<&str> = authors
        .iter()
        .map(|author| author.split('<').next().unwrap_or_default().trim())
        .filter(|author| !author.is_empty())
        .collect();
    let from = [authors.join(", "), text("repository")];
    let from: Vec<String> = from.into_iter().filter(|part| !part.is_empty()).collect();
    Notice {
        name: text("name"),
        version: text("version"),
        licence: text("license"),
        from: from.join("; ").replace('|', "/"),
        folder: folder(package),
    }
}

/// Where cargo keeps the crate's sources.
fn folder(package: &Value) -> PathBuf {
    let manifest = package["manifest_path"].as_str().unwrap_or_default();
    Path::new(manifest).parent().map(Path::to_owned).unwrap_or_default()
}

#[cfg(test)]
mod tests;
