//! Bringing, finding, switching and deleting models.

use crate::core::Core;
use crate::wire::{ApiError, Code, ComputerCommand, ComputerReply};

impl Core {
    /// Imports, finds, switches and deletes models.
    pub(super) fn manage_models(
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
