//! `search`: evidence with its scores, without an answer.

use commands::Core;
use commands::wire::{ApiError, SearchHit, StaffCommand, StaffReply};
use serde::Serialize;
use serde_json::Value;

use crate::arguments::Search;
use crate::batch;
use crate::exit::Failure;
use crate::open::Place;
use crate::output::Output;

pub(crate) fn run(place: &Place, command: &Search, output: &Output) -> Result<(), Failure> {
    let core = place.open_to_answer(output)?;
    core.settle();
    let find = |question: String| find(&core, place, question, command.top);
    let Some(file) = &command.batch else {
        let hits = find(command.text.clone().unwrap_or_default())?;
        if output.json {
            output.document(&Found { id: "q1".into(), hits });
        } else {
            hits.iter().for_each(|hit| output.line(&words(hit)));
        }
        return Ok(());
    };
    batch::run(file, output, |item| {
        let hits = find(item.question.clone())?;
        Ok(Found { id: item.id.clone(), hits })
    })
}

/// What is printed for one question.
#[derive(Serialize)]
struct Found {
    id: Value,
    hits: Vec<SearchHit>,
}

fn find(
    core: &Core,
    place: &Place,
    question: String,
    top: u32,
) -> Result<Vec<SearchHit>, ApiError> {
    match core.manage(&place.session(), StaffCommand::Search { question, top })? {
        StaffReply::Hits { hits } => Ok(hits),
        _ => Ok(Vec::new()),
    }
}

fn words(hit: &SearchHit) -> String {
    let place = if hit.locator.is_empty() { &hit.title } else { &hit.locator };
    format!(
        "{:.2}  {place} ({})  meaning {:.2}, words {:.2}\n      {}",
        hit.score,
        hit.source,
        hit.cosine,
        hit.bm25,
        hit.text.replace('\n', "\n      ")
    )
}
