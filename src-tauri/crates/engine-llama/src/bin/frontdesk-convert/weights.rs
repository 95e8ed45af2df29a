//! Equal weights for all columns of all matrices.
//!
//! Without weights llama.cpp's simple types take the scale from the largest number of a block;
//! with them it searches the scale with the smallest weighted error. Weights that are all one
//! keep the search and need no text to be measured on.

use std::ffi::{CStr, CString};
use std::path::Path;
use std::ptr;

use llama_cpp_sys_2 as sys;

use crate::error::Error;

/// A weight for each column of each matrix, in the shape the quantizer reads.
pub(crate) struct Weights {
    entries: Vec<sys::llama_model_imatrix_data>,
    /// What the entries point to.
    _names: Vec<CString>,
    _ones: Vec<f32>,
}

impl Weights {
    /// Weights of one for the matrices of a file.
    ///
    /// Fails if llama.cpp cannot read its header.
    pub(crate) fn equal(path: &Path) -> Result<Weights, Error> {
        let matrices = list_matrices(path)?;
        let longest = matrices.iter().map(|(_, columns)| *columns).max().unwrap_or(0);
        let ones = vec![1.0; longest];
        let mut entries: Vec<_> = matrices
            .iter()
            .map(|(name, columns)| sys::llama_model_imatrix_data {
                name: name.as_ptr(),
                data: ones.as_ptr(),
                size: *columns,
            })
            .collect();
        entries.push(sys::llama_model_imatrix_data {
            name: ptr::null(),
            data: ptr::null(),
            size: 0,
        });
        let names = matrices.into_iter().map(|(name, _)| name).collect();
        Ok(Weights { entries, _names: names, _ones: ones })
    }

    /// The first entry; the last one has no name.
    pub(crate) fn as_ptr(&self) -> *const sys::llama_model_imatrix_data {
        self.entries.as_ptr()
    }
}

/// Name and weights of each tensor that has more than one row.
#[expect(unsafe_code, reason = "our binding does not tell the shapes of a file's tensors")]
fn list_matrices(path: &Path) -> Result<Vec<(CString, usize)>, Error> {
    let refused = |reason: &str| Error::Refused { path: path.to_owned(), reason: reason.into() };
    let name = path.to_str().and_then(|text| CString::new(text).ok());
    let name = name.ok_or_else(|| refused("its name is not Unicode"))?;
    let mut tensors: *mut sys::ggml_context = ptr::null_mut();
    let parameters = sys::gguf_init_params { no_alloc: true, ctx: &mut tensors };
    // SAFETY: the name ends with a zero byte and `tensors` outlives the call, which leaves there
    // null or a list of tensors that is ours to free.
    let header = unsafe { sys::gguf_init_from_file(name.as_ptr(), parameters) };
    if header.is_null() || tensors.is_null() {
        return Err(refused("its header cannot be read"));
    }
    let mut matrices = Vec::new();
    // SAFETY: `tensors` is the list from above, not freed before the loop is over. Each tensor is
    // one of its own, and names end with a zero byte within the tensor.
    unsafe {
        let mut tensor = sys::ggml_get_first_tensor(tensors);
        while !tensor.is_null() {
            let [columns, rows, layers, _] = (*tensor).ne;
            if rows > 1 {
                let name = CStr::from_ptr((*tensor).name.as_ptr()).to_owned();
                matrices.push((name, usize::try_from(columns * layers).unwrap_or(0)));
            }
            tensor = sys::ggml_get_next_tensor(tensors, tensor);
        }
        sys::gguf_free(header);
        sys::ggml_free(tensors);
    }
    Ok(matrices)
}
