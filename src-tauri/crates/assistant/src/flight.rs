//! Identical questions in progress share one answer: the work runs on a thread of its own, and
//! everybody who asked hears the same events from the start.
//!
//! Nobody owns the work. Who leaves early gets what there is; when the last one has left, the work
//! is told to stop.

use std::collections::HashMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::answer::{Answer, AnswerEvent};
use crate::cache::Key;
use crate::turn::from_events;

/// How long to wait for news before looking whether the visitor has gone.
const TICK: Duration = Duration::from_millis(20);

/// The work in progress, by question.
#[derive(Clone, Default)]
pub(crate) struct Flights {
    open: Arc<Mutex<HashMap<Key, Arc<Flight>>>>,
}

/// One piece of work.
#[derive(Default)]
pub(crate) struct Flight {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    events: Vec<AnswerEvent>,
    riders: usize,
    end: Option<End>,
}

/// How work ended.
pub(crate) enum End {
    Answered(Box<Answer>),
    /// Too many wait for the model.
    Full {
        waiting: usize,
        retry_seconds: u32,
    },
    /// With an error or a panic: everybody tries alone.
    Lost,
}

/// What a rider gets.
pub(crate) enum Ride {
    /// The whole answer; whether the rider came after the first.
    Arrived(Box<Answer>),
    /// The rider left while others stayed.
    Left(Box<Answer>),
    /// Too many wait for the model.
    Full {
        /// How many.
        waiting: usize,
        /// When there should be a place.
        retry_seconds: u32,
    },
    /// There is none: ask alone.
    Lost,
}

impl Flights {
    /// Joins the work on a question. Who is first gets it to start.
    pub(crate) fn join(&self, key: Key) -> (Arc<Flight>, bool) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(flight) = open.get(&key)
            && flight.board()
        {
            return (flight.clone(), false);
        }
        let flight = Arc::new(Flight::default());
        flight.lock().riders = 1;
        open.insert(key, flight.clone());
        (flight, true)
    }

    /// Runs the work of a flight and ends it, whatever happens.
    pub(crate) fn fly(&self, key: Key, flight: &Arc<Flight>, work: impl FnOnce(&Flight) -> End) {
        let landing = Landing { flights: self, key, flight, end: Some(End::Lost) };
        landing.land(work(flight));
    }
}

/// Ends a flight when it is dropped, by a panic too.
struct Landing<'a> {
    flights: &'a Flights,
    key: Key,
    flight: &'a Arc<Flight>,
    end: Option<End>,
}

impl Landing<'_> {
    fn land(mut self, end: End) {
        self.end = Some(end);
    }
}

impl Drop for Landing<'_> {
    fn drop(&mut self) {
        let mut open = self.flights.open.lock().unwrap_or_else(PoisonError::into_inner);
        if open.get(&self.key).is_some_and(|flight| Arc::ptr_eq(flight, self.flight)) {
            open.remove(&self.key);
        }
        self.flight.lock().end = self.end.take();
        self.flight.changed.notify_all();
    }
}

impl Flight {
    /// Tells everybody what happened.
    pub(crate) fn tell(&self, event: AnswerEvent) {
        self.lock().events.push(event);
        self.changed.notify_all();
    }

    /// Whether nobody waits any more.
    pub(crate) fn is_empty(&self) -> bool {
        self.lock().riders == 0
    }

    /// Hears every event from the start, until the end or until `stop` says yes.
    pub(crate) fn ride(&self, stop: &dyn Fn() -> bool, tell: &mut dyn FnMut(AnswerEvent)) -> Ride {
        let mut heard = 0;
        let mut left = false;
        loop {
            let mut state = self.lock();
            if state.events.len() == heard && state.end.is_none() {
                let waited = self.changed.wait_timeout(state, TICK);
                state = waited.unwrap_or_else(PoisonError::into_inner).0;
            }
            let news: Vec<AnswerEvent> = state.events[heard..].to_vec();
            heard += news.len();
            if let Some(end) = &state.end {
                let ride = match end {
                    End::Answered(answer) => Ride::Arrived(answer.clone()),
                    End::Full { waiting, retry_seconds } => {
                        Ride::Full { waiting: *waiting, retry_seconds: *retry_seconds }
                    }
                    End::Lost => Ride::Lost,
                };
                drop(state);
                news.into_iter().for_each(tell);
                return ride;
            }
            if !left && stop() {
                left = true;
                state.riders -= 1;
                if state.riders > 0 {
                    return Ride::Left(Box::new(from_events(&state.events)));
                }
                // The last to leave waits the moment until the work has stopped.
            }
            drop(state);
            news.into_iter().for_each(&mut *tell);
        }
    }

    /// One more rider, unless the work is over or being stopped.
    fn board(&self) -> bool {
        let mut state = self.lock();
        let open = state.end.is_none() && state.riders > 0;
        state.riders += usize::from(open);
        open
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // Nothing is half done while it is locked.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
