//! `export`: what visitors asked here, one JSON object a line, for the desk that learns from it.

use crate::arguments::Export;
use crate::exit::Failure;
use crate::open::{Empty, Place};
use crate::output::Output;

/// Seconds of a minute.
const MINUTE: u32 = 60;

pub(crate) fn run(place: &Place, command: &Export, output: &Output) -> Result<(), Failure> {
    let core = place.open(Empty::StaysEmpty)?;
    let silent_seconds = command.silent.saturating_mul(MINUTE);
    let up_to = core.export_turns(command.since, silent_seconds, &mut |turn| {
        output.document(&turn);
        Ok(())
    })?;
    output.warn(&format!("Go on with: export --since {up_to}"));
    Ok(())
}
