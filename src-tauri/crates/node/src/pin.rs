//! `pin`: whether the visitors' screen has a staff PIN, and how a forgotten one goes. Who can run
//! this owns the desk's files, which is all the proof there is; no PIN is ever typed here.

use commands::wire::{AccessCommand, AccessReply, StaffCommand, StaffReply};
use serde_json::json;

use crate::arguments::Pin;
use crate::exit::{Failure, REQUEST};
use crate::open::{Empty, Place};
use crate::output::Output;

pub(crate) fn run(place: &Place, command: &Pin, output: &Output) -> Result<(), Failure> {
    let core = place.open(Empty::StaysEmpty)?;
    if command.forget {
        let forgotten = core.forget_pin()?;
        let words = if forgotten {
            "The PIN and its recovery code are forgotten. Set a new PIN in the staff window."
        } else {
            "There was no PIN."
        };
        return told(output, &json!({ "forgotten": forgotten }), words);
    }
    let asked = StaffCommand::Access(AccessCommand::State);
    let StaffReply::Access(reply) = core.manage(&place.session(), asked)? else {
        return Err(Failure::told(REQUEST));
    };
    let AccessReply::State(state) = *reply else { return Err(Failure::told(REQUEST)) };
    let words = match (state.has_pin, state.wait_s) {
        (false, _) => "No PIN is set.".to_owned(),
        (true, 0) => "A PIN is set.".to_owned(),
        (true, wait_s) => format!("A PIN is set. The next try is looked at in {wait_s} seconds."),
    };
    told(output, &json!(state), &words)
}

fn told(output: &Output, document: &serde_json::Value, words: &str) -> Result<(), Failure> {
    if output.json {
        output.document(document);
    } else {
        output.line(words);
    }
    Ok(())
}
