//! The requests that wait, between the thread that reads stdin and the one that owns the model.
//!
//! There are two lanes. Small work (counting tokens, the vector of one question) is served
//! between the steps of a long piece of work, so that nobody waits behind an import or an answer.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use engine::protocol::Generate;

/// Requests that wait at most, both lanes together. More would only wait for minutes.
pub(crate) const WAITING_LIMIT: usize = 32;

/// Texts that a request may bring and still be small.
const SMALL_TEXTS: usize = 8;

/// A piece of work.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Job {
    /// Write a text, asked for at that moment.
    Generate(Box<Generate>, Instant),
    /// Make vectors.
    Embed {
        /// The request's number.
        id: u64,
        /// The texts.
        texts: Vec<String>,
    },
    /// Count tokens.
    Count {
        /// The request's number.
        id: u64,
        /// The texts.
        texts: Vec<String>,
    },
}

impl Job {
    /// The request's number.
    pub(crate) fn id(&self) -> u64 {
        match self {
            Job::Generate(request, _) => request.id,
            Job::Embed { id, .. } | Job::Count { id, .. } => *id,
        }
    }

    fn deadline(&self) -> Option<Instant> {
        match self {
            Job::Generate(request, arrived) => deadline(request, *arrived),
            Job::Embed { .. } | Job::Count { .. } => None,
        }
    }

    fn is_small(&self) -> bool {
        match self {
            Job::Generate(..) => false,
            Job::Embed { texts, .. } => texts.len() <= SMALL_TEXTS,
            Job::Count { .. } => true,
        }
    }
}

/// When nobody wants the text any more, if the request says so.
pub(crate) fn deadline(request: &Generate, arrived: Instant) -> Option<Instant> {
    let time = Duration::from_millis(request.deadline_ms.into());
    (!time.is_zero()).then(|| arrived + time)
}

/// What became of a wish to cancel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cancelled {
    /// It had not begun and never will.
    BeforeStart,
    /// It runs and was told.
    Running,
    /// It is not here: finished, or never sent.
    Unknown,
}

/// The waiting requests.
#[derive(Default)]
pub(crate) struct Queue {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    small: VecDeque<Job>,
    large: VecDeque<Job>,
    running: Vec<Running>,
    /// The largest number among those who were told that they wait. Numbers only grow.
    told: u64,
    is_closed: bool,
}

struct Running {
    id: u64,
    is_cancelled: bool,
}

impl Queue {
    /// An empty queue.
    pub(crate) fn new() -> Queue {
        Queue::default()
    }

    /// Puts a job at the end of its lane, or gives it back when [`WAITING_LIMIT`] wait already.
    pub(crate) fn offer(&self, job: Job) -> Result<(), Job> {
        let mut state = self.lock();
        if state.small.len() + state.large.len() >= WAITING_LIMIT {
            return Err(job);
        }
        let lane = if job.is_small() { &mut state.small } else { &mut state.large };
        lane.push_back(job);
        self.changed.notify_one();
        Ok(())
    }

    /// Waits for a job, small ones first. `None` once the queue is closed.
    pub(crate) fn next(&self) -> Option<Job> {
        let mut state = self.lock();
        loop {
            if state.is_closed {
                return None;
            }
            if let Some(job) = state.start_small() {
                return Some(job);
            }
            if let Some(job) = state.start_large() {
                return Some(job);
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// A small job if one waits. For the pauses of a large one.
    pub(crate) fn next_small(&self) -> Option<Job> {
        self.lock().start_small()
    }

    /// A large job if one waits. For a serving that can do several at a time.
    pub(crate) fn next_large(&self) -> Option<Job> {
        self.lock().start_large()
    }

    /// Takes out the requests whose deadline has passed, and answers their numbers.
    pub(crate) fn late(&self, now: Instant) -> Vec<u64> {
        let mut late = Vec::new();
        self.lock().large.retain(|job| {
            let is_late = job.deadline().is_some_and(|deadline| deadline <= now);
            if is_late {
                late.push(job.id());
            }
            !is_late
        });
        late
    }

    /// The large jobs that this was not asked about before, and how many are before each.
    pub(crate) fn newly_waiting(&self) -> Vec<(u64, u32)> {
        let mut state = self.lock();
        let told = state.told;
        let waiting = (0..).zip(&state.large).map(|(before, job)| (job.id(), before));
        let new: Vec<_> = waiting.filter(|(id, _)| *id > told).collect();
        state.told = new.iter().map(|(id, _)| *id).fold(told, u64::max);
        new
    }

    /// The running jobs that were told to stop.
    pub(crate) fn cancelled(&self) -> Vec<u64> {
        let state = self.lock();
        state.running.iter().filter(|it| it.is_cancelled).map(|it| it.id).collect()
    }

    /// Takes a waiting job out, or tells a running one to stop.
    pub(crate) fn cancel(&self, id: u64) -> Cancelled {
        let mut state = self.lock();
        if let Some(running) = state.running.iter_mut().find(|running| running.id == id) {
            running.is_cancelled = true;
            return Cancelled::Running;
        }
        let before = state.small.len() + state.large.len();
        state.small.retain(|job| job.id() != id);
        state.large.retain(|job| job.id() != id);
        if state.small.len() + state.large.len() < before {
            Cancelled::BeforeStart
        } else {
            Cancelled::Unknown
        }
    }

    /// Whether a running job was told to stop.
    pub(crate) fn is_cancelled(&self, id: u64) -> bool {
        self.lock().running.iter().any(|running| running.id == id && running.is_cancelled)
    }

    /// Forgets a job that ran. Each one that came out of [`Queue::next`] must come here.
    pub(crate) fn finish(&self, id: u64) {
        self.lock().running.retain(|running| running.id != id);
    }

    /// Ends the waiting: [`Queue::next`] answers `None` from now on.
    pub(crate) fn close(&self) {
        self.lock().is_closed = true;
        self.changed.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn start_large(&mut self) -> Option<Job> {
        let job = self.large.pop_front()?;
        self.running.push(Running { id: job.id(), is_cancelled: false });
        Some(job)
    }

    fn start_small(&mut self) -> Option<Job> {
        let job = self.small.pop_front()?;
        self.running.push(Running { id: job.id(), is_cancelled: false });
        Some(job)
    }
}

#[cfg(test)]
mod tests;
