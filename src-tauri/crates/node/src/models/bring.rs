//! `models import`, `find`, `use`, `rollback` and `delete`: which models are here, and which one
//! phrases answers.

use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use commands::wire::{
    ApiError, Code, ComputerCommand, ComputerReply, ComputerView, FoundModelView,
    ImportedModelView, StaffCommand, StaffReply,
};
use commands::{BringProgress, Core};
use serde::Serialize;

use crate::arguments::ImportModels;
use crate::exit::{Failure, REQUEST, status};
use crate::open::{Empty, Place};
use crate::output::{Output, sentence};

/// Between two lines of progress.
const TELL: Duration = Duration::from_millis(900);

/// What is printed about files.
#[derive(Serialize)]
struct Imported {
    models: Vec<ImportedModelView>,
}

/// What is printed about the models of other programs.
#[derive(Serialize)]
struct Found {
    models: Vec<FoundModelView>,
}

pub(super) fn import(
    place: &Place,
    command: &ImportModels,
    output: &Output,
) -> Result<(), Failure> {
    let core = place.open(Empty::StaysEmpty)?;
    let models = bring(&core, place, &command.paths, command.in_place, output)?;
    let refused = models.iter().filter_map(|model| model.error.as_ref());
    let worst = refused.map(|error| status(error.code)).max();
    if output.json {
        output.document(&Imported { models });
    } else {
        models.iter().for_each(|model| output.line(&imported_words(model)));
    }
    worst.map_or(Ok(()), |status| Err(Failure::told(status)))
}

pub(super) fn find(place: &Place, output: &Output) -> Result<(), Failure> {
    let core = place.open(Empty::StaysEmpty)?;
    let ComputerReply::Found { models } = ask(&core, place, ComputerCommand::FindModels)? else {
        return Err(Failure::told(REQUEST));
    };
    if output.json {
        output.document(&Found { models });
        return Ok(());
    }
    if models.is_empty() {
        output.line("No other program keeps models where they are looked for.");
    }
    for model in &models {
        let known = model.id.as_deref().unwrap_or("not in the catalogue");
        output.line(&format!(
            "{:<13} {:<40} {:>6} MB  {known}\n  {}",
            model.program,
            model.name,
            model.size_bytes / 1_000_000,
            model.path
        ));
    }
    Ok(())
}

/// Uses a model by its id, or a file, which is then used where it lies.
pub(super) fn use_model(place: &Place, model: &str, output: &Output) -> Result<(), Failure> {
    let core = place.open(Empty::StaysEmpty)?;
    let path = PathBuf::from(model);
    let id = if path.is_file() {
        let mut models = bring(&core, place, &[path], true, output)?;
        match models.pop() {
            Some(ImportedModelView { error: Some(error), .. }) => return Err(error.into()),
            Some(imported) => {
                imported.warnings.iter().for_each(|warning| output.warn(warning));
                imported.id
            }
            None => return Err(Failure::told(REQUEST)),
        }
    } else if looks_like_a_file(&path) {
        let error = ApiError {
            code: Code::BadFile,
            message: format!("there is no file {}", path.display()),
            hint: Some("Check the name, or give the id of a model that is here.".into()),
        };
        return Err(error.into());
    } else {
        model.to_owned()
    };
    if let Some(note) = core.note_on_change(&id) {
        output.warn(&note);
    }
    tell_change(&core, place, ComputerCommand::UseModel { id }, output)
}

pub(super) fn roll_back(place: &Place, output: &Output) -> Result<(), Failure> {
    let core = place.open(Empty::StaysEmpty)?;
    tell_change(&core, place, ComputerCommand::RollBackModel, output)
}

pub(super) fn delete(place: &Place, id: &str, output: &Output) -> Result<(), Failure> {
    let core = place.open(Empty::StaysEmpty)?;
    let view = overview(&core, place, ComputerCommand::DeleteModel { id: id.into() })?;
    if output.json {
        output.document(&view);
    } else {
        output.line(&format!("{id} is deleted."));
    }
    Ok(())
}

fn bring(
    core: &Core,
    place: &Place,
    paths: &[PathBuf],
    in_place: bool,
    output: &Output,
) -> Result<Vec<ImportedModelView>, Failure> {
    let told = Cell::new(Instant::now());
    let tell = |path: &Path, done_bytes: u64, all_bytes: u64| {
        if told.get().elapsed() >= TELL {
            told.set(Instant::now());
            let percent = done_bytes * 100 / all_bytes.max(1);
            output.progress(&format!("{}: {percent} %", path.display()));
        }
    };
    let progress = BringProgress { tell: &tell, stop: &|| false };
    Ok(core.import_models(&place.session(), paths, in_place, &progress)?)
}

fn tell_change(
    core: &Core,
    place: &Place,
    command: ComputerCommand,
    output: &Output,
) -> Result<(), Failure> {
    let view = overview(core, place, command)?;
    if output.json {
        output.document(&view);
    } else {
        let now = view.in_use.as_deref().unwrap_or("none");
        let before = view.previous.as_deref().map(|id| format!(" Before: {id}."));
        output.line(&format!("The chat model is {now}.{}", before.unwrap_or_default()));
    }
    Ok(())
}

fn overview(
    core: &Core,
    place: &Place,
    command: ComputerCommand,
) -> Result<Box<ComputerView>, Failure> {
    match ask(core, place, command)? {
        ComputerReply::Overview(view) => Ok(view),
        _ => Err(Failure::told(REQUEST)),
    }
}

fn ask(core: &Core, place: &Place, command: ComputerCommand) -> Result<ComputerReply, Failure> {
    match core.manage(&place.session(), StaffCommand::Computer(command))? {
        StaffReply::Computer(reply) => Ok(*reply),
        _ => Err(Failure::told(REQUEST)),
    }
}

/// No id has these.
fn looks_like_a_file(path: &Path) -> bool {
    path.components().count() > 1
        || path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("gguf"))
}

fn imported_words(model: &ImportedModelView) -> String {
    if let Some(error) = &model.error {
        return format!("{}: refused: {}", model.path, sentence(error));
    }
    let known = if model.known { "" } else { " (not in the catalogue)" };
    let mut words = format!("{}: {}{known}", model.path, model.id);
    for warning in &model.warnings {
        words.push_str(&format!("\n  {warning}"));
    }
    words
}
