//! Where things are, and the environment our child programs get.

use std::env;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

/// The folders of this checkout.
pub struct Workspace {
    /// The repository.
    pub root: PathBuf,
    /// Cargo's target folder.
    pub target: PathBuf,
    /// What survives a new clone: packages, models, compiled C++.
    pub cache: PathBuf,
}

impl Workspace {
    /// The checkout that cargo runs this program for. Where it was built may be another one: two
    /// clones with one target folder share the program.
    pub fn find() -> Result<Workspace> {
        let built_in = || env!("CARGO_MANIFEST_DIR").into();
        let package = env::var_os("CARGO_MANIFEST_DIR").map_or_else(built_in, PathBuf::from);
        let root = package.ancestors().nth(2);
        let root = root.context("xtask lies two folders below the root")?.to_path_buf();
        let target = env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
        let target = root.join(target.unwrap_or_else(|| "target".into()));
        let cache = match env::var_os("XDG_CACHE_HOME").filter(|value| !value.is_empty()) {
            Some(folder) => PathBuf::from(folder),
            None => env::home_dir().context("no home folder is known")?.join(".cache"),
        };
        Ok(Workspace { root, target, cache: cache.join("frontdesk") })
    }

    /// The folder with the models' files.
    pub fn models(&self) -> PathBuf {
        self.root.join("models")
    }

    /// The pages' sources.
    pub fn ui(&self) -> PathBuf {
        self.root.join("ui")
    }

    /// The folder with the built programs.
    pub fn programs(&self) -> PathBuf {
        self.target.join("debug")
    }

    /// One of the built programs.
    pub fn program(&self, name: &str) -> PathBuf {
        self.programs().join(name).with_extension(env::consts::EXE_EXTENSION)
    }

    /// Small files that remember finished work.
    pub fn stamps(&self) -> PathBuf {
        self.target.join("xtask")
    }

    /// A program that runs in the repository, with the compiler cache every clone shares.
    pub fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.root);
        if env::var_os("CCACHE_DIR").is_none() {
            command.env("CCACHE_DIR", self.cache.join("ccache"));
        }
        if env::var_os("CCACHE_NOHASHDIR").is_none() {
            command.env("CCACHE_NOHASHDIR", "1");
        }
        // What `cargo run` said about xtask must not look like news to the next cargo.
        for (name, _) in env::vars_os() {
            let text = name.to_string_lossy();
            if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
                command.env_remove(&name);
            }
        }
        command
    }

    /// The cargo that runs us.
    pub fn cargo(&self) -> Command {
        self.command(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
    }

    /// npm, in the folder of the pages.
    pub fn npm(&self) -> Command {
        let mut command = self.command(if cfg!(windows) { "npm.cmd" } else { "npm" });
        command.current_dir(self.ui());
        command
    }
}
