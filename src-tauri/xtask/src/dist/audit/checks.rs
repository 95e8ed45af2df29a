//! The checks of an audit. Each answers with what it found, and with what is wrong.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::Value;

use super::super::contents::HOME;
use super::super::order::Variant;
use super::super::{elf, neutral};
use super::opened::{Entry, Opened};
use crate::files::hash_file;
use crate::models::catalogue;
use crate::notices;
use crate::process;
use crate::workspace::Workspace;

/// What one check found.
pub struct Finding {
    pub name: &'static str,
    /// What was looked at, for who reads that all is well.
    pub about: String,
    /// What is wrong; nothing in a good package.
    pub bad: Vec<String>,
}

impl Finding {
    fn new(name: &'static str, about: impl Into<String>, bad: Vec<String>) -> Self {
        Self { name, about: about.into(), bad }
    }

    pub fn is_good(&self) -> bool {
        self.bad.is_empty()
    }

    pub fn told(&self) -> String {
        if self.is_good() { self.about.clone() } else { self.bad.join("; ") }
    }

    pub fn line(&self) -> String {
        format!("{}: {}", self.name, self.told())
    }
}

/// Every check that needs nothing but the package.
pub fn all(workspace: &Workspace, opened: &Opened, variant: Variant) -> Result<Vec<Finding>> {
    Ok(vec![
        permissions(&opened.entries),
        libraries(opened)?,
        debug(opened)?,
        build_paths(workspace, opened)?,
        models(workspace, opened, variant)?,
        licences(workspace, opened, variant)?,
        materials(opened, variant)?,
        desktop(opened, variant),
        size(fs::metadata(&opened.file)?.len(), variant.most_bytes()),
    ])
}

/// Exactly what was staged is inside.
pub fn contents(opened: &Opened, staged: &[(String, u32)]) -> Finding {
    let inside: BTreeSet<&str> = opened
        .entries
        .iter()
        .filter(|entry| !entry.permissions.starts_with('d'))
        .map(|entry| entry.place.as_str())
        .collect();
    let wanted: BTreeSet<&str> = staged.iter().map(|(place, _)| place.as_str()).collect();
    let missing = wanted.difference(&inside).map(|place| format!("{place} is missing"));
    let foreign = inside.difference(&wanted).map(|place| format!("{place} does not belong"));
    let bad = missing.chain(foreign).collect();
    Finding::new("contents", format!("{} files and links, as staged", inside.len()), bad)
}

/// Everything belongs to root, only programs can be run, nobody else may write, links stay inside.
fn permissions(entries: &[Entry]) -> Finding {
    let mut bad = Vec::new();
    for entry in entries {
        let place = &entry.place;
        if entry.owner != "0/0" {
            bad.push(format!("{place} belongs to {}", entry.owner));
        }
        let is_program = place.starts_with(&format!("{HOME}/frontdesk"));
        let expected = match entry.permissions.chars().next() {
            Some('d') => "drwxr-xr-x",
            Some('l') => "lrwxrwxrwx",
            _ if is_program => "-rwxr-xr-x",
            _ => "-rw-r--r--",
        };
        if entry.permissions != expected {
            bad.push(format!("{place} is {}, not {expected}", entry.permissions));
        }
        let is_ours = |target: &String| target.starts_with("../lib/frontdesk/");
        if entry.target.as_ref().is_some_and(|target| !is_ours(target)) {
            bad.push(format!("{place} points elsewhere"));
        }
    }
    Finding::new("permissions", format!("{} entries, all root's", entries.len()), bad)
}

/// Every library that something asks for is ours or the system's, and looked for nowhere else.
fn libraries(opened: &Opened) -> Result<Finding> {
    let system = elf::system_libraries()?;
    let ours: BTreeSet<&str> =
        opened.built().filter_map(|place| place.rsplit_once('/')).map(|(_, name)| name).collect();
    let mut bad = Vec::new();
    let mut asked: BTreeMap<&str, ()> = BTreeMap::new();
    for (place, wanted) in &opened.libraries {
        for library in wanted {
            asked.insert(library, ());
            if !ours.contains(library.as_str()) && !system.contains(library) {
                bad.push(format!("{place} asks for {library}, which nobody brings"));
            }
        }
        for folder in elf::wishes(&opened.path(place))?.folders {
            if folder != "$ORIGIN/engine" && folder != "$ORIGIN" {
                bad.push(format!("{place} looks for libraries in {folder}"));
            }
        }
    }
    let about =
        format!("{} files ask for {} libraries, all found", opened.libraries.len(), asked.len());
    Ok(Finding::new("libraries", about, bad))
}

fn debug(opened: &Opened) -> Result<Finding> {
    let mut bad = Vec::new();
    for place in opened.built() {
        let sections = elf::debug_sections(&opened.path(place))?;
        if !sections.is_empty() {
            bad.push(format!("{place} has {}", sections.join(" ")));
        }
    }
    let leftovers = [".d", ".pdb", ".dwp", ".debug", ".rlib", ".a", ".o", ".part"];
    for place in opened.files() {
        if leftovers.iter().any(|ending| place.ends_with(ending)) {
            bad.push(format!("{place} is left over from building"));
        }
    }
    Ok(Finding::new("no debug files", "no symbols, no left-overs of building", bad))
}

