//! Downloads of models.

use crate::core::Core;
use crate::wire::{ApiError, Code, ComputerCommand, ComputerReply};

impl Core {
    /// Offers, starts, stops and lists downloads.
    pub(super) fn manage_downloads(
        &self,
        _command: ComputerCommand,
    ) -> Result<ComputerReply, ApiError> {
        Err(ApiError {
            code: Code::Unavailable,
            message: "this part is not built".into(),
            hint: None,
        })
    }
}
