//! `cargo xtask dist`: packages for people, each audited as soon as it is written.
//!
//! deb and rpm are made on Linux, from one staged tree. `dist prove` installs the deb in a fresh Debian
//! and tries it; the packages of other systems are made by the release workflow on those systems.

mod audit;
mod contents;
mod debian;
mod elf;
mod licences;
mod neutral;
mod order;
mod prove;
mod redhat;
mod sbom;
mod stage;

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::setup::{self, Purpose};
use crate::workspace::Workspace;
use crate::{engine, models, process};
pub use order::{Kind, Order, Profile};

/// The command.
pub fn command(workspace: &Workspace, arguments: &[String]) -> Result<()> {
    match arguments {
        [first, rest @ ..] if first == "prove" => prove::command(workspace, rest),
        [first, files @ ..] if first == "audit" && !files.is_empty() => {
            files.iter().try_for_each(|file| audit::again(workspace, &PathBuf::from(file)))
        }
        _ => make(workspace, &order::parse(arguments, crate_version(workspace)?)?),
    }
}

/// Makes and audits every package that was ordered.
fn make(workspace: &Workspace, order: &Order) -> Result<()> {
    setup::packages(Purpose::Package)?;
    models::bring(workspace)?;
    if !order.is_built {
        build(workspace, order.profile)?;
    }
    let out = folder(workspace);
    fs::create_dir_all(&out)?;
    for &variant in &order.variants {
        let staged = stage::stage(workspace, order, variant)?;
        for &kind in &order.kinds {
            let package = match kind {
                Kind::Deb => debian::write(&staged, &out)?,
                Kind::Rpm => redhat::write(&staged, &out)?,
            };
            audit::package(workspace, &package, &staged)?;
            println!("{}", package.display());
        }
    }
    Ok(())
}

/// Pages and programs as people get them, and the engine's part for graphics cards.
fn build(workspace: &Workspace, profile: Profile) -> Result<()> {
    setup::pages(workspace)?;
    let mut cargo = workspace.cargo();
    cargo.args(["build", "--locked", "--bins"]);
    for package in ["frontdesk", "node", "engine-llama", "reader"] {
        cargo.args(["--package", package]);
    }
    if profile == Profile::Release {
        cargo.args(["--release", "--features", "frontdesk/packaged"]);
    }
    // llama.cpp would link its web client to OpenSSL where it finds it; the engine uses neither.
    cargo.env("CMAKE_DISABLE_FIND_PACKAGE_OpenSSL", "ON");
    eprintln!("building the programs; with the profile for packages this takes a while");
    process::run(&mut cargo)?;
    engine::bring(workspace, profile.folder())
}

/// Where packages, their lists and their audits are written.
fn folder(workspace: &Workspace) -> PathBuf {
    workspace.target.join("dist")
}

/// The version in the workspace's manifest.
fn crate_version(workspace: &Workspace) -> Result<String> {
    let path = workspace.root.join("Cargo.toml");
    let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let package = text.split("[workspace.package]").nth(1).unwrap_or_default();
    let line = package.lines().find_map(|line| line.strip_prefix("version = \""));
    match line.and_then(|rest| rest.strip_suffix('"')) {
        Some(version) => Ok(version.to_string()),
        None => bail!("{} names no version", path.display()),
    }
}
