//! Graphics cards: loading the parts of llama.cpp that drive them, finding a card by its name, and
//! letting its driver start.
//!
//! The parts lie in a folder of their own beside this program, which is looked at only when a card
//! is asked for: a driver that crashes or hangs as soon as it is loaded cannot touch a desk that
//! computes on the processor. Holds the `unsafe` that asking llama.cpp for one part needs.

#![allow(unsafe_code)]

use std::ffi::{CString, OsStr};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use llama_cpp_2::{LlamaBackendDevice, LlamaBackendDeviceType, list_llama_ggml_backend_devices};

use super::backends::beside_the_program;
use crate::error::Error;
use crate::logs::take_last_errors;

/// The folder's name, decided by the build script.
const FOLDER: &str = env!("FRONTDESK_GRAPHICS_FOLDER");

/// Words in the names of cards that are none: drivers that compute on the processor.
const SOFTWARE: &[&str] = &["llvmpipe", "lavapipe", "swiftshader", "softpipe", "basic render"];

/// Why each part that is there could not be loaded.
static REFUSED: OnceLock<Vec<String>> = OnceLock::new();

/// What kind of card it is, in the words of `probe`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// With memory of its own.
    Discrete,
    /// Shares the computer's memory.
    Integrated,
    /// The processor under another name.
    Software,
}

impl Kind {
    /// The word for it.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Kind::Discrete => "discrete",
            Kind::Integrated => "integrated",
            Kind::Software => "software",
        }
    }
}

/// Loads every part for graphics cards that is installed, once. Answers why some were not.
pub(crate) fn load() -> &'static [String] {
    REFUSED.get_or_init(|| {
        let Ok(folder) = folder() else { return Vec::new() };
        let mut parts = parts(&folder);
        parts.sort();
        parts.iter().filter_map(|part| load_part(part, &folder).err()).collect()
    })
}

/// The cards of the loaded parts, in llama.cpp's own order.
pub(crate) fn cards() -> Vec<(LlamaBackendDevice, Kind)> {
    let devices = list_llama_ggml_backend_devices().into_iter();
    devices.filter_map(|device| Some((kind(&device)?, device))).map(|(k, d)| (d, k)).collect()
}

/// The card of this name. Loads the parts first.
///
/// Fails with what there is instead, and with what went wrong with the parts.
pub(crate) fn find(name: &str) -> Result<LlamaBackendDevice, Error> {
    let refused = load();
    let mut cards = cards();
    match cards.iter().position(|(card, _)| card.name == name) {
        Some(at) => Ok(cards.swap_remove(at).0),
        None => {
            let names: Vec<_> = cards.into_iter().map(|(card, _)| card.name).collect();
            Err(Error::NoDevice { name: name.to_owned(), reason: missing(&names, refused) })
        }
    }
}

/// Lets the driver of a card start, if the card is there: it then asks for what nothing may ask
/// for once the locks are closed.
pub(crate) fn wake(name: &str) {
    let Ok(card) = find(name) else { return };
    // SAFETY: the index is one of the list that was just read, and cards never go away; llama.cpp
    // answers a null pointer for a card that does not start, which is not freed.
    unsafe {
        let device = llama_cpp_sys_2::ggml_backend_dev_get(card.index);
        let backend = llama_cpp_sys_2::ggml_backend_dev_init(device, std::ptr::null());
        if !backend.is_null() {
            llama_cpp_sys_2::ggml_backend_free(backend);
        }
    }
}

/// Beside the program.
pub(crate) fn folder() -> Result<PathBuf, Error> {
    beside_the_program(FOLDER)
}

fn parts(folder: &Path) -> Vec<PathBuf> {
    let files = fs::read_dir(folder).into_iter().flatten().flatten().map(|file| file.path());
    let is_part = |path: &PathBuf| {
        let name = path.file_name().and_then(OsStr::to_str).unwrap_or_default();
        let is_ours = name.starts_with("libggml-") || name.starts_with("ggml-");
        is_ours && [".so", ".dll", ".dylib"].iter().any(|ending| name.ends_with(ending))
    };
    files.filter(is_part).collect()
}

/// Loads one part, or says why not.
fn load_part(part: &Path, folder: &Path) -> Result<(), String> {
    let name = part.file_name().unwrap_or_default().to_string_lossy();
    let path = part.to_str().and_then(|path| CString::new(path).ok());
    let Some(path) = path else { return Err(format!("{name} lies in an odd folder")) };
    // What was logged before belongs to something else.
    take_last_errors();
    // SAFETY: the path is a string with its end, and what is loaded was installed with this
    // program. llama.cpp keeps the library for good and answers null for one it cannot use.
    let registered = unsafe { llama_cpp_sys_2::ggml_backend_load(path.as_ptr()) };
    if !registered.is_null() {
        return Ok(());
    }
    let said = take_last_errors().unwrap_or_else(|| "llama.cpp does not say why".to_owned());
    Err(in_words(&name, &said, folder))
}

/// What llama.cpp and the system said about a part, without folders.
fn in_words(name: &str, said: &str, folder: &Path) -> String {
    let said = said.replace(&format!("{}/", folder.display()), "");
    let said = said.rsplit_once("failed to load ").map_or(said.as_str(), |(_, after)| after);
    let prefix = format!("{name}: ");
    let mut reason = said;
    while let Some(rest) = reason.strip_prefix(&prefix) {
        reason = rest;
    }
    format!("{name} cannot be loaded: {reason}")
}

fn missing(names: &[String], refused: &[String]) -> String {
    match (names, refused) {
        ([], []) => "the engine sees none".to_owned(),
        ([], refused) => refused.join("; "),
        (names, _) => format!("the engine sees {}", names.join(", ")),
    }
}

/// `None` for what is no card.
fn kind(device: &LlamaBackendDevice) -> Option<Kind> {
    let kind = match device.device_type {
        LlamaBackendDeviceType::Gpu => Kind::Discrete,
        LlamaBackendDeviceType::IntegratedGpu => Kind::Integrated,
        LlamaBackendDeviceType::Cpu
        | LlamaBackendDeviceType::Accelerator
        | LlamaBackendDeviceType::Unknown => return None,
    };
    Some(if is_software(&device.description) { Kind::Software } else { kind })
}

fn is_software(description: &str) -> bool {
    let description = description.to_lowercase();
    SOFTWARE.iter().any(|word| description.contains(word))
}

#[cfg(test)]
mod tests;
