//! `ask`: one question, or one a line of a file.

use std::path::Path;

use commands::wire::{ApiError, Ask as Question, Code, Route, Turn, VisitorCommand, VisitorReply};
use commands::{Core, Session};
use serde::Deserialize;
use serde_json::json;

use crate::arguments::Ask;
use crate::exit::{Failure, REQUEST};
use crate::open::{Empty, Place};
use crate::output::{Output, sentence};

pub(crate) fn run(place: &Place, command: &Ask, output: &Output) -> Result<(), Failure> {
    let core = place.open(Empty::GetsTheSample)?;
    core.settle();
    let session = place.session();
    if let Some(file) = &command.batch {
        return batch(&core, &session, file, command, output);
    }
    let question = Question {
        ask_id: "q1".into(),
        question: command.text.clone().unwrap_or_default(),
        conversation: command.conversation.clone(),
        language: command.lang.clone(),
    };
    let turn = answer(&core, &session, question)?;
    if output.json {
        output.document(&turn);
    } else {
        output.line(&words(&turn));
    }
    Ok(())
}

/// One line of a batch.
#[derive(Deserialize)]
pub(crate) struct Item {
    /// Echoed.
    pub(crate) id: serde_json::Value,
    /// The question.
    pub(crate) question: String,
    /// Questions with the same id may refer to each other.
    pub(crate) conversation: Option<String>,
}

/// Reads one line of a batch; a bad one says where.
pub(crate) fn item(line: &str, number: usize) -> Result<Item, ApiError> {
    serde_json::from_str(line).map_err(|error| ApiError {
        code: Code::Invalid,
        message: format!("line {number} is not a question: {error}"),
        hint: Some(r#"Write one object a line: {"id":"q1","question":"..."}"#.into()),
    })
}

fn batch(
    core: &Core,
    session: &Session,
    file: &Path,
    command: &Ask,
    output: &Output,
) -> Result<(), Failure> {
    let text = std::fs::read_to_string(file).map_err(|error| Failure::file(file, &error))?;
    let mut failed = false;
    for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let reply = item(line, index + 1).map_err(|error| (serde_json::Value::Null, error));
        let reply = reply.and_then(|item| {
            let question = Question {
                ask_id: plain(&item.id),
                question: item.question,
                conversation: item.conversation.or_else(|| command.conversation.clone()),
                language: command.lang.clone(),
            };
            answer(core, session, question).map_err(|error| (item.id, error))
        });
        match reply {
            Ok(turn) => output.document(&turn),
            Err((id, error)) => {
                failed = true;
                output.document(&json!({ "id": id, "error": error }));
            }
        }
    }
    if failed { Err(Failure::told(REQUEST)) } else { Ok(()) }
}

fn plain(id: &serde_json::Value) -> String {
    id.as_str().map_or_else(|| id.to_string(), String::from)
}

/// Asks one question.
pub(crate) fn answer(core: &Core, session: &Session, ask: Question) -> Result<Turn, ApiError> {
    match core.visit(session, VisitorCommand::Ask(ask), &mut |_| {})? {
        VisitorReply::Turn(turn) => Ok(*turn),
        _ => Err(ApiError {
            code: Code::Internal,
            message: "a question was not answered by a turn".into(),
            hint: None,
        }),
    }
}

fn words(turn: &Turn) -> String {
    let mut text = turn.answer.clone();
    let label = match turn.route {
        Route::Faq => "Approved answer",
        Route::Quote => "In the desk's own words",
        Route::Documents => "Phrased from the documents",
        _ => "",
    };
    if !label.is_empty() {
        text.push_str(&format!("\n\n{label}:"));
    }
    for citation in &turn.citations {
        let place = if citation.locator.is_empty() { &citation.title } else { &citation.locator };
        text.push_str(&format!("\n  [{}] {place} ({})", citation.n, citation.source));
    }
    for suggestion in &turn.suggestions {
        text.push_str(&format!("\n  - {suggestion}"));
    }
    if let Some(hand_over) = &turn.hand_over {
        text.push_str(&format!("\n{hand_over}"));
    }
    if let Some(error) = &turn.error {
        text.push_str(&format!("\n({})", sentence(error)));
    }
    text
}
