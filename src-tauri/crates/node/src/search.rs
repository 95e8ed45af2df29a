//! `search`: evidence with its scores, without an answer.

use commands::Core;
use commands::wire::{ApiError, SearchHit, StaffCommand, StaffReply};
use serde_json::json;

use crate::arguments::Search;
use crate::ask::item;
use crate::exit::{Failure, REQUEST};
use crate::open::{Empty, Place};
use crate::output::Output;

pub(crate) fn run(place: &Place, command: &Search, output: &Output) -> Result<(), Failure> {
    let core = place.open(Empty::GetsTheSample)?;
    core.settle();
    let find = |question: String| find(&core, place, question, command.top);
    let Some(file) = &command.batch else {
        let hits = find(command.text.clone().unwrap_or_default())?;
        if output.json {
            output.document(&json!({ "id": "q1", "hits": hits }));
        } else {
            hits.iter().for_each(|hit| output.line(&words(hit)));
        }
        return Ok(());
    };
    let text = std::fs::read_to_string(file).map_err(|error| Failure::file(file, &error))?;
    let mut failed = false;
    for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let reply = item(line, index + 1).map_err(|error| (serde_json::Value::Null, error));
        match reply.and_then(|item| match find(item.question) {
            Ok(hits) => Ok((item.id, hits)),
            Err(error) => Err((item.id, error)),
        }) {
            Ok((id, hits)) => output.document(&json!({ "id": id, "hits": hits })),
            Err((id, error)) => {
                failed = true;
                output.document(&json!({ "id": id, "error": error }));
            }
        }
    }
    if failed { Err(Failure::told(REQUEST)) } else { Ok(()) }
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
