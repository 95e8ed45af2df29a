//! `cargo xtask dist prove [--older FILE.deb]`: installs the packages in a fresh Debian and tries
//! what the README promises about them. The trying itself is a script, `src-tauri/packaging/prove`.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use super::order::{Kind, Order, Profile, Variant};
use crate::process;
use crate::setup::{self, Purpose};
use crate::workspace::Workspace;

/// The version of the package that stands in for an older one.
const OLDER: &str = "0.0.1";

/// The command.
pub fn command(workspace: &Workspace, arguments: &[String]) -> Result<()> {
    let older = match arguments {
        [] => None,
        [flag, file] if flag == "--older" => Some(PathBuf::from(file)),
        _ => bail!("usage: cargo xtask dist prove [--older FILE.deb]"),
    };
    setup::packages(Purpose::Package)?;
    setup::packages(Purpose::Test)?;
    let out = super::folder(workspace);
    let version = super::crate_version(workspace)?;
    let package = out.join(format!("frontdesk_{version}_amd64.deb"));
    if !package.is_file() {
        bail!("{} is missing; `cargo xtask dist deb` makes it", package.display());
    }
    let older = match older {
        Some(older) => older,
        None => make_older(workspace)?,
    };
    let script = workspace.root.join("src-tauri/packaging/prove/prove.py");
    let mut prove = workspace.command("python3");
    prove.arg(&script).arg("--package").arg(&package).arg("--older").arg(&older);
    prove.arg("--cache").arg(workspace.cache.join("prove"));
    prove.arg("--table").arg(out.join("prove.md"));
    process::run(&mut prove).with_context(|| script.display().to_string())
}

/// The same programs under an older version, where no really older package is given.
fn make_older(workspace: &Workspace) -> Result<PathBuf> {
    let release = workspace.target.join("release/frontdesk").is_file();
    let order = Order {
        kinds: vec![Kind::Deb],
        variants: vec![Variant::Full],
        profile: if release { Profile::Release } else { Profile::Dev },
        version: OLDER.into(),
        is_built: true,
    };
    super::make(workspace, &order)?;
    Ok(super::folder(workspace).join(format!("frontdesk_{OLDER}_amd64.deb")))
}
