//! The visitors' screen as staff set it up, and what keeps it locked.

use settings::Settings;

use crate::core::Core;
use crate::wire::{ApiError, KioskCommand, KioskFace, KioskReply};

impl Core {
    /// Does what staff ask of it.
    pub(crate) fn kiosk(&self, command: KioskCommand) -> Result<KioskReply, ApiError> {
        match command {
            KioskCommand::State => Ok(KioskReply::Done),
        }
    }

    /// What the visitors' screen is told.
    pub(crate) fn kiosk_face(&self, _settings: &Settings) -> Result<KioskFace, ApiError> {
        Ok(KioskFace {
            idle_s: 60,
            warning_s: 15,
            topics: Vec::new(),
            languages: vec!["en".into(), "ar".into()],
            low_reach: false,
            speech: true,
            take_along: true,
            keyboard: true,
            demo: false,
            has_pin: self.has_pin()?,
        })
    }
}
