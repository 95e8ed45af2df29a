//! The loadable parts of llama.cpp: one for each generation of processors, and those of graphics
//! cards where they are installed. They lie in a folder beside this program.

use std::path::PathBuf;
use std::sync::Once;

use llama_cpp_2::llama_backend::load_backends_from_path;
use llama_cpp_2::{LlamaBackendDeviceType, list_llama_ggml_backend_devices};

use crate::error::Error;

/// The folder's name, decided by the build script.
const FOLDER: &str = env!("FRONTDESK_ENGINE_FOLDER");

static LOADED: Once = Once::new();

/// Loads the best part for this processor, and every graphics card's.
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

/// Whether a part for graphics cards is installed.
pub(crate) fn could_have_card() -> Result<bool, Error> {
    let folder = folder()?;
    let Ok(files) = std::fs::read_dir(&folder) else { return Err(Error::NoBackends { folder }) };
    let is_for_cards = |name: &str| ["vulkan", "cuda", "hip"].iter().any(|it| name.contains(it));
    Ok(files.flatten().any(|file| is_for_cards(&file.file_name().to_string_lossy())))
}

/// Beside the program.
pub(crate) fn folder() -> Result<PathBuf, Error> {
    let program = std::env::current_exe()
        .map_err(|source| Error::Unreadable { path: PathBuf::from("this program"), source })?;
    // The program of the unit tests lies one folder deeper.
    #[cfg(test)]
    let program = program.parent().map(ToOwned::to_owned).unwrap_or(program);
    Ok(program.with_file_name(FOLDER))
}

/// What computes: `cpu: ` and the processor's part, or the graphics card that has the layers.
pub(crate) fn name(has_card: bool) -> String {
    let is_card =
        |kind| matches!(kind, LlamaBackendDeviceType::Gpu | LlamaBackendDeviceType::IntegratedGpu);
    let devices = list_llama_ggml_backend_devices();
    match devices.into_iter().find(|device| has_card && is_card(device.device_type)) {
        Some(card) => format!("{}: {}", card.backend.to_lowercase(), card.description),
        None => format!("cpu: {}", processor_part().unwrap_or_else(|| "only one".to_owned())),
    }
}

/// Whether a graphics card could take layers.
pub(crate) fn has_card() -> bool {
    list_llama_ggml_backend_devices().iter().any(|device| {
        matches!(
            device.device_type,
            LlamaBackendDeviceType::Gpu | LlamaBackendDeviceType::IntegratedGpu
        )
    })
}

/// The part that the system has mapped; llama.cpp does not tell which one it chose.
fn processor_part() -> Option<String> {
    let maps = std::fs::read_to_string("/proc/self/maps").ok()?;
    let (_, after) = maps.split_once("libggml-cpu-")?;
    let (name, _) = after.split_once(".so")?;
    Some(name.to_owned())
}
