//! What the engine could compute on: one run of `frontdesk-engine probe`.
//!
//! Drivers of graphics cards crash and hang, so they are asked in a process that lives for this
//! question only. Whatever happens to it, the answer is a [`Probe`]: without devices, and with the
//! reason in words for a person, where something went wrong.

pub(crate) mod run;

use std::path::Path;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use run::Trouble;

/// How long a driver may take. On Windows every part of it is searched for viruses at first.
pub const PATIENCE: Duration = Duration::from_secs(if cfg!(windows) { 90 } else { 30 });

/// The folders beside the program that hold loadable parts of the engine.
const FOLDERS: &[&str] = &["engine", "graphics"];

/// Parts of the engine for graphics cards.
const MODULES: &[&str] = &["vulkan", "cuda", "hip", "metal", "sycl", "opencl", "musa", "cann"];

/// What the engine said of itself and of the cards it can use.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Probe {
    /// The build of llama.cpp.
    pub build: String,
    /// The part of it that suits this processor.
    pub processor_library: String,
    /// Graphics cards, in the engine's order.
    pub devices: Vec<Device>,
    /// Parts for graphics cards that could not be loaded, and why, in the system's words.
    pub problems: Vec<String>,
    /// Why there are none although there may be, if something went wrong.
    #[serde(skip_deserializing)]
    pub problem: Option<String>,
}

/// A graphics card as the engine sees it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Device {
    /// The engine's name for it: what a child is started with.
    pub name: String,
    /// The maker's name for it.
    pub description: String,
    /// Through what it is used, as in `Vulkan`.
    pub backend: String,
    /// Its kind.
    pub kind: Kind,
    /// Its memory, in bytes; 0 when it does not say.
    pub memory_bytes: u64,
    /// Of that, free now.
    pub memory_free_bytes: u64,
}

/// What kind of graphics card it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// With memory of its own.
    #[default]
    Discrete,
    /// Shares the computer's memory.
    Integrated,
    /// A processor that poses as a card.
    Software,
}

/// Whether a part of the engine for graphics cards is installed beside this program, so that
/// there is something to ask. On macOS it is in the program itself.
pub fn may_have_graphics(program: &Path) -> bool {
    cfg!(target_os = "macos") || program.parent().is_some_and(has_module)
}

fn has_module(beside: &Path) -> bool {
    FOLDERS
        .iter()
        .filter_map(|folder| std::fs::read_dir(beside.join(folder)).ok())
        .flat_map(|files| files.flatten())
        .any(|file| file.file_name().to_str().is_some_and(is_module))
}

fn is_module(file: &str) -> bool {
    let name = file.strip_prefix("lib").unwrap_or(file);
    name.strip_prefix("ggml-").is_some_and(|part| MODULES.iter().any(|it| part.starts_with(it)))
}

/// Asks the program, and ends it after this time. Blocks until then at most, and a little.
pub fn probe(program: &Path, within: Duration) -> Probe {
    probe_while(program, within, &|| true).unwrap_or_default()
}

/// The same, until nobody wants to know any more: then it is ended, and there is no answer.
///
/// `is_wanted` is asked some hundred times a second.
pub fn probe_while(
    program: &Path,
    within: Duration,
    is_wanted: &dyn Fn() -> bool,
) -> Option<Probe> {
    let told = match run::ask(program, within, is_wanted) {
        Err(Trouble::Unwanted) => return None,
        Err(trouble) => Err(trouble),
        Ok(answer) => read(&answer),
    };
    Some(told.unwrap_or_else(|trouble| {
        tracing::warn!(%trouble, "the engine could not say what it can compute on");
        Probe { problem: Some(in_words(&trouble)), ..Probe::default() }
    }))
}

/// The one line that must have been printed. Cards without a name cannot be used.
fn read(answer: &str) -> Result<Probe, Trouble> {
    let mut lines = answer.lines().filter(|line| !line.trim().is_empty());
    let (Some(line), None) = (lines.next(), lines.next()) else {
        return Err(Trouble::Garbage("it did not print one line".into()));
    };
    let mut probe: Probe =
        serde_json::from_str(line).map_err(|error| Trouble::Garbage(error.to_string()))?;
    probe.devices.retain(|device| !device.name.is_empty());
    for device in &mut probe.devices {
        device.memory_free_bytes = device.memory_free_bytes.min(device.memory_bytes);
    }
    Ok(probe)
}

/// What a person at the counter is told.
fn in_words(trouble: &Trouble) -> String {
    let what = match trouble {
        Trouble::NotStarted(_) => "the engine's program could not be started",
        Trouble::Hung => "the graphics driver did not answer",
        Trouble::Crashed(_) => "the graphics driver crashed",
        Trouble::Failed(_) => "the graphics driver could not be used",
        Trouble::Garbage(_) | Trouble::Unwanted => "the graphics driver gave no clear answer",
    };
    format!("{what}; using the processor")
}

#[cfg(test)]
mod tests;
