//! The loadable parts of llama.cpp for processors, one for each generation. They lie in a folder
//! beside this program; those for graphics cards lie in another one, see `graphics`.

use std::path::PathBuf;
use std::sync::Once;

use llama_cpp_2::llama_backend::load_backends_from_path;
use llama_cpp_2::{LlamaBackendDeviceType, list_llama_ggml_backend_devices};

use crate::error::Error;

/// The folder's name, decided by the build script.
const FOLDER: &str = env!("FRONTDESK_ENGINE_FOLDER");

static LOADED: Once = Once::new();

/// Loads the best part for this processor, and nothing for a graphics card.
///
/// Fails if no part suits the processor. The folder is always named: llama.cpp's own search would
/// also look into the current folder, where anybody may have put something.
pub(crate) fn load() -> Result<(), Error> {
    let folder = folder()?;
    if folder.to_str().is_none() || !folder.is_dir() {
        return Err(Error::NoBackends { folder });
    }
    LOADED.call_once(|| load_backends_from_path(&folder));
    let devices = list_llama_ggml_backend_devices();
    if devices.iter().any(|device| device.device_type == LlamaBackendDeviceType::Cpu) {
        Ok(())
    } else {
        Err(Error::Processor)
    }
}

/// Beside the program.
pub(crate) fn folder() -> Result<PathBuf, Error> {
    beside_the_program(FOLDER)
}

/// A file or folder that was installed with this program.
pub(super) fn beside_the_program(name: &str) -> Result<PathBuf, Error> {
    let program = std::env::current_exe()
        .map_err(|source| Error::Unreadable { path: PathBuf::from("this program"), source })?;
    // The program of the unit tests lies one folder deeper.
    #[cfg(test)]
    let program = program.parent().map(ToOwned::to_owned).unwrap_or(program);
    Ok(program.with_file_name(name))
}

/// The part that the system has mapped; llama.cpp does not tell which one it chose. `None` where
/// the system does not say either.
pub(crate) fn processor_library() -> Option<String> {
    let maps = std::fs::read_to_string("/proc/self/maps").ok()?;
    let (_, after) = maps.split_once("libggml-cpu-")?;
    let (name, _) = after.split_once(".so")?;
    Some(name.to_owned())
}
