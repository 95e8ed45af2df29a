//! `cargo xtask engine vulkan [PROFILE]`: the engine's part for graphics cards, in the folder
//! `graphics` beside the programs. Without it the engine computes on the processor.
//!
//! Only this one part is built, from the same sources as the engine itself, and kept in the cache.

mod headers;
mod module;

use anyhow::{Context, Result, bail};

use crate::files::link_or_copy;
use crate::setup::{self, Purpose};
use crate::workspace::Workspace;

/// Where the engine looks for parts for graphics cards, beside itself.
const FOLDER: &str = "graphics";

/// Where cargo puts the programs of a profile that is not named.
const USUAL_PROFILE: &str = "debug";

/// The command.
pub fn command(workspace: &Workspace, arguments: &[String]) -> Result<()> {
    let profile = match arguments {
        [part] if part == "vulkan" => USUAL_PROFILE,
        [part, profile] if part == "vulkan" && !profile.starts_with('-') => profile,
        _ => bail!("usage: cargo xtask engine vulkan [PROFILE]"),
    };
    setup::packages(Purpose::Graphics)?;
    bring(workspace, profile)
}

/// Makes sure that the part lies beside the programs of a profile. Quick when it was made before.
pub fn bring(workspace: &Workspace, profile: &str) -> Result<()> {
    if !cfg!(target_os = "linux") {
        bail!("only for Linux; elsewhere build engine-llama with the feature `vulkan` or `metal`");
    }
    let made = module::make(workspace)?;
    let name = made.file_name().context("a file has a name")?;
    link_or_copy(&made, &workspace.target.join(profile).join(FOLDER).join(name))
}

/// The same for the programs that tests run.
pub fn bring_for_tests(workspace: &Workspace) -> Result<()> {
    bring(workspace, USUAL_PROFILE)
}
