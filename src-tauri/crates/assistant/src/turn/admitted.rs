//! A text is written when the engine has a place for it; until then its asker hears how many come
//! first, and gets the quote once the text would come too late.

use engine::Health;

use super::{Assistant, Setting};
use crate::AssistantError;
use crate::answer::AnswerEvent;
use crate::room::{Entry, Slot};
use crate::voice::Voice;

/// What may be done about a text.
pub(super) enum Admitted {
    /// Have it written.
    Write(Slot),
    /// It would come too late.
    TooLate,
    /// Nobody waits for it any more.
    Left,
}

impl Assistant {
    /// Texts that the engine is asked for at this moment, with those that wait for it.
    pub(super) fn texts_asked_for(&self, voice: &Voice) -> usize {
        let fullness = self.room.fullness();
        texts_under_way(voice.engine.health()).max(fullness.taken + fullness.waiting)
    }

    /// Waits for a place at the engine.
    ///
    /// Fails where as many wait as may. Nobody is told so for a turn that no visitor asked: that one
    /// does without the model.
    pub(super) fn admit(
        &self,
        voice: &Voice,
        asked_for: usize,
        setting: &Setting<'_>,
        tell: &mut dyn FnMut(AnswerEvent),
    ) -> Result<Admitted, AssistantError> {
        let (pace, slots) = (&voice.pace, voice.engine.slots());
        if pace.would_be_late(asked_for, slots, std::time::Duration::ZERO) {
            return Ok(Admitted::TooLate);
        }
        let mut told = None;
        let mut has_left = false;
        let entry = self.room.enter(setting.party, slots, &mut |place| {
            if (setting.stop)() {
                has_left = true;
                return false;
            }
            if pace.would_be_late(place.before, slots, place.waited) {
                return false;
            }
            if told != Some(place.ahead) {
                told = Some(place.ahead);
                tell(AnswerEvent::Waiting(place.ahead));
            }
            true
        });
        match entry {
            Entry::Slot(slot) => Ok(Admitted::Write(slot)),
            Entry::Gone if has_left => Ok(Admitted::Left),
            Entry::Gone => Ok(Admitted::TooLate),
            Entry::Full { .. } if setting.party.is_empty() => Ok(Admitted::TooLate),
            Entry::Full { waiting, retry_seconds } => {
                Err(AssistantError::Full { waiting, retry_seconds })
            }
        }
    }
}

/// Texts that an engine is asked for at this moment.
pub(super) fn texts_under_way(health: Health) -> usize {
    match health {
        // One of them is the one that is not waited for.
        Health::Busy { waiting } => waiting + 1,
        Health::Ready | Health::Idle | Health::Warming | Health::Failed { .. } => 0,
    }
}
