//! A package, unpacked into a temporary folder, and its list of contents as the package tells it.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};

use super::super::elf;
use crate::process;

/// One file, folder or link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// As `ls` writes them: `-rw-r--r--`.
    pub permissions: String,
    /// `root/root`.
    pub owner: String,
    pub bytes: u64,
    /// Without the first slash, and without the last of a folder.
    pub place: String,
    /// Where a link points.
    pub target: Option<String>,
}

/// A package to look into.
pub struct Opened {
    pub file: PathBuf,
    pub entries: Vec<Entry>,
    /// What each program and library needs.
    pub libraries: Vec<(String, Vec<String>)>,
    folder: tempfile::TempDir,
}

impl Opened {
    /// Unpacks a deb or an rpm.
    pub fn open(file: &Path) -> Result<Opened> {
        let folder = tempfile::tempdir()?;
        let archive = folder.path().join("archive.tar");
        unpack(file, &archive)?;
        let mut list = Command::new("tar");
        list.args(["--list", "--verbose", "--numeric-owner", "--quoting-style=literal", "--file"]);
        let listed = process::capture(list.arg(&archive))?;
        let entries: Vec<Entry> = listed.lines().filter_map(read_entry).collect();
        ensure!(!entries.is_empty(), "{} holds nothing", file.display());
        let root = folder.path().join("root");
        std::fs::create_dir(&root)?;
        let mut extract = Command::new("tar");
        process::run(extract.arg("--extract").arg("--file").arg(&archive).arg("-C").arg(&root))?;
        std::fs::remove_file(&archive)?;
        let mut opened = Opened { file: file.to_owned(), entries, libraries: Vec::new(), folder };
        for place in opened.files() {
            let path = opened.path(&place);
            if elf::is_elf(&path)? {
                opened.libraries.push((place, elf::wishes(&path)?.libraries));
            }
        }
        Ok(opened)
    }

    /// Where something of the package lies now.
    pub fn path(&self, place: &str) -> PathBuf {
        self.folder.path().join("root").join(place)
    }

    /// Every plain file.
    pub fn files(&self) -> Vec<String> {
        let plain = self.entries.iter().filter(|entry| entry.permissions.starts_with('-'));
        plain.map(|entry| entry.place.clone()).collect()
    }

    /// The programs and libraries.
    pub fn built(&self) -> impl Iterator<Item = &str> {
        self.libraries.iter().map(|(place, _)| place.as_str())
    }
}

/// Writes a package's files as one tar.
fn unpack(file: &Path, archive: &Path) -> Result<()> {
    let (program, arguments): (&str, &[&str]) = match file.extension().and_then(|it| it.to_str()) {
        Some("deb") => ("dpkg-deb", &["--fsys-tarfile"]),
        Some("rpm") => ("rpm2archive", &["-n"]),
        _ => bail!("{} is neither a deb nor an rpm", file.display()),
    };
    let input = File::open(file).with_context(|| file.display().to_string())?;
    let mut command = Command::new(program);
    command.args(arguments).stdout(File::create(archive)?);
    match program {
        "dpkg-deb" => command.arg(file),
        _ => command.arg("-").stdin(Stdio::from(input)),
    };
    let status = command.status().with_context(|| format!("cannot start {program}"))?;
    ensure!(status.success(), "{program} cannot read {}", file.display());
    Ok(())
}

/// `-rw-r--r-- 0/0 12 2026-01-01 10:00 ./usr/x` and `… ./usr/y -> z`.
fn read_entry(line: &str) -> Option<Entry> {
    let mut rest = line;
    let mut word = || {
        rest = rest.trim_start();
        let (word, after) = rest.split_once(' ')?;
        rest = after;
        Some(word)
    };
    let (permissions, owner) = (word()?.to_string(), word()?.to_string());
    let bytes = word()?.parse().ok()?;
    word()?;
    word()?;
    let (place, target) = match rest.split_once(" -> ") {
        Some((place, target)) if permissions.starts_with('l') => (place, Some(target.to_string())),
        _ => (rest, None),
    };
    let place = place.trim_start_matches('.').trim_matches('/').to_string();
    (!place.is_empty()).then_some(Entry { permissions, owner, bytes, place, target })
}

#[cfg(test)]
mod tests;
