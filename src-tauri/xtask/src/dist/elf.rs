//! What programs and libraries need to start, and what should not be in them.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use crate::process;

const MAGIC: &[u8] = b"\x7fELF";

/// Whether the file is a program or a library of this system.
pub fn is_elf(path: &Path) -> Result<bool> {
    let bytes = fs::read(path).with_context(|| path.display().to_string())?;
    Ok(bytes.starts_with(MAGIC))
}

/// What a file asks of the loader.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wishes {
    /// Libraries, by the names under which they are looked for.
    pub libraries: Vec<String>,
    /// Folders in which they are looked for first.
    pub folders: Vec<String>,
}

/// Reads a file's wishes.
pub fn wishes(path: &Path) -> Result<Wishes> {
    let said = process::capture(Command::new("readelf").args(["--wide", "--dynamic"]).arg(path))?;
    Ok(read_wishes(&said))
}

fn read_wishes(said: &str) -> Wishes {
    let mut wishes = Wishes::default();
    for line in said.lines() {
        let Some((before, rest)) = line.split_once('[') else { continue };
        let value = rest.trim_end().trim_end_matches(']');
        if before.contains("(NEEDED)") {
            wishes.libraries.push(value.to_string());
        } else if before.contains("PATH)") {
            wishes.folders.extend(value.split(':').map(str::to_string));
        }
    }
    wishes
}

/// The sections that only a debugger reads.
pub fn debug_sections(path: &Path) -> Result<Vec<String>> {
    let said = process::capture(Command::new("readelf").args(["--wide", "--sections"]).arg(path))?;
    Ok(read_debug_sections(&said))
}

fn read_debug_sections(said: &str) -> Vec<String> {
    let names = said.split_whitespace();
    names
        .filter(|word| {
            // The name of a script for gdb, 34 bytes that are mapped with the rest, may stay.
            let is_debug = word.starts_with(".debug") && *word != ".debug_gdb_scripts";
            is_debug || [".symtab", ".gnu_debuglink"].contains(word)
        })
        .map(str::to_string)
        .collect()
}

/// The libraries that the system's loader finds by itself.
pub fn system_libraries() -> Result<BTreeSet<String>> {
    let said = process::capture(Command::new("/sbin/ldconfig").arg("-p"))?;
    Ok(said.lines().filter_map(|line| line.split_whitespace().next()).map(str::to_string).collect())
}

/// Leaves out what only a debugger reads.
pub fn strip(path: &Path) -> Result<()> {
    process::run(
        Command::new("strip").args(["--strip-unneeded", "--remove-section=.comment"]).arg(path),
    )
}

#[cfg(test)]
mod tests;
