//! The check before the doors open.

use crate::core::Core;
use crate::wire::{ApiError, OpeningCommand, OpeningReply};

impl Core {
    /// Does what staff ask of it.
    pub(crate) fn opening(&self, command: OpeningCommand) -> Result<OpeningReply, ApiError> {
        match command {
            OpeningCommand::State => Ok(OpeningReply::Done),
        }
    }
}
