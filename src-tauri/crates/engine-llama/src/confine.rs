//! Locking this program up before it looks at a model: it may read the model and its own parts,
//! write states into one folder, and nothing else. A file that misleads llama.cpp gets no further.

use std::fs;
use std::io::Write;
use std::process::ExitCode;

use sandbox::{Confinement, Outcome, Report, SandboxError, confine_calls, confine_files};

use crate::arguments::Arguments;
use crate::error::Error;
use crate::model::backends;

/// Locks up. Must run before any other thread starts, and before the model is opened.
///
/// Fails when a lock that this system has does not close. What it does not have is in the report.
pub(crate) fn confine(arguments: &Arguments) -> Result<Report, Error> {
    // Parsed by thousands of lines of somebody else's code: the file is the danger, not the load.
    let has_card = arguments.gpu_layers != Some(0) && backends::could_have_card()?;
    let write = arguments.states.iter().filter(|folder| made(folder)).cloned().collect();
    let confinement = Confinement {
        read: vec![arguments.model.clone(), backends::folder()?],
        write,
        graphics_card: has_card,
        memory_bytes: arguments.memory_bytes,
        ..Confinement::default()
    };
    let files = match confine_files(&confinement) {
        // Said better, and with its own exit code, when the model is opened.
        Err(SandboxError::Path { .. }) if !arguments.model.exists() => {
            let read = vec![backends::folder()?];
            confine_files(&Confinement { read, ..confinement })
        }
        other => other,
    };
    let report = files.map_err(unlocked)?;
    if has_card {
        // A card's driver asks for things at its start that nothing may ask for later.
        backends::load()?;
    }
    Ok(report.and(confine_calls().map_err(unlocked)?))
}

/// Tries everything a hostile model would. Says what happened, and fails if anything worked.
pub(crate) fn try_to_escape() -> ExitCode {
    let attempts = sandbox::escape_attempts();
    let mut lines = String::new();
    for attempt in &attempts {
        lines.push_str(&format!("{attempt}\n"));
    }
    let is_written = std::io::stdout().write_all(lines.as_bytes()).is_ok();
    let has_escaped = attempts.iter().any(|attempt| matches!(attempt.outcome, Outcome::Escaped(_)));
    if is_written && !has_escaped { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn made(folder: &std::path::Path) -> bool {
    let made = fs::create_dir_all(folder);
    if let Err(error) = &made {
        tracing::warn!(folder = %folder.display(), "no states are kept: {error}");
    }
    made.is_ok()
}

fn unlocked(error: SandboxError) -> Error {
    Error::Unlocked { reason: error.to_string() }
}
