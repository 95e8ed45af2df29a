//! `bench engine`: our engine beside llama-servers that somebody started, figure by figure.
//!
//! Both sides get the same words in the same order; within a round one is idle while the other is
//! measured, and who begins changes with every round. Values are medians over the rounds, and a
//! first round that nobody counts warms both sides up. A figure whose reference was not named is
//! measured for ours alone.

mod figures;
mod grounded;
mod kit;
mod llama_bench;
mod ours;
pub(super) mod process;
mod prompt;
mod reference;
mod rounds;
mod row;
mod speaker;
mod texts;

use std::time::{SystemTime, UNIX_EPOCH};

use commands::wire::{ApiError, Code};
use serde_json::{Value, json};

use crate::arguments::EngineBench;
use crate::exit::Failure;
use crate::open::Place;
use crate::output::Output;
use figures::{FIGURES, Figure};
use kit::Kit;
use ours::{Drafts, Ours};
use reference::Server;
use row::Row;
use speaker::Speaker;
use texts::{Costs, Texts};

/// Everything a figure measures with.
struct Bench<'a> {
    /// Makes our engines.
    kit: Kit,
    /// A llama-server with the same file as ours.
    reference: Option<Server>,
    /// A llama-server with the file as its package brings it.
    original: Option<Server>,
    /// A llama-server with the embedding model.
    embedding: Option<Server>,
    command: &'a EngineBench,
    /// Where the texts begin.
    seed: u64,
    place: &'a Place,
    output: &'a Output,
}

impl Bench<'_> {
    /// The llama-server with our file, if one was named.
    fn reference(&self) -> Option<&dyn Speaker> {
        self.reference.as_ref().map(|server| server as &dyn Speaker)
    }

    /// The texts of one figure, in the words of this engine's model.
    fn texts(&self, ours: &Ours, figure: &str) -> Result<Texts, Failure> {
        Ok(Texts::new(Costs::of(ours.embedder())?, self.seed, figure))
    }
}

/// Measures the wanted figures and writes them down.
///
/// Fails when nothing can be measured at all; a figure that fails says so in its own row.
pub(super) fn run(place: &Place, command: &EngineBench, output: &Output) -> Result<(), Failure> {
    let figures = wanted(&command.rows)?;
    let connect = |url: &Option<String>| url.as_deref().map(Server::connect).transpose();
    let bench = Bench {
        kit: Kit::find(place, command)?,
        reference: connect(&command.against)?,
        original: connect(&command.against_original)?,
        embedding: connect(&command.against_embedding)?,
        command,
        seed: command.seed.unwrap_or_else(clock_seed),
        place,
        output,
    };
    let settings = settings(&bench)?;
    let mut rows: Vec<Row> = Vec::new();
    for figure in figures {
        let measured = (figure.measure)(&bench).unwrap_or_else(|failure| {
            let error = failure.error.map_or_else(String::new, |error| error.message);
            vec![Row::failed(&figure.rows.join(","), error)]
        });
        for row in measured {
            output.warn(&row.line());
            rows.push(row);
        }
    }
    let document = json!({
        "figure": "engine",
        "version": env!("CARGO_PKG_VERSION"),
        "commit": command.commit,
        "machine": super::machine(),
        "settings": settings,
        "rows": rows,
    });
    super::deliver(&document, command.out.as_deref(), output)
}

fn wanted(names: &[String]) -> Result<Vec<&'static Figure>, Failure> {
    if let Some(unknown) =
        names.iter().find(|name| FIGURES.iter().all(|figure| !figure.is_called(name)))
    {
        let known: Vec<String> = FIGURES
            .iter()
            .map(|figure| format!("{}: {}", figure.rows.join(", "), figure.about))
            .collect();
        return Err(Failure::usage(format!("there is no figure {unknown:?}"), &known.join("\n  ")));
    }
    let is_wanted =
        |figure: &&Figure| names.is_empty() || names.iter().any(|name| figure.is_called(name));
    Ok(FIGURES.iter().filter(is_wanted).collect())
}

/// What was measured with which settings; starts our engine once, so that one which cannot start
/// ends the run at its beginning.
fn settings(bench: &Bench) -> Result<Value, Failure> {
    let hello = bench.kit.chat(Drafts::Never, None)?.hello();
    Ok(json!({
        "rounds": bench.command.rounds,
        "seed": bench.seed,
        "model": bench.kit.chat_name(),
        "embedding_model": bench.kit.embedding_name(),
        "ours": {
            "computes_on": hello.computes_on,
            "slots": hello.slots,
            "context_tokens": hello.context_tokens,
            "threads": bench.command.threads,
            "gpu_layers": bench.command.gpu_layers,
        },
        "reference": bench.reference.as_ref().map(Server::facts),
        "original": bench.original.as_ref().map(Server::facts),
        "embedding": bench.embedding.as_ref().map(Server::facts),
    }))
}

/// A number that no earlier run had, so that no server remembers this run's texts.
fn clock_seed() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(1, |since| since.as_secs())
}

/// A measurement that could not be taken.
fn broken(message: impl Into<String>) -> Failure {
    Failure::from(ApiError { code: Code::Internal, message: message.into(), hint: None })
}

impl From<engine::EngineError> for Failure {
    fn from(error: engine::EngineError) -> Self {
        Failure::from(ApiError {
            code: Code::EngineDown,
            message: error.to_string(),
            hint: Some("Build it with `cargo xtask setup`.".into()),
        })
    }
}
