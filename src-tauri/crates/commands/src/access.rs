//! Who may leave the visitors' screen: the staff PIN and its recovery code.

use crate::core::Core;
use crate::session::Session;
use crate::wire::{AccessCommand, AccessReply, ApiError, Code, UnlockView};

impl Core {
    /// Does what staff ask of it.
    pub(crate) fn access(&self, command: AccessCommand) -> Result<AccessReply, ApiError> {
        match command {
            AccessCommand::State => Ok(AccessReply::Done),
        }
    }

    /// Whether staff can leave the visitors' screen with a PIN.
    pub fn has_pin(&self) -> Result<bool, ApiError> {
        Ok(false)
    }

    /// Looks at a PIN that was typed on the visitors' screen.
    pub(crate) fn unlock(&self, _session: &Session, _pin: &str) -> Result<UnlockView, ApiError> {
        Err(ApiError {
            code: Code::Unavailable,
            message: "no PIN is set".into(),
            hint: Some("Set one in the staff window.".into()),
        })
    }
}
