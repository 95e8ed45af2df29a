//! Another chat model, while questions are asked: it is started and speaks before the one at work
//! is let go, and a model that does not run changes nothing.

use std::sync::{Arc, MutexGuard, TryLockError};
use std::time::{Duration, Instant};

use catalog::{Entry, Located, Purpose};

use super::trial;
use crate::core::Core;
use crate::engines::Chat;
use crate::shelf::Model;
use crate::wire::{ApiError, Code};

/// Of the memory that is free, so much may be taken; the rest is for what else people do.
const SHARE_PERCENT: u64 = 80;

/// How long the turns under way have when the one at work must go first.
const LAST_TURNS: Duration = Duration::from_secs(120);

const TICK: Duration = Duration::from_millis(20);

/// Whether a second model has room beside the one at work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Room {
    /// Both at once: nobody notices.
    Both,
    /// The one at work must go first; the desk quotes meanwhile.
    One,
    /// Not even alone.
    Neither,
}

impl Core {
    /// Lets a model phrase the answers from the next question on, and remembers the choice.
    ///
    /// Fails when its file is not the right one, when it does not fit, and when it does not run;
    /// then everything stays as it was.
    pub(super) fn use_model(&self, id: &str) -> Result<(), ApiError> {
        let _one_at_a_time = self.begin_change()?;
        // The bytes count as they are now, not as they were when the desk was opened.
        self.shelf.look();
        let model = self.shelf.find(id).ok_or_else(|| no_such_model(id))?;
        let next = self.startable(&model)?;
        let at_work = self.chat.taken();
        let before = at_work.as_ref().map(|chat| chat.id().to_owned());
        if at_work.as_ref().is_none_or(|chat| chat.exam_key != next.exam_key) {
            self.change_to(&model.entry, next, at_work)?;
        }
        let before = before.filter(|before| before != id);
        self.change_settings(|settings| {
            id.clone_into(&mut settings.chat_model);
            if let Some(before) = before {
                settings.chat_model_before = before;
            }
        })?;
        tracing::info!(id, "another chat model is in use");
        self.warm_up_if_it_may_speak();
        Ok(())
    }

    /// What staff should know before they let this model phrase the answers: whether visitors would
    /// notice the change. `None` where they would not.
    pub fn note_on_change(&self, id: &str) -> Option<String> {
        let entry = self.shelf.find(id)?.entry;
        let at_work = self.chat.taken().filter(|chat| chat.id() != id)?;
        match self.room_for(entry.memory_bytes(), Some(&at_work)) {
            Room::One => Some(format!(
                "There is no room for {} beside the model in use: that one is ended first, and \
                 until the new one is loaded the desk quotes its documents.",
                entry.name
            )),
            Room::Both | Room::Neither => None,
        }
    }

    /// Goes back to the chat model before.
    pub(super) fn roll_back_model(&self) -> Result<(), ApiError> {
        let before = self.settings().chat_model_before;
        if before.is_empty() {
            return Err(ApiError {
                code: Code::NotFound,
                message: "there is no chat model to go back to".into(),
                hint: Some("Choose one from the list of models.".into()),
            });
        }
        self.use_model(&before)
    }

    /// What is wrong with the chat model that staff chose, where the desk does without it.
    pub(crate) fn problems_with_the_choice(&self, models: &[Model]) -> Vec<ApiError> {
        let chosen = self.settings().chat_model;
        let is_known = models.iter().any(|model| model.entry.id == chosen);
        if chosen.is_empty() || is_known || !self.maker.has_choice() {
            return Vec::new();
        }
        vec![ApiError {
            code: Code::NotFound,
            message: format!("the model {chosen}, which staff chose, is not on this computer"),
            hint: Some("Import it again, or choose another model.".into()),
        }]
    }

    /// Refuses a model that would not fit even if no other ran.
    pub(super) fn must_fit_alone(&self, entry: &Entry) -> Result<(), ApiError> {
        match self.room_for(entry.memory_bytes(), self.chat.taken().as_ref()) {
            Room::Both | Room::One => Ok(()),
            Room::Neither => Err(does_not_fit(entry, self.free_memory_bytes())),
        }
    }

