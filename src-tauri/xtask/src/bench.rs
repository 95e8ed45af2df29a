//! `cargo xtask bench NAME`: measurements, each written to a file below `bench/`.
//!
//! Times are percentiles of many or come with their number of rounds; the machine is in the file.

mod answers;
mod capacity;
mod conversion;
mod engine;
mod nodes;
mod pages;
mod window;

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::setup::{self, Purpose};
use crate::workspace::Workspace;
use crate::{models, process};

/// Name, what is measured, and the function that measures it.
type Bench = (&'static str, &'static str, fn(&Workspace) -> Result<()>);

const BENCHES: &[Bench] = &[
    ("answers", "how good answers are; `--help` after it tells what can be chosen", |workspace| {
        answers::run(workspace, &[])
    }),
    ("turns", "times of whole turns over the questions of the sample shop, without a model", turns),
    ("generation", "30 turns phrased by the chat model, switched on by hand", generation),
    ("retrieval", "search alone over all questions of the sample shop", retrieval),
    ("eval", "what was right, asked back, refused and wrong", eval),
    ("hard", "the same for the long, indirect questions", hard),
    ("exam", "the chat model's mark on this computer", exam),
    ("engine", "the engine alone; `--help` after it tells against what", |workspace| {
        engine::run(workspace, &[])
    }),
    (
        "capacity",
        "how many visitors a minute are served; takes 15 minutes of a quiet machine",
        |it| capacity::run(it, &[]),
    ),
    ("nodes", "how many visitors a minute 1, 2 and 4 nodes serve on the same cores", |it| {
        nodes::run(it, &[])
    }),
    ("conversion", "what converting the chat model costs in quality", conversion::run),
    ("window", "start to shown page, first and later start, and resident memory", window::run),
    ("pages", "size of the built pages, compressed", pages::run),
];

const SUITE: &str = "src-tauri/demo/questions.jsonl";
const HARD_SUITE: &str = "src-tauri/demo/questions-hard.jsonl";

/// The command: one benchmark by name, or all.
pub fn command(workspace: &Workspace, arguments: &[String]) -> Result<()> {
    let name = arguments.first().map_or("", String::as_str);
    let wanted: Vec<_> =
        BENCHES.iter().filter(|(known, ..)| name == "all" || *known == name).collect();
    if wanted.is_empty() {
        let known: Vec<String> =
            BENCHES.iter().map(|(name, about, _)| format!("\n  {name:<12} {about}")).collect();
        bail!("unknown benchmark `{name}`; `all` runs these:{}", known.concat());
    }
    setup::set_up(workspace, Purpose::Test)?;
    models::bring(workspace)?;
    if let ("engine", [_, arguments @ ..]) = (name, arguments) {
        return engine::run(workspace, arguments);
    }
    if let ("capacity", [_, arguments @ ..]) = (name, arguments) {
        return capacity::run(workspace, arguments);
    }
    if let ("nodes", [_, arguments @ ..]) = (name, arguments) {
        return nodes::run(workspace, arguments);
    }
    if let ("answers", [_, arguments @ ..]) = (name, arguments) {
        return answers::run(workspace, arguments);
    }
    for (_, _, run) in wanted {
        run(workspace)?;
    }
    Ok(())
}

/// Where a benchmark writes.
fn file(workspace: &Workspace, name: &str) -> Result<PathBuf> {
    let folder = workspace.root.join("bench");
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    Ok(folder.join(format!("{name}.json")))
}

/// Writes a result and says where.
fn write(workspace: &Workspace, name: &str, text: &str) -> Result<()> {
    let path = file(workspace, name)?;
    fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
    println!("{text}");
    eprintln!("written to {}", path.display());
    Ok(())
}

/// Runs `frontdesk-node` on a new desk and returns its stdout.
fn node(workspace: &Workspace, arguments: &[&str]) -> Result<String> {
    let desk = tempfile::tempdir()?;
    let mut command = workspace.command(workspace.program("frontdesk-node"));
    command.arg("--data").arg(desk.path()).args(["--json", "--quiet"]).args(arguments);
    command.env("FRONTDESK_MODELS", workspace.models());
    process::capture(&mut command)
}

fn turns(workspace: &Workspace) -> Result<()> {
    let text = node(workspace, &["bench", "turns", "--suite", SUITE, "--questions", "120"])?;
    write(workspace, "turns", &text)
}

fn generation(workspace: &Workspace) -> Result<()> {
    let arguments = ["bench", "turns", "--suite", SUITE, "--questions", "30", "--generate"];
    write(workspace, "generation", &node(workspace, &arguments)?)
}

fn retrieval(workspace: &Workspace) -> Result<()> {
    let text = node(workspace, &["bench", "retrieval", "--suite", SUITE, "--questions", "120"])?;
    write(workspace, "retrieval", &text)
}

fn eval(workspace: &Workspace) -> Result<()> {
    write(workspace, "eval", &node(workspace, &["eval", SUITE])?)
}

fn hard(workspace: &Workspace) -> Result<()> {
    write(workspace, "hard", &node(workspace, &["eval", HARD_SUITE])?)
}

fn exam(workspace: &Workspace) -> Result<()> {
    write(workspace, "exam", &node(workspace, &["models", "exam"])?)
}
