//! `import`: one line a file.

use commands::wire::{ImportReport, ImportState};

use crate::arguments::Import;
use crate::exit::{Failure, REQUEST};
use crate::open::{Empty, Place};
use crate::output::{Output, sentence};

/// What can always be done about a file that was rejected.
const AGAIN: &str = "Check the file and import it again; what was known from it before stays.";

pub(crate) fn run(place: &Place, command: &Import, output: &Output) -> Result<(), Failure> {
    let core = place.open(Empty::StaysEmpty)?;
    place.warn_about_models(&core, output)?;
    let mut tell = |mut report: ImportReport| {
        if let Some(error) = &mut report.error {
            error.hint.get_or_insert_with(|| AGAIN.into());
        }
        if output.json {
            output.document(&report);
        } else {
            output.line(&words(&report));
        }
    };
    let session = place.session();
    let reports = match command.orders {
        true => core.import_orders(&session, crate::order::places(command), &mut tell)?,
        false => core.import(&session, &command.paths, command.faq, &mut tell)?,
    };
    core.settle();
    if reports.iter().any(|report| report.state == ImportState::Rejected) {
        return Err(Failure::told(REQUEST));
    }
    Ok(())
}

fn words(report: &ImportReport) -> String {
    let counts = match (report.passages, report.faqs, report.kind.as_str()) {
        (_, _, "orders") => format!("{} orders", report.orders),
        (passages, 0, _) => format!("{passages} passages"),
        (_, faqs, _) => format!("{faqs} answers"),
    };
    let mut line = match report.state {
        ImportState::Ready => format!("{}: {counts}", report.path),
        ImportState::Partial => format!("{}: {counts}, not all of it", report.path),
        ImportState::Unchanged => format!("{}: unchanged", report.path),
        ImportState::Rejected => format!("{}: not read", report.path),
    };
    for warning in &report.warnings {
        line.push_str(&format!("\n  {warning}"));
    }
    if let Some(error) = &report.error {
        line.push_str(&format!("\n  {}", sentence(error)));
    }
    line
}
