//! `bench capacity`: how many visitors a minute the real program serves with 95 of 100 answered in
//! five seconds, and what the planner had predicted.
//!
//! For each mix of questions a program is started on a new desk, as a process of its own. A few
//! visitors tell what each kind costs; from that and the model's measured speed the planner predicts.
//! Then visitors come at random moments, never waiting for each other, and the largest rate is
//! looked for that keeps the promise. Times count from the moment a visitor meant to ask.

mod figures;
mod load;
pub(super) mod nodes;
mod predict;
mod program;
mod questions;
mod search;
mod visitor;
mod wire;

use commands::wire::{ApiError, Code};
use serde_json::{Value, json};

use super::{deliver, machine};
use crate::arguments::CapacityBench;
use crate::exit::Failure;
use crate::open::Place;
use crate::output::Output;
use figures::rounded;
use program::Program;
use questions::{Questions, Shares};

/// The mixes by name: of questions with an approved answer, about orders, and open ones.
const MIXES: &[(&str, Shares)] = &[
    ("seeds", Shares { faq: 0.60, order: 0.25, open: 0.15 }),
    ("light", Shares { faq: 0.85, order: 0.13, open: 0.02 }),
    ("heavy", Shares { faq: 0.30, order: 0.10, open: 0.60 }),
];

/// Everything a measurement needs.
struct Kit<'a> {
    command: &'a CapacityBench,
    output: &'a Output,
}

pub(crate) fn run(place: &Place, command: &CapacityBench, output: &Output) -> Result<(), Failure> {
    let wanted = |name: &str| command.mix.as_deref().is_none_or(|mix| mix == name);
    let mixes: Vec<_> = MIXES.iter().filter(|(name, _)| wanted(name)).collect();
    if mixes.is_empty() {
        let known: Vec<&str> = MIXES.iter().map(|(name, _)| *name).collect();
        return Err(Failure::usage(
            "there is no such mix",
            &format!("Known are {}.", known.join(", ")),
        ));
    }
    std::fs::create_dir_all(&place.data).map_err(|error| Failure::file(&place.data, &error))?;
    let kit = Kit { command, output };
    let mut rows = Vec::new();
    for (name, shares) in mixes {
        rows.push(measure(place, &kit, name, shares)?);
    }
    let mut document = json!({
        "figure": "capacity",
        "version": env!("CARGO_PKG_VERSION"),
        "commit": command.commit,
        "machine": machine(),
        "settings": {
            "promised_ms": figures::PROMISED_MS, "seconds": command.seconds, "seed": command.seed,
            "engine": place.engine_name(), "generation": "always",
        },
    });
    // The first mix is the seeds' own, and the headline.
    for field in ["users_per_minute", "p50_ms", "p95_ms", "p99_ms", "routes", "predicted", "error"]
    {
        document[field] = rows[0][field].clone();
    }
    document["mixes"] = Value::Array(rows);
    deliver(&document, command.out.as_deref(), output)
}

/// One mix, on a desk and a program of its own.
fn measure(place: &Place, kit: &Kit<'_>, name: &str, shares: &Shares) -> Result<Value, Failure> {
    let mut questions = Questions::read(&kit.command.demo, kit.command.seed)?;
    let desk = tempfile::tempdir_in(&place.data).map_err(broken)?;
    kit.output.progress(&format!("{name}: starting a desk"));
    let program = Program::start(place, desk.path())?;
    kit.output.progress(&format!("{name}: what questions cost"));
    let costing = predict::cost(&program, shares, &mut questions)?;
    program.rest()?;
    kit.output.progress(&format!("{name}: how fast the model is"));
    let speed = predict::speed(&program);
    program.rest()?;
    kit.output.progress_done();
    let predicted = speed.map(|speed| costing.predict(speed));
    let start = predicted.map_or(costing.guess_per_minute(), |found| found.users_per_minute);
    let mut search = search::Search { program: &program, questions, shares, kit, name };
    let found = match kit.command.rate {
        Some(rate) => search.once(f64::from(rate))?,
        None => search.largest(start.max(10.0))?,
    };
    let mut row = found.figures.document();
    row["mix"] = json!(name);
    row["users_per_minute"] = json!(rounded(found.per_minute, 1));
    row["is_kept"] = json!(found.figures.is_kept_in_writing());
    row["played"] = json!(found.played);
    row["with_quotes"] = found.with_quotes;
    row["processor_ms_each"] = found.processor_ms_each;
    row["calibration"] = costing.document(speed);
    row["predicted"] = json!(predicted.map(|found| rounded(found.users_per_minute, 1)));
    row["bound_by"] = json!(predicted.map(|found| format!("{:?}", found.bound)));
    row["error"] = match predicted {
        Some(predicted) if kit.command.rate.is_none() && found.per_minute > 0.0 => {
            json!(rounded(predicted.users_per_minute / found.per_minute - 1.0, 4))
        }
        _ => Value::Null,
    };
    Ok(row)
}

fn broken(reason: impl std::fmt::Display) -> Failure {
    let (code, message) = (Code::Internal, reason.to_string());
    ApiError { code, message, hint: None }.into()
}