fn build_paths(workspace: &Workspace, opened: &Opened) -> Result<Finding> {
    let folders = neutral::folders(workspace)?;
    let mut bad = Vec::new();
    // Models are compared with the catalogue, byte for byte.
    for place in opened.files().into_iter().filter(|place| !place.ends_with(".gguf")) {
        let bytes = fs::read(opened.path(&place)).with_context(|| place.clone())?;
        if !neutral::found(&bytes, &folders).is_empty() {
            bad.push(format!("{place} names a folder of the building machine"));
        }
    }
    let about = format!("{} folders of the building machine in none of the files", folders.len());
    Ok(Finding::new("no build paths", about, bad))
}

fn models(workspace: &Workspace, opened: &Opened, variant: Variant) -> Result<Finding> {
    let mut bad = Vec::new();
    let known = catalogue::read(&workspace.root)?;
    for id in variant.models() {
        let entry =
            known.iter().find(|entry| entry.id == *id).context("a model of the catalogue")?;
        let path = opened.path(&format!("{HOME}/models/{}", entry.file));
        if !path.is_file() || hash_file(&path)? != entry.sha256 {
            bad.push(format!("{} is not the file of the catalogue", entry.file));
        }
    }
    let inside = opened.files().iter().filter(|place| place.ends_with(".gguf")).count();
    if inside != variant.models().len() {
        bad.push(format!("{inside} models are inside, not {}", variant.models().len()));
    }
    Ok(Finding::new("models", format!("{inside}, byte for byte those of the catalogue"), bad))
}

fn licences(workspace: &Workspace, opened: &Opened, variant: Variant) -> Result<Finding> {
    let parts = notices::parts(workspace)?;
    let folder = format!("usr/share/doc/{}", variant.package());
    let mut wanted = vec!["copyright", "sbom.cdx.json.gz"];
    if variant.has_programs() {
        wanted.extend(["licences.txt.gz", "third-party.md.gz"]);
    }
    let is_missing = |name: &&&str| !opened.path(&format!("{folder}/{name}")).is_file();
    let mut bad: Vec<String> =
        wanted.iter().filter(is_missing).map(|name| format!("{name} is missing")).collect();
    let known = catalogue::read(&workspace.root)?;
    for entry in known.iter().filter(|entry| variant.models().contains(&entry.id.as_str())) {
        if !notices::licence::is_acceptable(&entry.licence) {
            bad.push(format!("the model {} is under {}", entry.id, entry.licence));
        }
    }
    let count = parts.crates.len() + parts.packages.len() + notices::CARRIED.len();
    let about = format!("{count} parts and {} models, all on our list", variant.models().len());
    Ok(Finding::new("licences", about, bad))
}

/// The bill of materials can be read, and says what is inside.
fn materials(opened: &Opened, variant: Variant) -> Result<Finding> {
    let path = opened.path(&format!("usr/share/doc/{}/sbom.cdx.json.gz", variant.package()));
    let text = process::capture(Command::new("gzip").arg("-dc").arg(&path))?;
    let bill: Value = serde_json::from_str(&text)?;
    let components = bill["components"].as_array().map_or(0, Vec::len);
    let mut bad = Vec::new();
    if bill["bomFormat"] != "CycloneDX" {
        bad.push("it is no CycloneDX".to_string());
    }
    if variant.has_programs() && components < 100 {
        bad.push(format!("it has only {components} parts"));
    }
    Ok(Finding::new("bill of materials", format!("CycloneDX, {components} parts"), bad))
}

/// What the tools of desktops and stores say, where they are installed.
fn desktop(opened: &Opened, variant: Variant) -> Finding {
    const NAME: &str = "desktop";
    if !variant.has_programs() {
        return Finding::new(NAME, "has none", Vec::new());
    }
    let tools: [(&str, &[&str], &str); 2] = [
        ("desktop-file-validate", &[], "usr/share/applications/io.frontdesk.app.desktop"),
        (
            "appstreamcli",
            &["validate", "--no-net", "--no-color"],
            "usr/share/metainfo/io.frontdesk.app.metainfo.xml",
        ),
    ];
    let mut bad = Vec::new();
    for (tool, arguments, place) in tools {
        let said = Command::new(tool).args(arguments).arg(opened.path(place)).output();
        match said {
            Ok(output) if output.status.success() => {}
            Ok(output) => bad.push(format!(
                "{tool} says: {}",
                String::from_utf8_lossy(&output.stdout).replace('\n', " ")
            )),
            Err(error) => bad.push(format!("{tool} cannot be started: {error}")),
        }
    }
    Finding::new(NAME, "entry and description are valid", bad)
}

fn size(bytes: u64, most: u64) -> Finding {
    let megabytes = |bytes: u64| format!("{:.1} MB", bytes as f64 / 1e6);
    let told = format!("{} of at most {}", megabytes(bytes), megabytes(most));
    let bad = if bytes > most { vec![told.clone()] } else { Vec::new() };
    Finding::new("size", told, bad)
}

#[cfg(test)]
mod tests;
