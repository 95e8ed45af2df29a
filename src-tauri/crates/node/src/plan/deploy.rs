//! `plan --deploy`: the files for several nodes, for as many as the plan comes to.

use std::fs;
use std::path::Path;

use capacity::{CapacityError, Deployment};
use commands::wire::PlanView;
use serde_json::json;

use crate::arguments::Plan;
use crate::exit::Failure;
use crate::output::Output;

/// Computers like this one, as the plan calls them.
const LIKE_THIS: [&str; 2] = ["this computer", "computers like this one"];

/// Writes the files for the number of computers like this one that the plan comes to.
pub(super) fn write(
    folder: &Path,
    command: &Plan,
    plan: &PlanView,
    output: &Output,
) -> Result<(), Failure> {
    let Some(users) = command.users else {
        return Err(Failure::usage(
            "it is not said how many nodes the files are for",
            "Add --users N and let the planner say, or --nodes N.",
        ));
    };
    let row = plan.roadmap.iter().find(|row| row.users_per_minute == users);
    let like_this = row.and_then(|row| {
        row.ways.iter().find(|way| LIKE_THIS.contains(&way.name.as_str()))?.machines
    });
    let Some(nodes) = like_this else {
        return Err(Failure::usage(
            format!("computers like this one cannot serve {users} visitors a minute"),
            "See the plan for machines that can, and say how many with --nodes N.",
        ));
    };
    write_files(folder, &deployment(command, nodes as usize), output)
}

/// Writes the files for the nodes that were named or counted on the command line.
pub(super) fn write_given(folder: &Path, command: &Plan, output: &Output) -> Result<(), Failure> {
    let nodes = command.nodes.unwrap_or(command.node.len());
    write_files(folder, &deployment(command, nodes), output)
}

fn deployment(command: &Plan, nodes: usize) -> Deployment {
    let mut deployment = Deployment::usual(nodes);
    if !command.node.is_empty() {
        deployment.nodes.clone_from(&command.node);
    }
    if let Some(site) = &command.site {
        deployment.site.clone_from(site);
    }
    deployment
}

fn write_files(folder: &Path, deployment: &Deployment, output: &Output) -> Result<(), Failure> {
    let files = deployment.files().map_err(|error: CapacityError| {
        Failure::usage(
            error.to_string(),
            "Use names, addresses such as 10.0.0.11:8317, and numbers.",
        )
    })?;
    for file in &files {
        let path = folder.join(file.path);
        let parent = path.parent().unwrap_or(folder);
        fs::create_dir_all(parent).map_err(|error| Failure::file(parent, &error))?;
        fs::write(&path, &file.text).map_err(|error| Failure::file(&path, &error))?;
    }
    let nodes = deployment.nodes.len();
    if output.json {
        let paths: Vec<_> = files.iter().map(|file| folder.join(file.path)).collect();
        output.document(&json!({ "nodes": nodes, "files": paths }));
    } else {
        output.line(&format!("Files for {nodes} nodes are in {}.", folder.display()));
    }
    Ok(())
}
