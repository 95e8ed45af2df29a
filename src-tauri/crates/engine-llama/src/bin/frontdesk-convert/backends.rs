//! llama.cpp, ready to compute: its parts for this processor lie in a folder beside the program.

use llama_cpp_2::llama_backend::{LlamaBackend, load_backends_from_path};
use llama_cpp_2::{LlamaBackendDeviceType, list_llama_ggml_backend_devices};

use crate::error::Error;

/// The folder's name, decided by the build script.
const FOLDER: &str = env!("FRONTDESK_ENGINE_FOLDER");

/// Loads the part for this processor and starts llama.cpp. Only once in a process.
///
/// Fails if no part suits. The folder is always named: llama.cpp's own search would also look
/// into the current folder.
pub(crate) fn start() -> Result<LlamaBackend, Error> {
    let program = std::env::current_exe()
        .map_err(|source| Error::Unreadable { path: "this program".into(), source })?;
    let folder = program.with_file_name(FOLDER);
    if folder.to_str().is_some() && folder.is_dir() {
        load_backends_from_path(&folder);
    }
    let is_processor = |device: &llama_cpp_2::LlamaBackendDevice| {
        device.device_type == LlamaBackendDeviceType::Cpu
    };
    if !list_llama_ggml_backend_devices().iter().any(is_processor) {
        return Err(Error::NoBackends { folder });
    }
    LlamaBackend::init().map_err(|error| Error::Compute { reason: error.to_string() })
}
