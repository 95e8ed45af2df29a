//! `ask`: one question, or one a line of a file.

use commands::wire::{
    ApiError, Ask as Question, Code, Route, StaffCommand, StaffReply, Turn, VisitorCommand,
    VisitorReply,
};
use commands::{Core, Session};

use crate::arguments::Ask;
use crate::batch;
use crate::exit::Failure;
use crate::open::Place;
use crate::output::{Output, sentence};

pub(crate) fn run(place: &Place, command: &Ask, output: &Output) -> Result<(), Failure> {
    let core = place.open_to_answer(output)?;
    core.settle();
    let session = place.session();
    if let Some(file) = &command.batch {
        return batch::run(file, output, |item| {
            let question = Question {
                ask_id: plain(&item.id),
                question: item.question.clone(),
                conversation: item.conversation.clone().or_else(|| command.conversation.clone()),
                language: command.lang.clone(),
            };
            let turn = answer(&core, &session, question)?;
            with_why(&core, &session, &turn, command.why)
        });
    }
    let question = Question {
        ask_id: "q1".into(),
        question: command.text.clone().unwrap_or_default(),
        conversation: command.conversation.clone(),
        language: command.lang.clone(),
    };
    let turn = answer(&core, &session, question)?;
    if output.json {
        output.document(&with_why(&core, &session, &turn, command.why)?);
    } else {
        output.line(&words(&turn));
        if command.why {
            let whole = with_why(&core, &session, &turn, true)?;
            output.line(&format!("{:#}", whole["why"]));
        }
    }
    Ok(())
}

/// The turn as JSON; with the reasons that only staff may see, where they are wanted.
fn with_why(
    core: &Core,
    session: &Session,
    turn: &Turn,
    wanted: bool,
) -> Result<serde_json::Value, ApiError> {
    let mut whole = serde_json::json!(turn);
    if wanted
        && let StaffReply::Why { why } =
            core.manage(session, StaffCommand::WhyTurn { turn_id: turn.turn_id })?
    {
        whole["why"] = why;
    }
    Ok(whole)
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
        Route::Cache => "As answered before",
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
