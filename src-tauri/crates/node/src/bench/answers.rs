//! `bench answers`: how good answers are, figure by figure, each with an interval and a target.
//!
//! Every figure opens desks of its own below the data folder, with the models of this computer.
//! A figure whose question set is not here is skipped and says so.

mod articles;
mod cache;
mod conversations;
mod exam;
mod faq_lane;
mod injection;
mod kit;
mod off_topic;
mod paraphrases;
mod passages;
mod quotes;
mod refusal;
mod row;
mod speed;
mod support;
mod verbatim;

use serde_json::json;

use super::{deliver, machine};
use crate::arguments::AnswersBench;
use crate::exit::Failure;
use crate::open::Place;
use crate::output::Output;
use kit::Kit;
use row::Row;

/// A figure's name and what measures it; one measurement may fill several rows.
type Figure = (&'static str, fn(&Kit) -> Result<Vec<Row>, Failure>);

/// Every figure, in the order of the table in `docs/quality.md`.
const FIGURES: &[Figure] = &[
    ("passages", passages::measure),
    ("refusal", refusal::measure),
    ("off_topic", off_topic::measure),
    ("quotes", quotes::measure),
    ("exam", exam::measure),
    ("verbatim", verbatim::measure),
    ("cache", cache::measure),
    ("support", support::measure),
    ("injection", injection::measure),
    ("speed", speed::measure),
    ("faq_lane", faq_lane::measure),
    ("conversations", conversations::measure),
];

pub(crate) fn run(place: &Place, command: &AnswersBench, output: &Output) -> Result<(), Failure> {
    if let Some(unknown) =
        command.rows.iter().find(|row| !FIGURES.iter().any(|(name, _)| name == row))
    {
        let known: Vec<&str> = FIGURES.iter().map(|(name, _)| *name).collect();
        return Err(Failure::usage(
            format!("there is no figure {unknown:?}"),
            &format!("Known are {}.", known.join(", ")),
        ));
    }
    let kit = Kit { place, command, output };
    let wanted =
        |name: &&str| command.rows.is_empty() || command.rows.iter().any(|row| row == name);
    let mut rows = Vec::new();
    for (name, measure) in FIGURES.iter().filter(|(name, _)| wanted(name)) {
        output.progress(&format!("measuring {name}"));
        let measured = measure(&kit).unwrap_or_else(|failure| vec![Row::failed(name, &failure)]);
        output.progress_done();
        measured.iter().for_each(|row| output.warn(&row.line()));
        rows.extend(measured);
    }
    let document = json!({
        "figure": "answers",
        "version": env!("CARGO_PKG_VERSION"),
        "commit": command.commit,
        "machine": machine(),
        "settings": { "seed": command.seed },
        "rows": rows,
    });
    deliver(&document, command.out.as_deref(), output)
}
