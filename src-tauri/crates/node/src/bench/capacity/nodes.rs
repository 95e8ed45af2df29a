//! `bench nodes`: how many visitors a minute one, two and four nodes serve behind a real HAProxy, on
//! the same cores in all, and what the planner had predicted.
//!
//! One computer cannot show that more computers serve more: what it shows is what dividing costs.
//! So each figure stands beside that of one node which has all the cores to itself.

mod front;
mod group;
mod search;

use serde_json::{Value, json};

use super::figures::{PROMISED_MS, rounded};
use super::questions::Questions;
use super::{MIXES, predict};
use crate::arguments::NodesBench;
use crate::bench::{deliver, machine};
use crate::exit::Failure;
use crate::open::Place;
use crate::output::Output;
use group::Group;
use predict::Costing;

pub(crate) fn run(place: &Place, command: &NodesBench, output: &Output) -> Result<(), Failure> {
    let Some((name, shares)) = MIXES.iter().find(|(name, _)| *name == command.mix) else {
        let known: Vec<&str> = MIXES.iter().map(|(name, _)| *name).collect();
        let hint = format!("Known are {}.", known.join(", "));
        return Err(Failure::usage("there is no such mix", &hint));
    };
    std::fs::create_dir_all(&place.data).map_err(|error| Failure::file(&place.data, &error))?;
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let mut known: Option<(Costing, Option<[f64; 3]>)> = None;
    let mut rows: Vec<Value> = Vec::new();
    let mut one_alone = 0.0;
    for count in &command.nodes {
        output.progress(&format!("{count} nodes: starting"));
        let group = Group::start(place, *count, cores, command.writes)?;
        let mut questions = Questions::read(&command.demo, command.seed)?;
        if known.is_none() {
            // Learned once, on a node with all cores: what dividing changes is to be predicted.
            output.progress("what questions cost");
            let first = group.first();
            let costing = predict::cost(first, shares, &mut questions)?;
            let speed = if command.writes { predict::speed(first) } else { None };
            known = Some((costing, speed));
        }
        let Some((costing, speed)) = &known else { continue };
        let predicted = costing.predict_for(*count, *speed);
        output.progress_done();
        let start = predicted.max(20.0);
        let mut search = search::Search { group: &group, questions, shares, output, count: *count };
        let found = search.largest(start, f64::from(command.seconds), command.rate)?;
        if one_alone == 0.0 {
            one_alone = found.per_minute;
        }
        let mut row = found.figures.document();
        row["nodes"] = json!(count);
        row["cores_each"] = json!(rounded(group.cores_each(), 2));
        row["users_per_minute"] = json!(rounded(found.per_minute, 1));
        row["goodput_per_minute"] = json!(rounded(found.goodput_per_minute(), 1));
        row["is_kept"] = json!(found.figures.is_kept());
        row["played"] = json!(found.played);
        row["predicted"] = json!(rounded(predicted, 1));
        row["efficiency"] = json!(rounded(found.per_minute / one_alone.max(1e-9), 3));
        rows.push(row);
    }
    let document = json!({
        "figure": "nodes",
        "version": env!("CARGO_PKG_VERSION"),
        "commit": command.commit,
        "machine": machine(),
        "settings": {
            "promised_ms": PROMISED_MS, "seconds": command.seconds, "seed": command.seed,
            "mix": name, "engine": place.engine_name(), "cores_in_all": cores,
            "generation": if command.writes { "always" } else { "never" },
            "balancer": front::version(), "visitors": "open loop, Poisson, on the same cores",
        },
        "calibration": known.as_ref().map(|(costing, speed)| costing.document(*speed)),
        "rows": rows,
    });
    deliver(&document, command.out.as_deref(), output)
}
