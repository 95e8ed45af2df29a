//! Who phrases answers: an engine with what was measured of it, replaced while questions are asked.

use std::sync::{Arc, PoisonError, RwLock};

use engine::Engine;
use store::Store;

use crate::speak::pace::Pace;

/// One engine and how fast it reads here.
#[derive(Clone)]
pub(crate) struct Voice {
    pub(crate) engine: Arc<dyn Engine>,
    pub(crate) pace: Arc<Pace>,
}

/// The place that one voice has at a time. Clones are the same place.
#[derive(Clone, Default)]
pub(crate) struct Seat(Arc<RwLock<Option<Voice>>>);

impl Voice {
    pub(crate) fn of(engine: Arc<dyn Engine>, store: &Store) -> Self {
        let pace = Arc::new(Pace::of(engine.model_id(), store));
        Self { engine, pace }
    }
}

impl Seat {
    pub(crate) fn taken(&self) -> Option<Voice> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The voice before is let go of outside the lock: ending its process takes a moment.
    pub(crate) fn give(&self, voice: Option<Voice>) {
        let mut seat = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let before = std::mem::replace(&mut *seat, voice);
        drop(seat);
        drop(before);
    }
}
