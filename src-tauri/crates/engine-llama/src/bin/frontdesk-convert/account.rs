//! What a model would take of the memory: llama.cpp's own accounting, which plans all buffers and
//! makes none of them, so that it works for models without weights and larger than the computer.
//!
//! It counts weights only in buffers that the processor reads as they are. Those that llama.cpp
//! lays out again for wide instructions are missing from its figure, so the file is accounted for
//! twice: as llama.cpp would load it, and with that switched off.

use serde_json::{Value, json};

use crate::arguments::Account;
use crate::error::Error;
use crate::model::file;
use crate::{backends, name};

/// Asks llama.cpp. Fails if it does not take the file, or not this way of running it.
pub(crate) fn account(order: &Account) -> Result<Value, Error> {
    file::check_header(&order.model)?;
    let backend = backends::start()?;
    let tensors_bytes = planned::check(&backend, order)?;
    let plain = planned::memory(order, false)?;
    let as_loaded = planned::memory(order, true)?;
    Ok(json!({
        "model": name(&order.model),
        "tensors_bytes": tensors_bytes,
        "weights_bytes": plain.weights_bytes,
        "kv_bytes": plain.kv_bytes,
        "compute_bytes": plain.compute_bytes,
        "told_weights_bytes": as_loaded.weights_bytes,
        "told_bytes": as_loaded.weights_bytes + as_loaded.kv_bytes + as_loaded.compute_bytes,
    }))
}

/// What llama.cpp planned in the computer's memory.
struct Planned {
    weights_bytes: usize,
    kv_bytes: usize,
    compute_bytes: usize,
}

#[cfg(all(unix, target_pointer_width = "64"))]
mod planned {
    //! The call. llama.cpp offers the accounting to its own C++ tools only, so its C++ name is
    //! used, and the few fields of the lists that it takes and gives are laid out here.

    #![expect(unsafe_code, reason = "our binding does not wrap the accounting")]

    use std::ffi::{CString, c_char, c_void};
    use std::ptr;

    use llama_cpp_2::context::params::{KvCacheType, LlamaContextParams};
    use llama_cpp_2::llama_backend::LlamaBackend;
    use llama_cpp_2::model::LlamaModel;
    use llama_cpp_2::model::params::LlamaModelParams;
    use llama_cpp_sys_2 as sys;

    use super::Planned;
    use crate::arguments::{Account, Cells};
    use crate::error::Error;
    use crate::logs;

    /// A list as C++ keeps it: from where, to where, and to where there is room.
    #[repr(C)]
    struct List {
        begin: *mut c_void,
        end: *mut c_void,
        room: *mut c_void,
    }

    /// What is planned on one device.
    #[repr(C)]
    #[derive(Clone, Copy)]
    struct Device {
        _total: i64,
        _free: i64,
        model: usize,
        context: usize,
        compute: usize,
    }

    unsafe extern "C" {
        /// `common_get_device_memory_data` of llama.cpp.
        #[link_name = "_Z29common_get_device_memory_dataPKcPK18llama_model_paramsPK20llama_context_paramsRSt6vectorIP19ggml_backend_deviceSaIS9_EERjSD_SD_14ggml_log_level"]
        fn device_memory(
            path: *const c_char,
            model: *const sys::llama_model_params,
            context: *const sys::llama_context_params,
            devices: *mut List,
            layers: *mut u32,
            trained_context: *mut u32,
            experts: *mut u32,
            log_level: sys::ggml_log_level,
        ) -> List;
    }

