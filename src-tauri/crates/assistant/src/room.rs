//! Who may have a text written now, who waits, and who is told to come again.
//!
//! An engine writes a few texts at the same time: its slots. Beyond them a bounded room of people
//! waits, in a line in which each party stands once: whoever asks several things at once gets the
//! next one only after the others who wait. Everything that needs no model passes by.

use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// People who may wait, unless the desk is told otherwise.
pub const USUAL_ROOM: usize = 32;

/// More would wait for minutes.
pub const LARGEST_ROOM: usize = 512;

/// How long somebody waits before it is looked whether they have gone.
const TICK: Duration = Duration::from_millis(100);

/// How much the newest text counts in how long a text takes.
const NEWEST: f32 = 0.2;

/// What a text is taken for until one was written.
const USUAL_SECONDS: f32 = 2.0;

/// Nobody is asked to come again later than this.
const LONGEST_RETRY_SECONDS: f32 = 120.0;

/// The slots of a desk and those who wait for one. Clones are the same room.
#[derive(Clone)]
pub struct Room(Arc<Inner>);

struct Inner {
    state: Mutex<State>,
    changed: Condvar,
}

struct State {
    /// How many may wait.
    most: usize,
    slots: usize,
    taken: usize,
    /// The first question of each party, in the order in which they are served.
    line: VecDeque<Ticket>,
    /// Further questions of those parties. One moves to the end of the line when its party's turn
    /// was or is given up.
    behind: Vec<Ticket>,
    /// Tickets that have a slot and do not know it yet.
    called: Vec<u64>,
    last: u64,
    /// Seconds that a text takes.
    seconds: Option<f32>,
    turned_away: u64,
}

struct Ticket {
    number: u64,
    party: String,
}

/// What came of the wish for a slot.
pub enum Entry {
    /// Write: the slot is free again when this is dropped.
    Slot(Slot),
    /// As many wait as may.
    Full {
        /// How many.
        waiting: usize,
        /// After so many seconds there should be a place.
        retry_seconds: u32,
    },
    /// The one who waited would not wait any longer.
    Gone,
}

/// Where somebody stands who waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// So many of those who wait come first.
    pub ahead: usize,
    /// Texts being written or to be written before.
    pub before: usize,
    /// Since they came.
    pub waited: Duration,
}

/// How full a room is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fullness {
    /// Texts that can be written at the same time.
    pub slots: usize,
    /// Texts being written.
    pub taken: usize,
    /// People who wait.
    pub waiting: usize,
    /// People who may wait.
    pub most_waiting: usize,
    /// People who were told to come again since the start.
    pub turned_away: u64,
}

impl Default for Room {
    fn default() -> Self {
        let state = State {
            most: USUAL_ROOM,
            slots: engine::USUAL_SLOTS,
            taken: 0,
            line: VecDeque::new(),
            behind: Vec::new(),
            called: Vec::new(),
            last: 0,
            seconds: None,
            turned_away: 0,
        };
        Self(Arc::new(Inner { state: Mutex::new(state), changed: Condvar::new() }))
    }
}

impl Room {
    /// How many may wait from now on. Those who wait already stay.
    pub fn hold(&self, most: usize) {
        self.0.lock().most = most.min(LARGEST_ROOM);
    }

    /// Asks for one of `slots`, at once or after those who came before.
    ///
    /// `stay` is asked when the waiting begins, ten times a second, and whenever the place changes;
    /// once it says no, the waiting is over.
    pub fn enter(&self, party: &str, slots: usize, stay: &mut dyn FnMut(Place) -> bool) -> Entry {
        let began = Instant::now();
        let mut state = self.0.lock();
        state.slots = slots.max(1);
        if state.has_free_slot() {
            state.taken += 1;
            return Entry::Slot(self.slot());
        }
        if state.waiting() >= state.most {
            state.turned_away += 1;
            let retry_seconds = state.retry_seconds();
            return Entry::Full { waiting: state.waiting(), retry_seconds };
        }
        let waiter = Waiter { room: self, number: state.stand_in_line(party) };
        loop {
            if state.is_called(waiter.number) {
                drop(state);
                return Entry::Slot(waiter.begin());
            }
            let ahead = state.ahead_of(waiter.number);
            let place = Place { ahead, before: ahead + state.taken, waited: began.elapsed() };
            drop(state);
            if !stay(place) {
                return Entry::Gone;
            }
            state = self.0.lock();
            if !state.is_called(waiter.number) && state.ahead_of(waiter.number) == ahead {
                let waited = self.0.changed.wait_timeout(state, TICK);
                state = waited.unwrap_or_else(PoisonError::into_inner).0;
            }
        }
    }

