//! The last good answer of the engine, kept in the data folder. It can be deleted at any time.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

use engine::probe::Probe;
use serde::{Deserialize, Serialize};

/// The file in the data folder.
const FILE: &str = "graphics.json";

/// A driver that was changed is noticed after this, and a script with a thousand questions asks
/// only once.
const FRESH: Duration = Duration::from_secs(3600);

/// No answer is longer.
const MOST_BYTES: u64 = 256 << 10;

/// Where the answer is kept.
pub(super) struct Memory(PathBuf);

#[derive(Serialize, Deserialize)]
struct Kept {
    /// Names the engine that was asked.
    engine: String,
    probe: Probe,
}

impl Memory {
    pub(super) fn of(data: &Path) -> Self {
        Self(data.join(FILE))
    }

    /// The answer that this very engine gave, and whether it is new enough not to ask again.
    pub(super) fn read(&self, program: &Path) -> (Option<Probe>, bool) {
        let Some((kept, is_fresh)) = self.kept() else { return (None, false) };
        if Some(kept.engine) == name(program) {
            (Some(kept.probe), is_fresh)
        } else {
            (None, false)
        }
    }

    fn kept(&self) -> Option<(Kept, bool)> {
        let about = fs::metadata(&self.0).ok().filter(|about| about.len() <= MOST_BYTES)?;
        let kept = serde_json::from_str(&fs::read_to_string(&self.0).ok()?).ok()?;
        // A clock that was set back makes it old, too.
        let age = about.modified().ok().and_then(|at| at.elapsed().ok());
        Some((kept, age.is_some_and(|age| age < FRESH)))
    }

    /// Keeps a good answer and forgets the one before a bad one.
    pub(super) fn write(&self, program: &Path, probe: &Probe) {
        let kept = name(program)
            .filter(|_| probe.problem.is_none())
            .and_then(|engine| serde_json::to_string(&Kept { engine, probe: probe.clone() }).ok());
        let done = match kept {
            Some(text) => fs::write(&self.0, text),
            None => fs::remove_file(&self.0),
        };
        if let Err(error) = done {
            tracing::debug!(%error, "the answer of the engine is not kept");
        }
    }
}

/// The engine's place, size and time: another one may see other cards.
fn name(program: &Path) -> Option<String> {
    let about = fs::metadata(program).ok()?;
    let changed = about.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    Some(format!("{} {} {}", program.display(), about.len(), changed.as_millis()))
}
