//! What the desk did lately, in numbers.

use crate::core::Core;
use crate::wire::{ApiError, InsightsCommand, InsightsReply};

impl Core {
    /// Does what staff ask of it.
    pub(crate) fn insights(&self, command: InsightsCommand) -> Result<InsightsReply, ApiError> {
        match command {
            InsightsCommand::State => Ok(InsightsReply::Done),
        }
    }
}