    /// How full it is.
    pub fn fullness(&self) -> Fullness {
        let state = self.0.lock();
        Fullness {
            slots: state.slots,
            taken: state.taken,
            waiting: state.waiting(),
            most_waiting: state.most,
            turned_away: state.turned_away,
        }
    }

    /// After so many seconds somebody who asks again should find a place: what those before need,
    /// by how long texts took lately.
    pub fn retry_seconds(&self) -> u32 {
        self.0.lock().retry_seconds()
    }

    /// Counts somebody who was told to come again before they could ask for a slot.
    pub fn note_turned_away(&self) {
        self.0.lock().turned_away += 1;
    }

    fn slot(&self) -> Slot {
        Slot { room: self.clone(), since: Instant::now() }
    }
}

impl Inner {
    fn lock(&self) -> MutexGuard<'_, State> {
        // Nothing is half done while it is locked.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn has_free_slot(&self) -> bool {
        self.taken < self.slots && self.line.is_empty()
    }

    fn waiting(&self) -> usize {
        self.line.len() + self.behind.len()
    }

    fn is_called(&self, number: u64) -> bool {
        self.called.contains(&number)
    }

    fn stand_in_line(&mut self, party: &str) -> u64 {
        self.last += 1;
        let ticket = Ticket { number: self.last, party: party.into() };
        if self.line.iter().any(|other| other.party == party) {
            self.behind.push(ticket);
        } else {
            self.line.push_back(ticket);
        }
        self.last
    }

    /// How many are certainly served before. Of somebody behind, everybody in the line and their
    /// own earlier questions.
    fn ahead_of(&self, number: u64) -> usize {
        if let Some(at) = self.line.iter().position(|ticket| ticket.number == number) {
            return at;
        }
        let Some(at) = self.behind.iter().position(|ticket| ticket.number == number) else {
            return 0;
        };
        let party = &self.behind[at].party;
        let own = self.behind[..at].iter().filter(|ticket| ticket.party == *party).count();
        self.line.len() + own
    }

    /// Gives the free slots to those whose turn it is.
    fn call(&mut self) {
        while self.taken < self.slots {
            let Some(next) = self.line.pop_front() else { return };
            self.taken += 1;
            self.called.push(next.number);
            self.move_up(&next.party);
        }
    }

    /// The next question of a party that has none in the line any more.
    fn move_up(&mut self, party: &str) {
        if let Some(at) = self.behind.iter().position(|ticket| ticket.party == party) {
            let ticket = self.behind.remove(at);
            self.line.push_back(ticket);
        }
    }

    fn leave(&mut self, number: u64) {
        if let Some(at) = self.called.iter().position(|called| *called == number) {
            // The slot came in the same moment.
            self.called.swap_remove(at);
            self.taken -= 1;
            self.call();
        } else if let Some(at) = self.line.iter().position(|ticket| ticket.number == number)
            && let Some(ticket) = self.line.remove(at)
        {
            self.move_up(&ticket.party);
        } else {
            self.behind.retain(|ticket| ticket.number != number);
        }
    }

    fn retry_seconds(&self) -> u32 {
        let each = self.seconds.unwrap_or(USUAL_SECONDS) / self.slots as f32;
        let seconds = each * (self.waiting() + 1) as f32;
        seconds.ceil().clamp(1.0, LONGEST_RETRY_SECONDS) as u32
    }
}

/// Somebody in the line; leaves it when dropped.
struct Waiter<'a> {
    room: &'a Room,
    number: u64,
}

impl Waiter<'_> {
    /// Takes the slot that this one was called to.
    fn begin(self) -> Slot {
        let slot = self.room.slot();
        self.room.0.lock().called.retain(|called| *called != self.number);
        std::mem::forget(self);
        slot
    }
}

impl Drop for Waiter<'_> {
    fn drop(&mut self) {
        self.room.0.lock().leave(self.number);
        self.room.0.changed.notify_all();
    }
}

/// The right to have a text written now.
pub struct Slot {
    room: Room,
    since: Instant,
}

impl Drop for Slot {
    fn drop(&mut self) {
        let mut state = self.room.0.lock();
        let took = self.since.elapsed().as_secs_f32();
        let before = state.seconds.unwrap_or(took);
        state.seconds = Some(before + NEWEST * (took - before));
        state.taken -= 1;
        state.call();
        drop(state);
        self.room.0.changed.notify_all();
    }
}

#[cfg(test)]
mod tests;
