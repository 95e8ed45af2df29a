//! `cargo xtask test [STAGE...]`: set up, then everything a change has to pass, in stages that
//! also run alone.

use std::collections::BTreeSet;
use std::time::Instant;

use anyhow::{Context, Result, bail};

use crate::setup::{self, Purpose};
use crate::workspace::Workspace;
use crate::{bindings, clients, deny, engine, models, notices, peers, process, tidy, torture};

/// What a stage needs to be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Need {
    /// Packages of the system.
    System,
    /// Packages of the pages.
    PagePackages,
    /// Built pages, and their packages.
    Pages,
    /// The models' files.
    Models,
    /// The built programs.
    Programs,
    /// The engine's part for graphics cards.
    Graphics,
    /// HAProxy and nginx, where they can be had.
    Balancers,
}

/// A stage: its name, what it needs, and what it does.
struct Stage {
    name: &'static str,
    needs: &'static [Need],
    run: fn(&Workspace) -> Result<()>,
}

const STAGES: &[Stage] = &[
    Stage { name: "fmt", needs: &[], run: fmt },
    Stage { name: "lint", needs: &[Need::System, Need::Pages], run: lint },
    Stage { name: "tidy", needs: &[], run: tidy_and_notices },
    Stage { name: "deny", needs: &[], run: deny::check },
    Stage { name: "unit", needs: &[Need::System, Need::Pages], run: unit },
    Stage { name: "ui", needs: &[Need::PagePackages], run: ui },
    Stage {
        name: "models",
        needs: &[Need::System, Need::Pages, Need::Models, Need::Programs, Need::Graphics],
        run: with_models,
    },
    Stage {
        name: "e2e",
        needs: &[Need::System, Need::Pages, Need::Models, Need::Programs],
        run: e2e,
    },
    Stage {
        name: "nodes",
        needs: &[Need::System, Need::Pages, Need::Programs, Need::Balancers],
        run: nodes,
    },
    Stage {
        name: "clients",
        needs: &[Need::System, Need::Pages, Need::Programs],
        run: clients::check,
    },
    Stage {
        name: "torture",
        needs: &[Need::System, Need::Pages, Need::Programs],
        run: torture::check,
    },
];

/// Stages that only run when they are named: what they need takes longest to make.
const NAMED_STAGES: &[Stage] = &[Stage {
    name: "peers",
    needs: &[Need::System, Need::Pages, Need::Models, Need::Programs],
    run: with_peers,
}];

/// Packages whose integration tests use the models' files when they are told where these are.
const TESTED_WITH_MODELS: [&str; 3] = ["engine-llama", "node", "frontdesk"];

const MODELS_VARIABLE: &str = "FRONTDESK_MODELS";
const LLAMA_SERVER_VARIABLE: &str = "FRONTDESK_LLAMA_SERVER";

/// The command: the named stages, or all. Stops at the first that fails.
pub fn command(workspace: &Workspace, arguments: &[String]) -> Result<()> {
    let stages = parse(arguments)?;
    let mut passed = 0;
    for stage in &stages {
        eprintln!("== {}", stage.name);
        let started = Instant::now();
        let result = prepare(workspace, stage).and_then(|()| (stage.run)(workspace));
        let seconds = started.elapsed().as_secs_f32();
        if let Err(error) = result {
            eprintln!("== {} failed after {seconds:.1} s: {error:#}", stage.name);
            println!("{}", summary(passed, Some(stage.name), stages.len()));
            bail!("stage {} failed", stage.name);
        }
        eprintln!("== {} passed in {seconds:.1} s", stage.name);
        passed += 1;
    }
    println!("{}", summary(passed, None, stages.len()));
    Ok(())
}

/// The stages of these names, in our order; all when none is named.
fn parse(names: &[String]) -> Result<Vec<&'static Stage>> {
    let all = || STAGES.iter().chain(NAMED_STAGES);
    for name in names {
        if !all().any(|stage| stage.name == name) {
            let known: Vec<_> = all().map(|stage| stage.name).collect();
            bail!("there is no stage `{name}`; stages are: {}", known.join(" "));
        }
    }
    if names.is_empty() {
        return Ok(STAGES.iter().collect());
    }
    Ok(all().filter(|stage| names.iter().any(|name| name == stage.name)).collect())
}

/// The last line of a run: `7 passed, 0 failed`.
fn summary(passed: usize, failed: Option<&str>, all: usize) -> String {
    match failed {
        None => format!("{passed} passed, 0 failed"),
        Some(name) => {
            let left = all - passed - 1;
            format!("{passed} passed, 1 failed: {name}; {left} not run")
        }
    }
}

