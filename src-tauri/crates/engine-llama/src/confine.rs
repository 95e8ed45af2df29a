//! Locking this program up before it looks at a model: it may read the model and its own parts,
//! write states into one folder, and nothing else. A file that misleads llama.cpp gets no further.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use sandbox::{Confinement, Outcome, Report, SandboxError, confine_calls, confine_files};

use crate::error::Error;
use crate::model::{backends, graphics};

/// What the program is for this time, and so what stays open to it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Needs<'a> {
    /// The model that is read.
    pub(crate) model: Option<&'a Path>,
    /// A folder for states.
    pub(crate) states: Option<&'a Path>,
    /// Which graphics cards are used.
    pub(crate) cards: Cards<'a>,
    /// Bytes of memory that may be asked for.
    pub(crate) memory_bytes: Option<u64>,
}

/// Which graphics cards are used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Cards<'a> {
    /// None: no driver is loaded and none can be.
    #[default]
    None,
    /// The one of this name.
    Named(&'a str),
    /// All are only looked at.
    Listed,
}

/// Locks up, and loads what of llama.cpp is needed. Must run before any other thread starts, and
/// before the model is opened.
///
/// Fails when a lock that this system has does not close. What it does not have is in the report.
/// A graphics card that is not there is no failure here; whoever asks for it hears of it.
pub(crate) fn confine(needs: Needs<'_>) -> Result<Report, Error> {
    // Parsed by thousands of lines of somebody else's code: the file is the danger, not the load.
    let own = folders_of_our_own()?;
    let model = needs.model.into_iter().map(ToOwned::to_owned);
    let confinement = Confinement {
        read: model.chain(own.iter().cloned()).collect(),
        write: needs.states.iter().filter(|folder| made(folder)).map(PathBuf::from).collect(),
        graphics_card: needs.cards != Cards::None,
        memory_bytes: needs.memory_bytes,
        ..Confinement::default()
    };
    let files = match confine_files(&confinement) {
        // Said better, and with its own exit code, when the model is opened.
        Err(SandboxError::Path { .. }) if needs.model.is_some_and(|model| !model.exists()) => {
            confine_files(&Confinement { read: own, ..confinement })
        }
        other => other,
    };
    let report = files.map_err(unlocked)?;
    if needs.cards != Cards::None {
        // A card's driver asks for things at its start that nothing may ask for later.
        backends::load()?;
        graphics::load();
    }
    if let Cards::Named(name) = needs.cards {
        graphics::wake(name);
    }
    Ok(report.and(confine_calls().map_err(unlocked)?))
}

/// The parts for processors, which must be there, and those for graphics cards, which need not.
fn folders_of_our_own() -> Result<Vec<PathBuf>, Error> {
    let cards = graphics::folder()?;
    Ok([backends::folder()?].into_iter().chain(cards.is_dir().then_some(cards)).collect())
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

fn made(folder: &Path) -> bool {
    let made = fs::create_dir_all(folder);
    if let Err(error) = &made {
        tracing::warn!(folder = %folder.display(), "no states are kept: {error}");
    }
    made.is_ok()
}

fn unlocked(error: SandboxError) -> Error {
    Error::Unlocked { reason: error.to_string() }
}
