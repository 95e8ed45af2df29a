//! `bench`: asks the questions of a suite and writes times as percentiles of many; `bench answers`
//! measures how good answers are, `bench capacity` how many people are served, `bench engine` the
//! engine alone.

mod answers;
mod capacity;
mod engine;

use std::path::Path;
use std::time::Instant;

use commands::wire::{
    Ask, Generation, Health, Route, SettingsChange, StaffCommand, StaffReply, Turn, TurnEvent,
    VisitorCommand,
};
use commands::{Core, Session};
use serde::Serialize;
use serde_json::{Value, json};

use crate::arguments::{Bench, Suite};
use crate::eval::{self, Case};
use crate::exit::{Failure, REQUEST};
use crate::open::Place;
use crate::output::Output;

/// Percentiles of one time, in milliseconds.
#[derive(Serialize)]
struct Percentiles {
    n: usize,
    p50_ms: f64,
    p95_ms: f64,
    max_ms: f64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Figure {
    Turns,
    Retrieval,
}

pub(crate) fn run(place: &Place, command: &Bench, output: &Output) -> Result<(), Failure> {
    match command {
        Bench::Answers(command) => answers::run(place, command, output),
        Bench::Turns(suite) => ask(place, Figure::Turns, suite, output),
        Bench::Retrieval(suite) => ask(place, Figure::Retrieval, suite, output),
        Bench::Capacity(command) => capacity::run(place, command, output),
        Bench::Nodes(command) => capacity::nodes::run(place, command, output),
        Bench::Engine(command) => engine::run(place, command, output),
    }
}

fn ask(place: &Place, figure: Figure, command: &Suite, output: &Output) -> Result<(), Failure> {
    let cases = eval::read(&command.suite)?;
    let opened = Instant::now();
    let core = place.open_to_answer(output)?;
    core.settle();
    let ready_ms = milliseconds(opened);
    let session = place.session();
    let StaffReply::Settings(usual) = core.manage(&session, StaffCommand::Settings)? else {
        return Err(Failure::told(REQUEST));
    };
    let generation = if command.generate { Generation::Always } else { Generation::Never };
    let set = |generation| {
        let change = SettingsChange { generation: Some(generation), ..SettingsChange::default() };
        core.manage(&session, StaffCommand::ChangeSettings(change))
    };
    set(generation)?;
    let measured = measure(&core, &session, figure, command, &cases);
    // A desk that was measured goes on as before.
    set(usual.generation)?;
    let measured = measured?;
    let document = json!({
        "figure": match figure { Figure::Turns => "turns", Figure::Retrieval => "retrieval" },
        "version": env!("CARGO_PKG_VERSION"),
        "machine": machine(),
        "settings": { "generate": command.generate, "questions": measured.questions },
        "desk_ready_ms": ready_ms,
        "engine_ready_ms": measured.engine_ready_ms,
        "measured": measured.figures,
    });
    deliver(&document, command.out.as_deref(), output)
}

/// The computer, as every result names it.
fn machine() -> Value {
    let machine = hardware::detect();
    json!({ "processor": machine.processor, "physical_cores": machine.physical_cores,
            "memory_bytes": machine.memory_bytes })
}

/// Writes a result to its file, or to stdout.
fn deliver(document: &Value, out: Option<&Path>, output: &Output) -> Result<(), Failure> {
    match out {
        Some(path) => {
            let text = serde_json::to_string_pretty(document).unwrap_or_default();
            std::fs::write(path, text + "\n").map_err(|error| Failure::file(path, &error))?;
            output.warn(&format!("written to {}", path.display()));
        }
        None => output.document(document),
    }
    Ok(())
}

/// What was measured.
struct Measured {
    engine_ready_ms: Option<f64>,
    questions: usize,
    figures: Value,
}

fn measure(
    core: &Core,
    session: &Session,
    figure: Figure,
    command: &Suite,
    cases: &[Case],
) -> Result<Measured, Failure> {
    let engine_ready_ms = command.generate.then(|| {
        let started = Instant::now();
        while matches!(core.health().chat, Health::Warming | Health::Idle) {
            std::thread::sleep(std::time::Duration::from_millis(1));
        }
        milliseconds(started)
    });
    let questions: Vec<&str> = cases
        .iter()
        .filter(|case| case.kind == "answerable" || !command.generate)
        .map(|case| case.question.as_str())
        .take(command.questions)
        .collect();
    let figures = match figure {
        Figure::Turns => {
            let mut turns = Vec::new();
            for question in &questions {
                let ask = Ask { question: (*question).into(), ..Ask::default() };
                let mut turn: Option<Turn> = None;
                core.visit(session, VisitorCommand::Ask(ask), &mut |event| {
                    if let TurnEvent::Done { turn: done } = event {
                        turn = Some(*done);
                    }
                })?;
                turns.extend(turn);
            }
            times_of(&turns)
        }
        Figure::Retrieval => {
            let mut times = Vec::new();
            for question in &questions {
                let started = Instant::now();
                let search = StaffCommand::Search { question: (*question).into(), top: 10 };
                core.manage(session, search)?;
                times.push(milliseconds(started));
            }
            json!({ "retrieval": percentiles(times) })
        }
    };
    Ok(Measured { engine_ready_ms, questions: questions.len(), figures })
}

fn times_of(turns: &[Turn]) -> Value {
    let of = |wanted: &dyn Fn(&Turn) -> bool, time: &dyn Fn(&Turn) -> f64| {
        percentiles(turns.iter().filter(|turn| wanted(turn)).map(time).collect())
    };
    let generated = |turn: &Turn| turn.timing.first_token_ms > 0.0;
    json!({
        "whole_turn": of(&|_| true, &|turn| turn.timing.total_ms),
        "faq": of(&|turn| turn.route == Route::Faq, &|turn| turn.timing.total_ms),
        "quote": of(
            &|turn| turn.route == Route::Quote && !generated(turn),
            &|turn| turn.timing.total_ms,
        ),
        "first_token": of(&generated, &|turn| turn.timing.first_token_ms),
        "generated_turn": of(&generated, &|turn| turn.timing.total_ms),
        "retrieve": of(
            &|turn| turn.timing.retrieve_ms > 0.0,
            &|turn| turn.timing.retrieve_ms,
        ),
    })
}

fn percentiles(mut times: Vec<f64>) -> Option<Percentiles> {
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times[((times.len() - 1) as f64 * share).round() as usize];
    (!times.is_empty()).then(|| Percentiles {
        n: times.len(),
        p50_ms: at(0.50),
        p95_ms: at(0.95),
        max_ms: at(1.0),
    })
}

fn milliseconds(since: Instant) -> f64 {
    (since.elapsed().as_secs_f64() * 10_000.0).round() / 10.0
}