fn prepare(workspace: &Workspace, stage: &Stage) -> Result<()> {
    for need in stage.needs {
        match need {
            Need::System => setup::packages(Purpose::Test)?,
            Need::PagePackages => setup::page_packages(workspace)?,
            Need::Pages => setup::pages(workspace)?,
            Need::Models => models::bring(workspace)?,
            Need::Programs => setup::programs(workspace)?,
            Need::Graphics => engine::bring_for_tests(workspace)?,
            Need::Balancers => bring_balancers(),
        }
    }
    Ok(())
}

fn fmt(workspace: &Workspace) -> Result<()> {
    process::run(workspace.cargo().args(["fmt", "--all", "--check"]))
}

fn lint(workspace: &Workspace) -> Result<()> {
    let arguments = ["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"];
    process::run(workspace.cargo().args(arguments))?;
    for script in ["lint", "check"] {
        process::run(workspace.npm().args(["run", "--if-present", script]))?;
    }
    Ok(())
}

fn tidy_and_notices(workspace: &Workspace) -> Result<()> {
    tidy::command(workspace, &[])?;
    notices::command(workspace, &["--check".into()])
}

/// Everything that needs no model. The tests of `commands` write the wire types on the way, so
/// the committed ones are compared here.
fn unit(workspace: &Workspace) -> Result<()> {
    let fresh = bindings::fresh_folder(workspace)?;
    let mut cargo = workspace.cargo();
    cargo.args(["test", "--workspace"]).env_remove(MODELS_VARIABLE);
    bindings::export_to(&mut cargo, &fresh);
    process::run(&mut cargo)?;
    bindings::compare(workspace, &fresh)
}

fn ui(workspace: &Workspace) -> Result<()> {
    process::run(workspace.npm().arg("test"))
}

/// The integration tests of [`TESTED_WITH_MODELS`], and the unit tests of the engine. They are picked by name from the whole
/// workspace, not by package: another selection of packages would compile them a second time.
fn with_models(workspace: &Workspace) -> Result<()> {
    let metadata = tidy::read_metadata(workspace)?;
    let mut cargo = workspace.cargo();
    cargo.args(["test", "--workspace", "--bin", "frontdesk-engine"]);
    cargo.env(MODELS_VARIABLE, workspace.models());
    for target in test_targets(&metadata) {
        cargo.args(["--test", &target]);
    }
    process::run(&mut cargo)
}

fn test_targets(metadata: &serde_json::Value) -> BTreeSet<String> {
    let list = |value: &serde_json::Value| value.as_array().cloned().unwrap_or_default();
    list(&metadata["packages"])
        .iter()
        .filter(|package| TESTED_WITH_MODELS.iter().any(|name| package["name"] == *name))
        .flat_map(|package| list(&package["targets"]))
        .filter(|target| list(&target["kind"]).iter().any(|kind| kind == "test"))
        .filter_map(|target| target["name"].as_str().map(str::to_string))
        .collect()
}

/// The desk in front of servers that other people wrote. One test after the other: they measure, and
/// what they measured is printed.
fn with_peers(workspace: &Workspace) -> Result<()> {
    let mut cargo = workspace.cargo();
    cargo.args([
        "test",
        "--workspace",
        "--test",
        "peers",
        "--",
        "--test-threads",
        "1",
        "--nocapture",
    ]);
    cargo.env(MODELS_VARIABLE, workspace.models());
    cargo.env(LLAMA_SERVER_VARIABLE, peers::llama_server(workspace)?);
    process::run(&mut cargo)
}

fn e2e(workspace: &Workspace) -> Result<()> {
    let script = workspace.ui().join("e2e/run-all.mjs");
    let mut node = workspace.command("node");
    node.arg(&script)
        .env("FRONTDESK_BIN_DIR", workspace.programs())
        .env(MODELS_VARIABLE, workspace.models());
    process::run(&mut node).with_context(|| script.display().to_string())
}

/// A computer may do without: the tests say which balancer is not there, and pass it over.
fn bring_balancers() {
    if let Err(error) = setup::packages(Purpose::Balancers) {
        eprintln!("{error:#}\nwhat needs a load balancer that is not there is skipped");
    }
}

/// Nodes on stand-ins behind real load balancers. One test after the other: they measure.
fn nodes(workspace: &Workspace) -> Result<()> {
    let mut cargo = workspace.cargo();
    cargo.args(["test", "--workspace", "--test", "nodes", "--", "--test-threads", "1"]);
    cargo.env("FRONTDESK_NODES", "1").env_remove(MODELS_VARIABLE);
    if let Some(python) = clients::python(workspace) {
        cargo.env(clients::PYTHON_VARIABLE, python);
    }
    process::run(&mut cargo)
}

#[cfg(test)]
mod tests;
