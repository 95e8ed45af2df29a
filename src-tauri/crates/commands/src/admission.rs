//! How busy the desk is, who gets a place at its model, and whether others should send people here.

use std::sync::PoisonError;
use std::time::{Duration, Instant};

use assistant::room::{Entry, Slot};
use engine::Health;

use crate::core::Core;
use crate::errors;
use crate::wire::{ApiError, Code};
use crate::{Figures, Fullness};

/// How full the desk is and what it did since the start; no words, no names.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Load {
    /// Slots and those who wait for one.
    pub fullness: Fullness,
    /// Questions under way, those that need no model included.
    pub questions: usize,
    /// What was counted.
    pub figures: Figures,
    /// Version of the knowledge.
    pub knowledge_version: i64,
    /// Why the desk takes nobody in, if it does not.
    pub not_ready: Option<NotReady>,
}

/// Why a desk should get no visitors now. Being busy is no reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotReady {
    /// A model is being loaded, or the sample shop is being read.
    Loading,
    /// What finds passages does not work.
    NoSearch,
    /// The knowledge is older than it has to be.
    OldKnowledge {
        /// The version that is here.
        has: i64,
        /// The version that is wanted.
        wants: i64,
    },
}

/// The right to have one text written outside a turn; given back when dropped.
pub struct TextSlot {
    _slot: Slot,
}

impl Core {
    /// How many may wait for the model, from now on.
    pub fn hold_waiting(&self, most: usize) {
        self.assistant.room().hold(most);
    }

    /// After so many seconds somebody who was refused should find a place.
    pub fn retry_seconds(&self) -> u32 {
        self.assistant.room().retry_seconds()
    }

    /// Whether somebody still gets an answer or a text.
    pub fn is_answering(&self) -> bool {
        let fullness = self.assistant.room().fullness();
        self.questions() + fullness.taken + fullness.waiting > 0
    }

    /// How full the desk is, and what was counted.
    pub fn load(&self) -> Load {
        Load {
            fullness: self.assistant.room().fullness(),
            questions: self.questions(),
            figures: self.assistant.meter().figures(),
            knowledge_version: self.knowledge.version(),
            not_ready: self.not_ready(0),
        }
    }

    fn questions(&self) -> usize {
        self.under_way.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// Why visitors should be sent to another desk; `None` where they are welcome.
    ///
    /// A model that failed is no reason: approved answers and documents answer without it, and all
    /// copies of a desk may have the same fault.
    pub fn not_ready(&self, wanted_version: i64) -> Option<NotReady> {
        if self.is_preparing() {
            return Some(NotReady::Loading);
        }
        match self.finder().map(|finder| finder.embedder.health()) {
            Some(Health::Ready | Health::Busy { .. }) => {}
            Some(Health::Warming | Health::Idle) => return Some(NotReady::Loading),
            Some(Health::Failed { .. }) | None => return Some(NotReady::NoSearch),
        }
        let voice = self.voice().filter(|_| self.may_generate());
        if let Some(Health::Warming | Health::Idle) = voice.map(|engine| engine.health()) {
            return Some(NotReady::Loading);
        }
        let has = self.knowledge.version();
        (has < wanted_version).then_some(NotReady::OldKnowledge { has, wants: wanted_version })
    }

    /// Waits for a place at the model for a text that is no turn, in the same line as the visitors'
    /// questions. `stay` hears how many come first, and ends the waiting with `false`.
    ///
    /// Fails with [`Code::Busy`] where as many wait as may and after `patience`, with
    /// [`Code::Cancelled`] where `stay` says no.
    pub fn text_slot(
        &self,
        party: &str,
        patience: Duration,
        stay: &mut dyn FnMut(u32) -> bool,
    ) -> Result<TextSlot, ApiError> {
        let slots = self.voice().map_or(1, |engine| engine.slots());
        let began = Instant::now();
        let mut is_late = false;
        let entry = self.assistant.room().enter(party, slots, &mut |place| {
            is_late = began.elapsed() >= patience;
            !is_late && stay(place.ahead as u32)
        });
        match entry {
            Entry::Slot(slot) => Ok(TextSlot { _slot: slot }),
            Entry::Full { waiting, .. } => Err(self.too_many(waiting)),
            Entry::Gone if is_late => Err(self.too_many(self.load().fullness.waiting)),
            Entry::Gone => Err(ApiError {
                code: Code::Cancelled,
                message: "nobody waits for this text any more".into(),
                hint: None,
            }),
        }
    }

    /// Where somebody has to come again, with the time after which it makes sense.
    pub(crate) fn too_many(&self, questions: usize) -> ApiError {
        let again = errors::seconds(self.retry_seconds());
        ApiError {
            code: Code::Busy,
            message: format!("{questions} questions are already being answered here"),
            hint: Some(format!("Wait for an answer, or ask again in {again}.")),
        }
    }
}
