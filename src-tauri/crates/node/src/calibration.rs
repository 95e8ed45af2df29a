//! `calibration`: from where on this desk answers, and how that was measured.

use commands::wire::{StaffCommand, StaffReply};

use crate::exit::{Failure, REQUEST};
use crate::open::Place;
use crate::output::Output;

pub(crate) fn run(place: &Place, output: &Output) -> Result<(), Failure> {
    let core = place.open_to_answer(output)?;
    core.settle();
    let reply = core.manage(&place.session(), StaffCommand::Calibration)?;
    let StaffReply::Calibration(view) = reply else { return Err(Failure::told(REQUEST)) };
    if output.json {
        output.document(&view);
        return Ok(());
    }
    let how = if view.measured { "measured on this desk" } else { "usual for its model" };
    output.line(&format!(
        "Answers from {:.2}, refuses below {:.2} ({how}).",
        view.answer_from, view.refuse_below
    ));
    if view.measured {
        output.line(&format!(
            "Of {} utterances about anything else {} would be answered; of {} own questions {}.",
            view.off_topic, view.let_through, view.own_questions, view.kept
        ));
    }
    for faq in &view.needs_wordings {
        output.line(&format!("{:>4}  needs other wordings: {}", faq.id, faq.question));
    }
    Ok(())
}
