//! What is kept of people, for how long, and how it goes: what staff do about it, and what becomes
//! of a visit when it ends.

mod export;
mod keeper;
mod schedule;

use settings::{Privacy, Settings};
use store::{Due, Erased, Erasure};

use crate::core::{Core, unix_seconds};
use crate::session::Session;
use crate::wire::{
    ApiError, Code, ErasedView, PrivacyCommand, PrivacyReply, PrivacyTimes, PrivacyView,
};

pub(crate) use keeper::Keeper;

/// The caller that the visitors' screen is.
const KIOSK: &str = "kiosk";

impl Core {
    /// Does what staff ask of it.
    pub(crate) fn privacy(&self, command: PrivacyCommand) -> Result<PrivacyReply, ApiError> {
        match command {
            PrivacyCommand::State => Ok(PrivacyReply::Privacy(self.privacy_state()?)),
            PrivacyCommand::Change(times) => {
                self.change_privacy(times)?;
                Ok(PrivacyReply::Privacy(self.privacy_state()?))
            }
            PrivacyCommand::WouldErase(times) => {
                Ok(PrivacyReply::WouldErase(self.would_erase(times)?))
            }
            PrivacyCommand::EraseNow { tickets, gaps } => {
                Ok(PrivacyReply::Erased(self.erase_now(tickets, gaps)?))
            }
            PrivacyCommand::ExportAll { folder } => self.export_all(&folder),
        }
    }

    /// A visitor's screen is noted before a word of it is kept: its words have a time of their own.
    pub(crate) fn note_kiosk(&self, session: &Session, conversation: &str) -> Result<(), ApiError> {
        if session.client == KIOSK {
            self.store.note_kiosk(conversation, unix_seconds())?;
        }
        Ok(())
    }

    /// A visitor who left while an answer was made leaves nothing of it behind.
    pub(crate) fn forget_if_left(
        &self,
        session: &Session,
        conversation: &str,
    ) -> Result<(), ApiError> {
        if session.client == KIOSK && !self.store.is_on_kiosk(conversation)? {
            self.leave(conversation)?;
        }
        Ok(())
    }

    /// The visitor has gone. Nobody finds the visit by its number any more.
    pub(crate) fn leave(&self, conversation: &str) -> Result<(), ApiError> {
        let keeps = self.settings().privacy.kiosk_hours > 0;
        if self.store.leave_conversation(conversation, keeps, unix_seconds())? {
            self.keeper.empty_journal();
        }
        Ok(())
    }

    fn privacy_state(&self) -> Result<PrivacyView, ApiError> {
        let kept = self.store.kept_texts()?;
        let looks = keeper::Looks::of(&self.store)?;
        let databases = self.orders.sources().into_iter();
        let databases = databases.filter(|source| ["postgres", "mysql"].contains(&source.kind));
        let count = |number: i64| u32::try_from(number).unwrap_or(u32::MAX);
        Ok(PrivacyView {
            times: times(self.settings().privacy),
            folder: self.store.folder().display().to_string(),
            kiosk_conversations: count(kept.kiosk_conversations),
            conversations: count(kept.conversations),
            questions: count(kept.questions),
            oldest_at: kept.oldest_at,
            tickets: count(kept.tickets),
            gaps: count(kept.gaps),
            numbers: count(kept.numbers),
            looked_at: looks.last_at,
            waits_for_clock: looks.waits,
            downloads: self.downloads.asked_for(),
            databases: databases.map(|source| source.place).collect(),
        })
    }

    fn would_erase(&self, times: PrivacyTimes) -> Result<ErasedView, ApiError> {
        let privacy = checked(times)?;
        let due = schedule::due(privacy, unix_seconds(), schedule::Clock::Sane, false);
        Ok(erased_view(self.store.count_due(due)?))
    }

    fn change_privacy(&self, times: PrivacyTimes) -> Result<(), ApiError> {
        let privacy = checked(times)?;
        self.change_settings(|settings| settings.privacy = privacy)?;
        self.keeper.look();
        Ok(())
    }

    fn erase_now(&self, tickets: bool, gaps: bool) -> Result<ErasedView, ApiError> {
        // Wishes first: nobody waits in a conversation any more whose wish is erased.
        let due = Due { tickets_until: tickets.then_some(i64::MAX), ..Due::default() };
        let wishes = self.store.erase_due(due, unix_seconds())?.tickets;
        let gaps = if gaps { self.store.erase_gaps()? } else { 0 };
        let erased = self.erase_conversations(Erasure::default())?;
        Ok(erased_view(Erased { tickets: wishes, gaps, ..erased }))
    }

    /// Erases what staff chose, in whichever page: words go, numbers stay, and no file holds the
    /// words any more.
    pub(crate) fn erase_conversations(&self, erasure: Erasure) -> Result<Erased, ApiError> {
        let erased = self.store.erase_conversations(erasure, unix_seconds())?;
        // An answer that a model phrased may repeat what somebody said.
        self.store.forget_cached_answers()?;
        if !self.store.empty_journal()? {
            return Err(ApiError {
                code: Code::Busy,
                message: "the words are erased, but the journal was in use".into(),
                hint: Some("It is emptied by itself within ten minutes; or try again.".into()),
            });
        }
        Ok(erased)
    }

    fn export_all(&self, folder: &str) -> Result<PrivacyReply, ApiError> {
        let folder = std::path::Path::new(folder.trim());
        if !folder.is_absolute() || !folder.is_dir() {
            return Err(ApiError {
                code: Code::NotFound,
                message: format!("there is no folder {:?}", folder.display().to_string()),
                hint: Some("Write the whole path of a folder that is there.".into()),
            });
        }
        let name = self.settings().profile.name;
        let written = export::write(&self.store, &name, folder, unix_seconds());
        written.map_err(|error| match error {
            export::ExportError::Store(error) => error.into(),
            export::ExportError::Write { path, source } => ApiError {
                code: Code::BadFile,
                message: format!("{}: {source}", path.display()),
                hint: Some("Choose a folder that you may write to and that has room.".into()),
            },
        })
    }
}

/// The settings that such times are, if they may be.
fn checked(times: PrivacyTimes) -> Result<Privacy, ApiError> {
    let pairs = [
        ("privacy.kiosk_hours", times.kiosk_hours),
        ("privacy.conversation_days", times.conversation_days),
        ("privacy.ticket_days", times.ticket_days),
    ];
    let mut tried = Settings::default();
    for (key, value) in pairs {
        tried.set(key, &value.to_string())?;
    }
    Ok(tried.privacy)
}

fn erased_view(erased: Erased) -> ErasedView {
    let count = |number: i64| u32::try_from(number).unwrap_or(u32::MAX);
    ErasedView {
        conversations: count(erased.conversations),
        tickets: count(erased.tickets),
        gaps: count(erased.gaps),
        waiting: count(erased.waiting),
    }
}

fn times(privacy: Privacy) -> PrivacyTimes {
    PrivacyTimes {
        kiosk_hours: privacy.kiosk_hours,
        conversation_days: privacy.conversation_days,
        ticket_days: privacy.ticket_days,
    }
}
