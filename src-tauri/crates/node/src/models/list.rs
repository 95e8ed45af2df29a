//! `models list`: every model, what the desk thinks of it on this computer, and why.

use std::collections::HashMap;

use commands::wire::{
    ApiError, ComputerCommand, ComputerReply, ComputerView, ModelChoiceView, ModelVerdict,
    StaffCommand, StaffReply,
};
use serde::Serialize;

use crate::exit::{Failure, REQUEST};
use crate::open::{Empty, Place};
use crate::output::{Output, sentence};

/// What is printed about all models.
#[derive(Serialize)]
struct Listed {
    models: Vec<Line>,
    problems: Vec<ApiError>,
}

/// One model.
#[derive(Serialize)]
struct Line {
    #[serde(flatten)]
    choice: ModelChoiceView,
    /// The file's hash.
    sha256: String,
}

pub(super) fn run(place: &Place, output: &Output) -> Result<(), Failure> {
    let core = place.open(Empty::StaysEmpty)?;
    let session = place.session();
    let command = StaffCommand::Computer(ComputerCommand::Overview);
    let view = match core.manage(&session, command)? {
        StaffReply::Computer(reply) => match *reply {
            ComputerReply::Overview(view) => *view,
            _ => return Err(Failure::told(REQUEST)),
        },
        _ => return Err(Failure::told(REQUEST)),
    };
    let mut hashes: HashMap<String, String> = match core.manage(&session, StaffCommand::Doctor)? {
        StaffReply::Doctor(doctor) => {
            doctor.models.into_iter().map(|model| (model.id, model.sha256)).collect()
        }
        _ => return Err(Failure::told(REQUEST)),
    };
    if output.json {
        let line = |choice: ModelChoiceView| {
            let sha256 = hashes.remove(&choice.id).unwrap_or_default();
            Line { choice, sha256 }
        };
        let models = view.models.into_iter().map(line).collect();
        output.document(&Listed { models, problems: view.problems });
    } else {
        print(&view, output);
    }
    Ok(())
}

fn print(view: &ComputerView, output: &Output) {
    output.line(&format!("{} ({})", view.tier.name, view.tier.id));
    for model in &view.models {
        let at_work = if model.in_use { ", in use" } else { "" };
        output.line(&format!(
            "{:<28} {:<10} {:>6} MB  {:<12} {:<8} {}{at_work}",
            model.id,
            model.purpose,
            model.size_bytes / 1_000_000,
            model.licence,
            model.state,
            verdict(model.verdict)
        ));
        output.line(&format!("    {}", model.reason));
        model.warnings.iter().for_each(|warning| output.line(&format!("    {warning}")));
    }
    view.problems.iter().for_each(|problem| output.line(&sentence(problem)));
}

fn verdict(verdict: ModelVerdict) -> &'static str {
    match verdict {
        ModelVerdict::Recommended => "recommended",
        ModelVerdict::Fits => "fits",
        ModelVerdict::TooSlow => "too slow",
        ModelVerdict::TooLarge => "too large",
        ModelVerdict::FailedExam => "failed its exam",
    }
}
