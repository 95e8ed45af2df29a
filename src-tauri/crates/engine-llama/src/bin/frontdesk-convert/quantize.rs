//! One file into another: llama.cpp's quantizer behind checks, a temporary name and a rename.
//!
//! The quantizer reads and writes whole blocks with plain arithmetic that no processor part
//! replaces, so the same file and order give the same bytes, whatever the threads.

use std::ffi::{CString, c_char};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::ptr;

use llama_cpp_sys_2 as sys;
use serde_json::{Value, json};

use crate::arguments::{Kind, Order};
use crate::error::Error;
use crate::model::file;
use crate::weights::Weights;
use crate::{backends, logs, name};

/// Carries an order out.
///
/// Fails before anything is written if a file or folder is wrong. The target is replaced only by
/// a whole file; a damaged source leaves it as it was.
pub(crate) fn quantize(order: &Order) -> Result<Value, Error> {
    file::check_header(&order.from)?;
    check_target(&order.from, &order.to)?;
    let _backend = backends::start()?;
    let part = part_name(&order.to);
    let written = call_quantizer(order, &part)
        .and_then(|()| keep(&part, &order.to))
        .and_then(|()| report(order));
    if written.is_err() {
        // Nothing to do about a file that cannot be removed either; it does not have the name.
        drop(fs::remove_file(&part));
    }
    written
}

/// The quantizer opens what it is given, so what can be known before is checked before.
fn check_target(from: &Path, to: &Path) -> Result<(), Error> {
    let folder = match to.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    if !folder.is_dir() || to.file_name().is_none() {
        return Err(Error::NoFolder { path: to.to_owned() });
    }
    let real = |path: &Path| fs::canonicalize(path).ok();
    if real(to).is_some() && real(to) == real(from) {
        return Err(Error::SameFile { path: to.to_owned() });
    }
    Ok(())
}

fn part_name(to: &Path) -> PathBuf {
    let mut name = to.as_os_str().to_owned();
    name.push(".part");
    name.into()
}

#[expect(unsafe_code, reason = "our binding does not wrap the quantizer")]
fn call_quantizer(order: &Order, to: &Path) -> Result<(), Error> {
    let from = c_path(&order.from)?;
    let to = c_path(to)?;
    let weights = match order.search {
        true => Some(Weights::equal(&order.from)?),
        false => None,
    };
    let exceptions = Exceptions::new(&order.tensors);

    // SAFETY: takes nothing and returns a plain struct.
    let mut parameters = unsafe { sys::llama_model_quantize_default_params() };
    parameters.nthread = i32::from(order.threads);
    parameters.ftype = file_type(order.kind);
    parameters.allow_requantize = true;
    parameters.imatrix = weights.as_ref().map_or(ptr::null(), Weights::as_ptr);
    parameters.tt_overrides = exceptions.as_ptr();
    // SAFETY: both paths end with a zero byte. The lists that `parameters` points to end with an
    // entry without a name, and they, like the paths, live until the call is over; the quantizer
    // keeps none of them. Its C++ exceptions end within the call, which then returns 1.
    let code = unsafe { sys::llama_model_quantize(from.as_ptr(), to.as_ptr(), &parameters) };
    if code == 0 {
        return Ok(());
    }
    let reason = logs::take_last_errors().unwrap_or_else(|| format!("code {code}"));
    Err(Error::Refused { path: order.from.clone(), reason })
}

/// On the disk first, then under its name.
fn keep(part: &Path, to: &Path) -> Result<(), Error> {
    File::open(part)
        .and_then(|file| file.sync_all())
        .and_then(|()| fs::rename(part, to))
        .map_err(|source| Error::Unwritable { path: to.to_owned(), source })
}

fn report(order: &Order) -> Result<Value, Error> {
    let size = |path: &Path| {
        let metadata = fs::metadata(path);
        metadata.map_err(|source| Error::Unreadable { path: path.to_owned(), source })
    };
    Ok(json!({
        "from": name(&order.from), "from_bytes": size(&order.from)?.len(),
        "to": name(&order.to), "to_bytes": size(&order.to)?.len(),
    }))
}

/// Tensors with types of their own, in the shape the quantizer reads.
struct Exceptions {
    entries: Vec<sys::llama_model_tensor_override>,
    /// What the entries point to.
    _names: Vec<CString>,
}

impl Exceptions {
    fn new(tensors: &[(String, Kind)]) -> Exceptions {
        let names: Vec<CString> = tensors
            .iter()
            .map(|(name, _)| CString::new(name.as_str()).expect("the command line checked it"))
            .collect();
        let mut entries: Vec<_> = names.iter().zip(tensors).map(exception).collect();
        entries.push(sys::llama_model_tensor_override {
            pattern: ptr::null(),
            type_: sys::GGML_TYPE_COUNT,
        });
        Exceptions { entries, _names: names }
    }

    fn as_ptr(&self) -> *const sys::llama_model_tensor_override {
        self.entries.as_ptr()
    }
}

fn exception((name, (_, kind)): (&CString, &(String, Kind))) -> sys::llama_model_tensor_override {
    let pattern: *const c_char = name.as_ptr();
    sys::llama_model_tensor_override { pattern, type_: tensor_type(*kind) }
}

fn c_path(path: &Path) -> Result<CString, Error> {
    let text = path.to_str().and_then(|text| CString::new(text).ok());
    text.ok_or_else(|| Error::NoFolder { path: path.to_owned() })
}

fn tensor_type(kind: Kind) -> sys::ggml_type {
    match kind {
        Kind::Q4_0 => sys::GGML_TYPE_Q4_0,
        Kind::Iq4Nl => sys::GGML_TYPE_IQ4_NL,
        Kind::Q4K => sys::GGML_TYPE_Q4_K,
        Kind::Q8_0 => sys::GGML_TYPE_Q8_0,
    }
}

fn file_type(kind: Kind) -> sys::llama_ftype {
    match kind {
        Kind::Q4_0 => sys::LLAMA_FTYPE_MOSTLY_Q4_0,
        Kind::Iq4Nl => sys::LLAMA_FTYPE_MOSTLY_IQ4_NL,
        Kind::Q4K => sys::LLAMA_FTYPE_MOSTLY_Q4_K_S,
        Kind::Q8_0 => sys::LLAMA_FTYPE_MOSTLY_Q8_0,
    }
}
