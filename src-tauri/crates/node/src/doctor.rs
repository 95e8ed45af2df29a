//! `doctor`: what is here, what is wrong, and what to do.

use std::path::Path;

use commands::Core;
use commands::wire::{
    ComputerCommand, ComputerReply, Doctor, FindingView, LearningCommand, LearningReply,
    StaffCommand, StaffReply,
};
use serde::Serialize;
use serde_json::json;

use crate::arguments;
use crate::exit::{Failure, REQUEST, status};
use crate::gaps::learn;
use crate::open::{Empty, Place};
use crate::output::Output;

/// The doctor of the desk and the doctor of its knowledge, in one document.
#[derive(Serialize)]
struct WithKnowledge<'a> {
    #[serde(flatten)]
    doctor: &'a Doctor,
    knowledge: &'a [FindingView],
}

pub(crate) fn run(
    place: &Place,
    command: &arguments::Doctor,
    output: &Output,
) -> Result<(), Failure> {
    let core = place.open(Empty::StaysEmpty)?;
    core.settle_graphics();
    if let Some(file) = &command.report {
        return report(&core, place, file.as_deref(), output);
    }
    let StaffReply::Doctor(doctor) = core.manage(&place.session(), StaffCommand::Doctor)? else {
        return Err(Failure::told(REQUEST));
    };
    let findings = match learn(&core, place, LearningCommand::KnowledgeDoctor)? {
        LearningReply::Findings { findings } => findings,
        _ => Vec::new(),
    };
    if output.json {
        output.document(&WithKnowledge { doctor: &doctor, knowledge: &findings });
    } else {
        doctor.in_words().iter().for_each(|line| output.line(line));
        for finding in &findings {
            output.line(&format!("Knowledge  {}\n  {}", finding.message, finding.hint));
        }
        if doctor.problems.is_empty() {
            output.line("Everything works.");
        }
    }
    match doctor.problems.first() {
        None => Ok(()),
        Some(problem) => Err(Failure::told(status(problem.code))),
    }
}

/// Prints the report, or writes it to a file.
fn report(core: &Core, place: &Place, file: Option<&Path>, output: &Output) -> Result<(), Failure> {
    let asked = StaffCommand::Computer(ComputerCommand::Report);
    let StaffReply::Computer(reply) = core.manage(&place.session(), asked)? else {
        return Err(Failure::told(REQUEST));
    };
    let ComputerReply::Text { text } = *reply else { return Err(Failure::told(REQUEST)) };
    match file {
        Some(path) => {
            std::fs::write(path, &text).map_err(|error| Failure::file(path, &error))?;
            output.warn(&format!("written to {}", path.display()));
        }
        None if output.json => output.document(&json!({ "report": text })),
        None => output.line(text.trim_end()),
    }
    Ok(())
}
