//! "Measure this computer".

use crate::core::Core;
use crate::wire::{ApiError, Code, SpeedView};

impl Core {
    /// Measures a chat model, keeps the figures and tells them.
    pub(super) fn measure(&self, _id: Option<String>) -> Result<SpeedView, ApiError> {
        Err(ApiError {
            code: Code::Unavailable,
            message: "this part is not built".into(),
            hint: None,
        })
    }
}
