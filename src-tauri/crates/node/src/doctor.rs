//! `doctor`: what is here, what is wrong, and what to do.

use commands::wire::{
    Doctor, FindingView, LearningCommand, LearningReply, StaffCommand, StaffReply,
};
use serde::Serialize;

use crate::exit::{Failure, REQUEST, status};
use crate::gaps::learn;
use crate::open::{Empty, Place};
use crate::output::{Output, sentence};

/// The doctor of the desk and the doctor of its knowledge, in one document.
#[derive(Serialize)]
struct WithKnowledge<'a> {
    #[serde(flatten)]
    doctor: &'a Doctor,
    knowledge: &'a [FindingView],
}

pub(crate) fn run(place: &Place, output: &Output) -> Result<(), Failure> {
    let core = place.open(Empty::StaysEmpty)?;
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
        output.line(&words(&doctor));
        for finding in &findings {
            output.line(&format!("Knowledge  {}\n  {}", finding.message, finding.hint));
        }
    }
    match doctor.problems.first() {
        None => Ok(()),
        Some(problem) => Err(Failure::told(status(problem.code))),
    }
}

fn words(doctor: &Doctor) -> String {
    let machine = &doctor.machine;
    let data = &doctor.data;
    let mut lines = vec![
        format!(
            "Computer   {}, {}, {} cores, {} GiB of memory ({} GiB free)",
            machine.system,
            machine.processor,
            machine.physical_cores,
            machine.memory_bytes >> 30,
            machine.memory_free_bytes >> 30
        ),
        format!(
            "Data       {}: {} documents, {} passages ({} by meaning), {} approved answers",
            data.folder, data.sources, data.passages, data.embedded, data.faqs
        ),
    ];
    for model in &doctor.models {
        lines.push(format!(
            "Model      {} ({}, {} MB, {}): {}",
            model.id,
            model.purpose,
            model.size_bytes / 1_000_000,
            model.licence,
            model.state
        ));
    }
    lines.extend(doctor.tier.why.iter().map(|why| format!("Why        {why}")));
    if doctor.problems.is_empty() {
        lines.push("Everything works.".into());
    }
    lines.extend(doctor.problems.iter().map(|problem| format!("Problem    {}", sentence(problem))));
    lines.join("\n")
}
