//! This computer, its tier, and every model with what it would be like here.

use crate::core::Core;
use crate::wire::{ApiError, Code, ComputerReply};

impl Core {
    /// The whole picture.
    pub(super) fn overview(&self) -> Result<ComputerReply, ApiError> {
        Err(ApiError {
            code: Code::Unavailable,
            message: "this part is not built".into(),
            hint: None,
        })
    }
}
