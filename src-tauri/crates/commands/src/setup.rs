//! The first run: kits, and how far somebody has come.

use crate::core::Core;
use crate::wire::{ApiError, SetupCommand, SetupReply};

impl Core {
    /// Does what staff ask of it.
    pub(crate) fn setup(&self, command: SetupCommand) -> Result<SetupReply, ApiError> {
        match command {
            SetupCommand::State => Ok(SetupReply::Done),
        }
    }
}
