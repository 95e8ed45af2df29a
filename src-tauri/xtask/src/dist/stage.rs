//! Lays a package's files out as they will lie on a computer.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use super::contents::{self, Item, Source};
use super::order::{Order, Variant};
use super::{elf, licences, neutral, sbom};
use crate::files::hash_file;
use crate::process;
use crate::workspace::Workspace;

/// A package before it is packed.
pub struct Staged {
    pub variant: Variant,
    pub version: String,
    /// The root of the files.
    pub root: PathBuf,
    /// Every file and link, with its permissions.
    pub items: Vec<(String, u32)>,
    /// What maintainers' scripts and the like are made from.
    pub data: PathBuf,
    /// Seconds since 1970 of the last change to the sources: every file's time.
    pub changed_s: u64,
}

/// Stages one variant, from nothing.
pub fn stage(workspace: &Workspace, order: &Order, variant: Variant) -> Result<Staged> {
    let root = super::folder(workspace).join("staged").join(variant.package());
    if root.exists() {
        fs::remove_dir_all(&root).with_context(|| root.display().to_string())?;
    }
    let mut items = Vec::new();
    let folders = neutral::folders(workspace)?;
    for item in contents::list(workspace, order, variant)? {
        let to = root.join(&item.place);
        lay(&item, &to, &folders, |text| fill(text, order, variant))
            .with_context(|| item.place.clone())?;
        items.push((item.place, item.mode));
    }
    for (name, text) in papers(workspace, order, variant)? {
        let place = format!("usr/share/doc/{}/{name}", variant.package());
        let to = root.join(&place);
        write(&to, text.as_bytes())?;
        let place = match name {
            "copyright" => place,
            _ => {
                process::run(Command::new("gzip").args(["-9", "-n"]).arg(&to))?;
                format!("{place}.gz")
            }
        };
        set_mode(&root.join(&place), 0o644)?;
        items.push((place, 0o644));
    }
    items.sort();
    let data = workspace.root.join("src-tauri/packaging/linux");
    let version = order.version.clone();
    Ok(Staged { variant, version, root, items, data, changed_s: changed_s(workspace) })
}

/// Puts the version and the package's name into a text.
fn fill(text: &str, order: &Order, variant: Variant) -> String {
    text.replace("@VERSION@", &order.version).replace("@PACKAGE@", variant.package())
}

fn lay(item: &Item, to: &Path, folders: &[PathBuf], fill: impl Fn(&str) -> String) -> Result<()> {
    fs::create_dir_all(to.parent().context("a file lies in a folder")?)?;
    match &item.source {
        Source::Link(target) => {
            symlink(target, to)?;
            return Ok(());
        }
        Source::File(from) => {
            fs::copy(from, to).with_context(|| from.display().to_string())?;
            ensure!(hash_file(from)? == hash_file(to)?, "{} changed on its way", from.display());
        }
        Source::Template(from) => write(to, fill(&read(from)?).as_bytes())?,
        Source::Manual(from) => {
            let plain = to.with_extension("");
            write(&plain, fill(&read(from)?).as_bytes())?;
            process::run(Command::new("gzip").args(["-9", "-n"]).arg(&plain))?;
        }
        Source::Built(from) => {
            fs::copy(from, to).with_context(|| from.display().to_string())?;
            elf::strip(to)?;
            let mut bytes = fs::read(to)?;
            neutral::neutralise(&mut bytes, folders);
            fs::write(to, bytes)?;
        }
    }
    set_mode(to, item.mode)
}

/// What has to be said with a package: whose work it is, of what it is made, what changed.
fn papers(
    workspace: &Workspace,
    order: &Order,
    variant: Variant,
) -> Result<Vec<(&'static str, String)>> {
    let data = workspace.root.join("src-tauri/packaging/linux");
    let mut papers = vec![
        ("copyright", read(&data.join("copyright"))?),
        ("sbom.cdx.json", sbom::write(workspace, &order.version, variant)?),
    ];
    if variant.has_programs() {
        papers.push(("third-party.md", read(&workspace.root.join("THIRD-PARTY.md"))?));
        papers.push(("licences.txt", licences::collect(workspace)?));
    }
    Ok(papers)
}

/// When the sources last changed, so that the same sources make the same package.
fn changed_s(workspace: &Workspace) -> u64 {
    let said = process::capture(workspace.command("git").args(["log", "-1", "--format=%ct"]));
    said.ok().and_then(|text| text.trim().parse().ok()).unwrap_or_default()
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| path.display().to_string())
}

fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    fs::create_dir_all(path.parent().context("a file lies in a folder")?)?;
    fs::write(path, bytes).with_context(|| path.display().to_string())
}

fn set_mode(path: &Path, mode: u32) -> Result<()> {
    Ok(fs::set_permissions(path, fs::Permissions::from_mode(mode))?)
}
