//! What the desk looks like: name, logo, colours, languages.

use crate::core::Core;
use crate::wire::{ApiError, LookCommand, LookFace, LookReply};

impl Core {
    /// Does what staff ask of it.
    pub(crate) fn look(&self, command: LookCommand) -> Result<LookReply, ApiError> {
        match command {
            LookCommand::State => Ok(LookReply::Done),
        }
    }

    /// What visitors see of it.
    pub(crate) fn look_face(&self) -> Result<LookFace, ApiError> {
        Ok(LookFace::default())
    }
}