    pub(super) fn begin_change(&self) -> Result<MutexGuard<'_, ()>, ApiError> {
        match self.changing.try_lock() {
            Ok(guard) => Ok(guard),
            Err(TryLockError::Poisoned(poisoned)) => Ok(poisoned.into_inner()),
            Err(TryLockError::WouldBlock) => Err(ApiError {
                code: Code::Busy,
                message: "the chat model is being changed already".into(),
                hint: Some("Wait until that is done.".into()),
            }),
        }
    }

    /// An engine for this model, not yet started.
    fn startable(&self, model: &Model) -> Result<Chat, ApiError> {
        let id = &model.entry.id;
        if model.entry.purpose != Purpose::Chat {
            return Err(ApiError {
                code: Code::Invalid,
                message: format!("the model {id} finds passages and writes no answers"),
                hint: Some("Choose a model that writes; this one is used by itself.".into()),
            });
        }
        match &model.located {
            Located::Ready { .. } => model.chat(&self.maker).ok_or_else(|| no_such_model(id)),
            Located::Missing => Err(ApiError {
                code: Code::NotFound,
                message: format!("the model {id} is not on this computer"),
                hint: Some("Download it, or import its file.".into()),
            }),
            Located::Damaged { reason } => Err(ApiError {
                code: Code::ModelRefused,
                message: format!("the model {id} is refused: {reason}"),
                hint: Some("Delete it and bring it again. Nothing was changed.".into()),
            }),
        }
    }

    fn change_to(&self, entry: &Entry, next: Chat, before: Option<Chat>) -> Result<(), ApiError> {
        let refused = |error| trial::refused(entry, &error);
        match self.room_for(next.memory_bytes, before.as_ref()) {
            Room::Both => {
                drop(before);
                trial::speaks(&next).map_err(refused)?;
                // Turns under way hold on to the old one and end with it.
                drop(self.seat(Some(next)));
                Ok(())
            }
            Room::One => {
                let back = before.as_ref().map(|chat| chat.id().to_owned());
                tracing::info!(id = entry.id, "no room for two models; the desk quotes meanwhile");
                drop(before);
                self.unseat();
                let spoke = trial::speaks(&next).map_err(refused);
                let seated = match spoke {
                    Ok(()) => Some(next),
                    Err(_) => {
                        drop(next);
                        let old = back.and_then(|id| self.shelf.find(&id));
                        old.and_then(|model| model.chat(&self.maker))
                    }
                };
                drop(self.seat(seated));
                spoke
            }
            Room::Neither => Err(does_not_fit(entry, self.free_memory_bytes())),
        }
    }

    /// Nobody phrases answers until another is seated. Waits for the process to end, so that its
    /// memory is free.
    fn unseat(&self) {
        let Some(before) = self.seat(None) else { return };
        let engine = Arc::downgrade(&before.engine);
        drop(before);
        let deadline = Instant::now() + LAST_TURNS;
        while engine.strong_count() > 0 && Instant::now() < deadline {
            std::thread::sleep(TICK);
        }
    }

    fn room_for(&self, needed_bytes: u64, at_work: Option<&Chat>) -> Room {
        let runs = at_work.filter(|chat| chat.runs());
        room(self.free_memory_bytes(), needed_bytes, runs.map_or(0, |chat| chat.memory_bytes))
    }

    /// Memory that is free now; 0 where the system does not say.
    pub(in crate::computer) fn free_memory_bytes(&self) -> u64 {
        self.machine_now().memory_free_bytes
    }
}

/// `at_work_bytes` is what ending the model at work would free.
fn room(free_bytes: u64, needed_bytes: u64, at_work_bytes: u64) -> Room {
    let share = |bytes: u64| bytes / 100 * SHARE_PERCENT;
    if free_bytes == 0 || needed_bytes <= share(free_bytes) {
        Room::Both
    } else if needed_bytes <= share(free_bytes.saturating_add(at_work_bytes)) {
        Room::One
    } else {
        Room::Neither
    }
}

fn no_such_model(id: &str) -> ApiError {
    ApiError {
        code: Code::NotFound,
        message: format!("there is no model {id:?}"),
        hint: Some("Look at the list of models; a file must be imported first.".into()),
    }
}

fn does_not_fit(entry: &Entry, free_bytes: u64) -> ApiError {
    let megabytes = |bytes: u64| bytes.div_ceil(1 << 20);
    ApiError {
        code: Code::ModelRefused,
        message: format!(
            "the model {} needs {} MB of memory, and {} MB are free",
            entry.name,
            megabytes(entry.memory_bytes()),
            megabytes(free_bytes)
        ),
        hint: Some("Close other programs, or choose a smaller model. Nothing was changed.".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(free: u64, needed: u64, at_work: u64, expected: Room) {
        let gb = |n: u64| n * 100_000_000;
        assert_eq!(room(gb(free), gb(needed), gb(at_work)), expected, "{free} {needed} {at_work}");
    }

    #[test]
    fn a_second_model_is_started_only_where_both_fit() {
        check(100, 80, 0, Room::Both);
        check(100, 81, 0, Room::Neither);
        check(100, 81, 2, Room::One);
        check(100, 160, 100, Room::One);
        check(100, 161, 100, Room::Neither);
        check(0, 1_000, 0, Room::Both);
    }
}
