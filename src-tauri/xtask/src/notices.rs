//! `cargo xtask notices`: THIRD-PARTY.md, the list of what the programs are made of besides our own
//! code. `--check` says whether the committed list is current. Needs no network.

pub mod licence;
mod npm;
mod rust;

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::files::write_whole;
use crate::models::catalogue;
use crate::workspace::Workspace;

const FILE: &str = "THIRD-PARTY.md";

const INTRODUCTION: &str = "\
# Third-party notices

Frontdesk is licensed under MIT or Apache-2.0, as you like. Its programs also contain the work of others, listed here with
the licence each of them chose. Written by `cargo xtask notices`; do not edit.
";

/// Sources that a Rust crate carries inside.
pub const CARRIED: &[[&str; 3]] = &[
    ["llama.cpp and ggml", "MIT", "in llama-cpp-sys-2; https://github.com/ggml-org/llama.cpp"],
    ["cpp-httplib", "MIT", "in llama.cpp; https://github.com/yhirose/cpp-httplib"],
    ["JSON for Modern C++", "MIT", "in llama.cpp; https://github.com/nlohmann/json"],
    ["SQLite", "public domain", "in libsqlite3-sys; https://sqlite.org"],
];

/// One thing by somebody else.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Notice {
    pub name: String,
    pub version: String,
    pub licence: String,
    /// Whose it is, and where from.
    pub from: String,
    /// Where its sources lie: cargo's copy of a crate, or the folder below `ui` of a package.
    pub folder: PathBuf,
}

/// Everything by others that is in the programs, but for [`CARRIED`] and the models.
pub struct Parts {
    pub crates: Vec<Notice>,
    pub packages: Vec<Notice>,
}

/// Reads cargo's and npm's lists. Fails, naming them, when one has a licence that is not on ours.
pub fn parts(workspace: &Workspace) -> Result<Parts> {
    let crates = rust::notices(workspace)?;
    let lock = workspace.ui().join("package-lock.json");
    let lock = fs::read_to_string(&lock).with_context(|| lock.display().to_string())?;
    let packages = npm::notices(&lock)?;
    let refused: Vec<String> = crates
        .iter()
        .chain(&packages)
        .filter(|notice| !licence::is_acceptable(&notice.licence))
        .map(|notice| format!("{} {} ({})", notice.name, notice.version, notice.licence))
        .collect();
    if !refused.is_empty() {
        bail!("these licences are not on our list: {}", refused.join(", "));
    }
    Ok(Parts { crates, packages })
}

/// The command: write, or compare with `--check`.
pub fn command(workspace: &Workspace, arguments: &[String]) -> Result<()> {
    let path = workspace.root.join(FILE);
    let check = match arguments {
        [] => false,
        [flag] if flag == "--check" => true,
        _ => bail!("usage: cargo xtask notices [--check]"),
    };
    let text = render(workspace)?;
    if !check {
        return write_whole(&path, |out| out.write_all(text.as_bytes()));
    }
    if fs::read_to_string(&path).unwrap_or_default() != text {
        bail!("{FILE} is not current: run `cargo xtask notices`");
    }
    Ok(())
}

fn render(workspace: &Workspace) -> Result<String> {
    let Parts { crates, packages } = parts(workspace)?;
    let mut text = INTRODUCTION.to_string();
    text.push_str("\n## Rust crates\n\n| crate | version | licence | from |\n|---|---|---|---|\n");
    text.push_str(&rows(&crates));
    text.push_str("\n## Carried inside crates\n\n| work | licence | from |\n|---|---|---|\n");
    for [name, licence, from] in CARRIED {
        text.push_str(&format!("| {name} | {licence} | {from} |\n"));
    }
    text.push_str(
        "\n## In the pages\n\n| package | version | licence | from |\n|---|---|---|---|\n",
    );
    text.push_str(&rows(&packages));
    text.push_str("\n## Models\n\n| model | licence | from |\n|---|---|---|\n");
    for entry in catalogue::read(&workspace.root)? {
        text.push_str(&format!(
            "| {} | {} | the Python package {} {} |\n",
            entry.name, entry.licence, entry.package, entry.version
        ));
    }
    Ok(text)
}

fn rows(notices: &[Notice]) -> String {
    let mut sorted = notices.to_vec();
    sorted.sort();
    sorted.dedup();
    let row = |n: &Notice| format!("| {} | {} | {} | {} |\n", n.name, n.version, n.licence, n.from);
    sorted.iter().map(row).collect()
}
