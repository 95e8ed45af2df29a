//! `models`: what is on this computer, whether it is right, and how good it is here.

mod bring;
mod get;
mod list;
mod measure;

use catalog::{Catalog, Located, Purpose};
use commands::wire::{ApiError, Code, ExamView, ModelView};
use serde::Serialize;

use crate::arguments::Models;
use crate::exit::{Failure, MODEL};
use crate::open::Place;
use crate::output::{Output, sentence};

pub(crate) fn run(place: &Place, command: &Models, output: &Output) -> Result<(), Failure> {
    match command {
        Models::List => list::run(place, output),
        Models::Verify => verify(place, output),
        Models::Get(command) => get::run(place, command, output),
        Models::Import(command) => bring::import(place, command, output),
        Models::Find => bring::find(place, output),
        Models::Use { model } => bring::use_model(place, model, output),
        Models::Rollback => bring::roll_back(place, output),
        Models::Delete { id } => bring::delete(place, id, output),
        Models::Measure { id } => measure::run(place, id.as_deref(), output),
        Models::Exam => {
            let core = place.open_to_answer(output)?;
            core.settle();
            let view = core.sit_exam(&mut |done, total| {
                output.progress(&format!("question {done} of {total}"));
            })?;
            output.progress_done();
            if output.json {
                output.document(&view);
            } else {
                output.line(&exam_in_words(&view));
            }
            Ok(())
        }
    }
}

/// What is printed about models.
#[derive(Serialize)]
struct Listed {
    models: Vec<ModelView>,
    problems: Vec<ApiError>,
}

/// Reads every byte again, whatever was remembered; needs no desk and disturbs none.
fn verify(place: &Place, output: &Output) -> Result<(), Failure> {
    let folders = catalog::model_folders(&place.data, None);
    let mut models = Vec::new();
    let mut problems = Vec::new();
    for entry in Catalog::bundled().models {
        let state = match catalog::locate(&entry, &folders, None) {
            Located::Ready { .. } => "ready",
            Located::Missing => "missing",
            Located::Damaged { reason } => {
                problems.push(ApiError {
                    code: Code::ModelRefused,
                    message: format!("the model {} is refused: {reason}", entry.id),
                    hint: Some(format!("Delete the file and copy {} again.", entry.file)),
                });
                "damaged"
            }
        };
        models.push(ModelView {
            purpose: match entry.purpose {
                Purpose::Chat => "chat".into(),
                Purpose::Embedding => "embedding".into(),
            },
            id: entry.id,
            size_bytes: entry.size_bytes,
            sha256: entry.sha256,
            licence: entry.licence,
            state: state.into(),
            exam: None,
        });
    }
    let listed = Listed { models, problems };
    if output.json {
        output.document(&listed);
    } else {
        lines(&listed.models, output);
        listed.problems.iter().for_each(|problem| output.line(&sentence(problem)));
    }
    if listed.problems.is_empty() { Ok(()) } else { Err(Failure::told(MODEL)) }
}

fn lines(models: &[ModelView], output: &Output) {
    for model in models {
        output.line(&format!(
            "{:<24} {:<10} {:>5} MB  {:<12} {}",
            model.id,
            model.purpose,
            model.size_bytes / 1_000_000,
            model.licence,
            model.state
        ));
    }
}

/// An exam as people read it.
pub(crate) fn exam_in_words(view: &ExamView) -> String {
    let verdict = if view.passed {
        "It may phrase answers."
    } else {
        "This model is quick but not reliable: the desk quotes its documents instead."
    };
    format!(
        "{}: {:.0} % right ({} of {} answerable, {} of {} it should refuse, {} of {} traps, \
         {} of {} of the shop's own), {} invented facts, {:.0} s.\n{verdict}",
        view.model,
        view.mark * 100.0,
        view.answerable[0],
        view.answerable[1],
        view.unanswerable[0],
        view.unanswerable[1],
        view.traps[0],
        view.traps[1],
        view.own[0],
        view.own[1],
        view.invented,
        view.seconds
    )
}
