//! `models`: what is on this computer, whether it is right, and how good it is here.

use commands::wire::{ExamView, ModelView, StaffCommand, StaffReply};
use serde_json::json;

use crate::arguments::Models;
use crate::exit::{Failure, MODEL, REQUEST};
use crate::open::{Empty, Place};
use crate::output::Output;

pub(crate) fn run(place: &Place, command: &Models, output: &Output) -> Result<(), Failure> {
    match command {
        Models::List => {
            let models = models(place)?;
            print(&models, output);
            Ok(())
        }
        Models::Verify => {
            let models = models(place)?;
            print(&models, output);
            let damaged = models.iter().any(|model| model.state == "damaged");
            if damaged { Err(Failure::told(MODEL)) } else { Ok(()) }
        }
        Models::Exam => {
            let core = place.open(Empty::GetsTheSample)?;
            core.settle();
            let view = core.sit_exam(&mut |done, total| {
                output.progress(&format!("question {done} of {total}"));
            })?;
            output.progress_done();
            if output.json {
                output.document(&view);
            } else {
                output.line(&words(&view));
            }
            Ok(())
        }
    }
}

fn models(place: &Place) -> Result<Vec<ModelView>, Failure> {
    let core = place.open(Empty::StaysEmpty)?;
    match core.manage(&place.session(), StaffCommand::Doctor)? {
        StaffReply::Doctor(doctor) => Ok(doctor.models),
        _ => Err(Failure::told(REQUEST)),
    }
}

fn print(models: &[ModelView], output: &Output) {
    if output.json {
        output.document(&json!({ "models": models }));
        return;
    }
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

fn words(view: &ExamView) -> String {
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
