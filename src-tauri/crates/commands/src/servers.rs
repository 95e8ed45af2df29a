//! Servers that may phrase answers instead of this computer.

use crate::core::Core;
use crate::wire::{
    ApiError, Code, EnginesCommand, EnginesReply, EnginesView, LocalPlace,
};

impl Core {
    /// Does what staff ask of them.
    pub(crate) fn servers(&self, command: EnginesCommand) -> Result<EnginesReply, ApiError> {
        match command {
            EnginesCommand::State => Ok(EnginesReply::State(EnginesView {
                engines: Vec::new(),
                local: LocalPlace::First,
                local_may_speak: self.may_generate(),
                has_keychain: false,
                next: None,
            })),
            _ => Err(ApiError {
                code: Code::Unavailable,
                message: "servers cannot be set up".into(),
                hint: None,
            }),
        }
    }
}