    /// Loads the header and opens a context as planned, for a reason if that fails: the call below
    /// ends the process then. Answers the bytes of all tensors.
    pub(super) fn check(backend: &LlamaBackend, order: &Account) -> Result<u64, Error> {
        let refused = |error: String| Error::Refused {
            path: order.model.clone(),
            reason: logs::take_last_errors().unwrap_or(error),
        };
        let parameters = LlamaModelParams::default().with_no_alloc(true).with_n_gpu_layers(0);
        let model = LlamaModel::load_from_file(backend, &order.model, &parameters);
        let model = model.map_err(|error| refused(error.to_string()))?;
        let cells = |kv| match kv {
            Cells::F16 => KvCacheType::F16,
            Cells::Q8_0 => KvCacheType::Q8_0,
        };
        let context = LlamaContextParams::default()
            .with_n_ctx(std::num::NonZeroU32::new(order.context))
            .with_n_batch(order.ubatch)
            .with_n_ubatch(order.ubatch)
            .with_type_k(cells(order.kv))
            .with_type_v(cells(order.kv));
        let context = model.new_context(backend, context);
        context.map_err(|error| refused(error.to_string()))?;
        Ok(model.size())
    }

    /// The plan for the whole model in the computer's memory.
    pub(super) fn memory(order: &Account, lays_out_again: bool) -> Result<Planned, Error> {
        let text = order.model.to_str().and_then(|text| CString::new(text).ok());
        let path = text.ok_or_else(|| Error::NotGguf { path: order.model.clone() })?;
        // SAFETY: both take nothing and return plain structs.
        let (mut model, mut context) =
            unsafe { (sys::llama_model_default_params(), sys::llama_context_default_params()) };
        let mut no_devices: [sys::ggml_backend_dev_t; 1] = [ptr::null_mut()];
        model.devices = no_devices.as_mut_ptr();
        model.n_gpu_layers = 0;
        model.use_extra_bufts = lays_out_again;
        let kind = match order.kv {
            Cells::F16 => sys::GGML_TYPE_F16,
            Cells::Q8_0 => sys::GGML_TYPE_Q8_0,
        };
        context.n_ctx = order.context;
        context.n_batch = order.ubatch;
        context.n_ubatch = order.ubatch;
        context.n_seq_max = order.slots;
        context.kv_unified = true;
        context.type_k = kind;
        context.type_v = kind;
        context.swa_full = !order.short_windows;
        context.flash_attn_type = match order.without_flash {
            true => sys::LLAMA_FLASH_ATTN_TYPE_DISABLED,
            false => sys::LLAMA_FLASH_ATTN_TYPE_ENABLED,
        };

        let empty = || List { begin: ptr::null_mut(), end: ptr::null_mut(), room: ptr::null_mut() };
        let mut devices = empty();
        let (mut layers, mut trained, mut experts) = (0, 0, 0);
        // SAFETY: the path ends with a zero byte; the parameters, the list of no devices that
        // they point to, and all results live until the call is over. An empty list is three
        // null pointers. A list and a struct of three pointers are returned alike. What would be
        // thrown for a wrong file or context was found by `check`.
        let found = unsafe {
            device_memory(
                path.as_ptr(),
                &model,
                &context,
                &mut devices,
                &mut layers,
                &mut trained,
                &mut experts,
                sys::GGML_LOG_LEVEL_ERROR,
            )
        };
        let bytes = (found.end as usize).saturating_sub(found.begin as usize);
        let count = bytes / size_of::<Device>();
        if found.begin.is_null() || count != 1 || !bytes.is_multiple_of(size_of::<Device>()) {
            let reason = format!("it accounted for {bytes} bytes of devices");
            return Err(Error::Compute { reason });
        }
        // SAFETY: the list has one entry, as was just computed. It is never freed: this program
        // ends soon.
        let host = unsafe { found.begin.cast::<Device>().read() };
        Ok(Planned {
            weights_bytes: host.model,
            kv_bytes: host.context,
            compute_bytes: host.compute,
        })
    }
}

#[cfg(not(all(unix, target_pointer_width = "64")))]
mod planned {
    //! Another compiler names the function in another way.

    use llama_cpp_2::llama_backend::LlamaBackend;

    use super::Planned;
    use crate::arguments::Account;
    use crate::error::Error;

    pub(super) fn check(_: &LlamaBackend, _: &Account) -> Result<u64, Error> {
        Err(Error::NoAccounting)
    }

    pub(super) fn memory(_: &Account, _: bool) -> Result<Planned, Error> {
        Err(Error::NoAccounting)
    }
}
