//! `import`: one line a file, and how far it is until all can be found by meaning.
//!
//! The import is a job of the desk: a program that was killed goes on with it at its next start.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use commands::Core;
use commands::wire::{
    ImportFileView, ImportJobState, ImportJobView, ImportReport, ImportState, StaffCommand,
    StaffReply,
};

use crate::arguments::Import;
use crate::exit::{Failure, REQUEST};
use crate::open::{Empty, Place};
use crate::output::{Output, sentence};

/// What can always be done about a file that was rejected.
const AGAIN: &str = "Check the file and import it again; what was known from it before stays.";
/// Between two looks at the job.
const LOOK: Duration = Duration::from_millis(50);
/// Between two lines of progress.
const TELL: Duration = Duration::from_millis(900);
/// Files one look may bring.
const FILES: u32 = 500;

pub(crate) fn run(place: &Place, command: &Import, output: &Output) -> Result<(), Failure> {
    let core = place.open(Empty::StaysEmpty)?;
    place.warn_about_models(&core, output)?;
    let mut rejected = false;
    let mut tell = |mut report: ImportReport| {
        rejected |= report.state == ImportState::Rejected;
        if let Some(error) = &mut report.error {
            error.hint.get_or_insert_with(|| AGAIN.into());
        }
        if output.json {
            output.document(&report);
        } else {
            output.line(&words(&report));
        }
    };
    if command.orders {
        core.import_orders(&place.session(), crate::order::places(command), &mut tell)?;
    } else if command.paths.iter().all(|path| path.to_str().is_some()) {
        follow_job(&core, place, command, output, &mut tell)?;
    } else {
        // A job is kept as text, which such a name is not.
        core.import(&place.session(), &command.paths, command.faq, &mut tell)?;
    }
    wait_for_meaning(&core, output);
    if rejected { Err(Failure::told(REQUEST)) } else { Ok(()) }
}

/// Starts the job and tells each file as it is done.
fn follow_job(
    core: &Core,
    place: &Place,
    command: &Import,
    output: &Output,
    tell: &mut dyn FnMut(ImportReport),
) -> Result<(), Failure> {
    let session = place.session();
    let paths = command.paths.iter().map(|path| path.to_string_lossy().into_owned()).collect();
    let start = StaffCommand::StartImport { paths, faq: command.faq };
    let StaffReply::ImportStarted { id } = core.manage(&session, start)? else {
        return Err(Failure::told(REQUEST));
    };
    let mut offset = 0;
    let mut told = Instant::now();
    loop {
        let look = StaffCommand::ImportJob { id, offset, limit: FILES };
        let StaffReply::ImportJob { job, files } = core.manage(&session, look)? else {
            return Err(Failure::told(REQUEST));
        };
        let is_over = matches!(
            job.state,
            ImportJobState::Embedding | ImportJobState::Done | ImportJobState::Cancelled
        );
        let page = files.len();
        let done = files.into_iter().map_while(|ImportFileView { report, .. }| report);
        let before = offset;
        for mut report in done {
            offset += 1;
            report.path = as_given(&report.path, &command.paths);
            tell(report);
        }
        if is_over && (offset == before || page < FILES as usize) {
            return Ok(());
        }
        if told.elapsed() >= TELL {
            told = Instant::now();
            output.progress(&progress(&job));
        }
        if offset == before {
            std::thread::sleep(LOOK);
        }
    }
}

/// Waits until what was read can be found by meaning too, and says how far that is.
fn wait_for_meaning(core: &Core, output: &Output) {
    let mut told = Instant::now();
    let mut any = false;
    core.settle_and(&mut |progress| {
        if told.elapsed() >= TELL {
            told = Instant::now();
            any = true;
            let left = remaining(progress.seconds_left);
            output.progress(&format!(
                "{} of {} passages can be found by meaning; {} pieces to go{left}",
                progress.embedded, progress.pieces, progress.left
            ));
        }
    });
    if any {
        output.progress_done();
    }
}

fn progress(job: &ImportJobView) -> String {
    format!(
        "{} of {} files read, {} of {} passages can be found by meaning{}",
        job.files_done,
        job.files,
        job.pieces_embedded,
        job.pieces,
        remaining(job.seconds_left)
    )
}

fn remaining(seconds: Option<f64>) -> String {
    match seconds {
        None => String::new(),
        Some(seconds) if seconds < 90.0 => format!("; about {seconds:.0} s left"),
        Some(seconds) => format!("; about {:.0} min left", seconds / 60.0),
    }
}

/// A path below one of those that were given, in the words it was given in.
fn as_given(path: &str, given: &[PathBuf]) -> String {
    let below = given.iter().find_map(|root| {
        let whole = std::path::absolute(root).ok()?;
        let rest = Path::new(path).strip_prefix(whole).ok()?;
        Some(if rest.as_os_str().is_empty() { root.clone() } else { root.join(rest) })
    });
    below.map_or_else(|| path.to_owned(), |path| path.to_string_lossy().into_owned())
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
