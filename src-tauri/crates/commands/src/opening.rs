//! The check before the doors open: done once a day by itself, and whenever staff ask.

mod checks;
mod daily;

use store::TalkState;

use crate::core::{Core, unix_seconds};
use crate::errors;
use crate::wire::{ApiError, CheckState, CheckView, OpeningCommand, OpeningReply, OpeningView};

pub(crate) use daily::{Daily, is_due};

/// Where the last check is kept.
const LAST: &str = "opening_check";
/// Tickets that are looked through for people who wait.
const MOST_TICKETS: usize = 1_000;

impl Core {
    /// Does what staff ask of it.
    pub(crate) fn opening(&self, command: OpeningCommand) -> Result<OpeningReply, ApiError> {
        match command {
            OpeningCommand::State => Ok(OpeningReply::Opening(self.opening_state()?)),
            OpeningCommand::Run => {
                self.check_before_opening()?;
                Ok(OpeningReply::Opening(self.opening_state()?))
            }
        }
    }

    /// Looks at everything and keeps what was found.
    pub(crate) fn check_before_opening(&self) -> Result<CheckView, ApiError> {
        let rows = self.opening_rows()?;
        let state = rows.iter().map(|row| row.state).max().unwrap_or(CheckState::Good);
        let check = CheckView { state, at: unix_seconds(), rows };
        let text = serde_json::to_string(&check).map_err(|error| errors::internal(&error))?;
        self.store.meta_set(LAST, &text)?;
        Ok(check)
    }

    /// The last check; one that an older program wrote in other words counts as none.
    pub(crate) fn last_check(&self) -> Result<Option<CheckView>, ApiError> {
        let text = self.store.meta_get(LAST)?;
        Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
    }

    /// People who wait for a person.
    pub(crate) fn count_waiting(&self) -> Result<u32, ApiError> {
        let tickets = self.store.tickets(true, MOST_TICKETS)?;
        let waits = tickets.iter().filter(|ticket| ticket.state == TalkState::Requested);
        Ok(waits.count() as u32)
    }

    fn opening_state(&self) -> Result<OpeningView, ApiError> {
        let check = self.last_check()?;
        let now = unix_seconds();
        let age_s = check.as_ref().map_or(0, |check| now.saturating_sub(check.at).max(0));
        let questions = self.store.count_turns_since(daily::midnight(now))?;
        Ok(OpeningView {
            check,
            age_s,
            questions_today: u32::try_from(questions).unwrap_or(u32::MAX),
            open_gaps: self.open_gaps()?.len() as u32,
            waiting: self.count_waiting()?,
        })
    }
}
