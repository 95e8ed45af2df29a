//! What is known about a child, and the rules by which it changes. Nothing here waits.

use std::collections::{HashMap, VecDeque};
use std::sync::mpsc::SyncSender;
use std::time::{Duration, Instant};

use super::process::{Ending, Process};
use super::{Limits, PATIENCE, QUEUE};
use crate::protocol::{FromChild, Hello, ToChild, encode};
use crate::{EngineError, Event, Finish, Health, ReplySender, StopReason};

/// Failures older than this no longer lengthen the back-off.
const MEMORY: Duration = Duration::from_secs(600);

/// Who waits for an answer.
pub(super) enum Pending {
    /// The reader of a text.
    Text(ReplySender),
    /// A caller that waits for one frame.
    Call(SyncSender<Result<FromChild, EngineError>>),
    /// Nobody any more, but the child still owes the last frame. Kept, so that a child that hangs
    /// is noticed even if every reader has lost patience.
    Nobody,
}

/// Where a child is in its life.
pub(super) enum Phase {
    Idle,
    Starting {
        since: Instant,
    },
    Ready,
    BackOff {
        until: Instant,
        reason: String,
    },
    /// Trying again would end the same way.
    Refused {
        error: EngineError,
    },
    ShutDown,
    /// The keeper has left.
    Gone,
}

pub(super) struct State {
    pub(super) phase: Phase,
    /// A child that does not run should.
    pub(super) wanted: bool,
    /// Counts the starts. System process numbers are used again; these are not.
    pub(super) run: u64,
    pub(super) process: Option<Process>,
    /// Processes that were told to end and have not yet.
    pub(super) endings: Vec<Ending>,
    pub(super) hello: Option<Hello>,
    pub(super) pending: HashMap<u64, Pending>,
    /// Requests made before the child said hello.
    pub(super) unsent: Vec<(u64, Vec<u8>)>,
    pub(super) last_heard: Instant,
    failures: VecDeque<Instant>,
}

impl State {
    pub(super) fn new(wanted: bool, now: Instant) -> Self {
        Self {
            phase: Phase::Idle,
            wanted,
            run: 0,
            process: None,
            endings: Vec::new(),
            hello: None,
            pending: HashMap::new(),
            unsent: Vec::new(),
            last_heard: now,
            failures: VecDeque::new(),
        }
    }

    pub(super) fn health(&self) -> Health {
        match &self.phase {
            Phase::Idle if self.wanted => Health::Warming,
            Phase::Idle => Health::Idle,
            Phase::Starting { .. } => Health::Warming,
            Phase::Ready => match self.waited_for() {
                0 | 1 => Health::Ready,
                more => Health::Busy { waiting: more - 1 },
            },
            Phase::BackOff { reason, .. } => Health::Failed { reason: reason.clone() },
            Phase::Refused { error } => Health::Failed { reason: error.to_string() },
            Phase::ShutDown | Phase::Gone => Health::Failed { reason: "it was shut down".into() },
        }
    }

    fn waited_for(&self) -> usize {
        self.pending.values().filter(|pending| !matches!(pending, Pending::Nobody)).count()
    }

    /// Asks for a running child.
    pub(super) fn want(&mut self) {
        if matches!(self.phase, Phase::Idle | Phase::BackOff { .. }) {
            self.wanted = true;
        }
    }

    /// Whether a request may come in now. It waits out a short back-off, so that the question
    /// after a crash is answered in full.
    pub(super) fn admit(&self, now: Instant) -> Result<(), EngineError> {
        match &self.phase {
            Phase::Refused { error } => return Err(error.clone()),
            Phase::ShutDown | Phase::Gone => return Err(EngineError::Restarting),
            Phase::BackOff { until, .. } if *until > now + PATIENCE => {
                return Err(EngineError::Restarting);
            }
            Phase::Idle | Phase::Starting { .. } | Phase::Ready | Phase::BackOff { .. } => {}
        }
        match self.pending.len() {
            waiting if waiting >= QUEUE => Err(EngineError::Busy { waiting }),
            _ => Ok(()),
        }
    }

    /// Takes in an admitted request: sends it, or keeps it until the child is up.
    pub(super) fn take(&mut self, id: u64, frame: Vec<u8>, pending: Pending, now: Instant) {
        if self.pending.is_empty() {
            self.last_heard = now;
        }
        self.pending.insert(id, pending);
        match self.phase {
            Phase::Ready => self.send(frame),
            _ => self.unsent.push((id, frame)),
        }
        self.want();
    }

    /// A child that takes no more frames has broken its promise; its reader reports the end.
    fn send(&mut self, frame: Vec<u8>) {
        if let Some(process) = &mut self.process
            && !process.send(frame)
        {
            process.kill();
        }
    }

    /// The child works: everything that waited is sent.
    pub(super) fn open(&mut self, hello: Hello) {
        self.hello = Some(hello);
        self.phase = Phase::Ready;
        for (_, frame) in std::mem::take(&mut self.unsent) {
            self.send(frame);
        }
    }

    /// Requests whose reader has gone or asked to stop.
    pub(super) fn cancelled(&self) -> Vec<u64> {
        let gone = self.pending.iter().filter(|(_, pending)| match pending {
            Pending::Text(sender) => sender.is_cancelled(),
            Pending::Call(_) | Pending::Nobody => false,
        });
        gone.map(|(id, _)| *id).collect()
    }

    /// Stops writing a text, and tells the child if it knows of the request.
    pub(super) fn cancel(&mut self, id: u64) {
        if let Some(Pending::Text(sender)) = self.pending.remove(&id) {
            let finish = Finish {
                reason: StopReason::Cancelled,
                prompt_tokens: 0,
                cached_tokens: 0,
                generated_tokens: 0,
            };
            let _delivered = sender.send(Ok(Event::Done(finish)));
        }
        let before = self.unsent.len();
        self.unsent.retain(|(unsent, _)| *unsent != id);
        if self.unsent.len() == before {
            self.pending.insert(id, Pending::Nobody);
            self.send(encode(&ToChild::Cancel { id }).expect("a number fits into a frame"));
        }
    }

    /// Ends every request with this error.
    pub(super) fn end_all(&mut self, error: &EngineError) {
        self.unsent.clear();
        for (_, pending) in self.pending.drain() {
            match pending {
                Pending::Text(sender) => {
                    let _delivered = sender.send(Err(error.clone()));
                }
                Pending::Call(sender) => {
                    let _delivered = sender.try_send(Err(error.clone())).is_ok();
                }
                Pending::Nobody => {}
            }
        }
    }

    /// The process did not start, ended, or was given up: what was under way ends with `error`.
    ///
    /// `pause` is how long not to try again.
    pub(super) fn fail(&mut self, error: EngineError, pause: Duration, now: Instant) {
        if let Some(process) = self.process.take() {
            self.endings.push(process.put_down(now));
        }
        self.hello = None;
        self.wanted = false;
        self.phase = match pause {
            Duration::ZERO => Phase::Idle,
            _ => {
                let reason = match &error {
                    EngineError::Lost { reason } | EngineError::Start { reason } => reason.clone(),
                    other => other.to_string(),
                };
                Phase::BackOff { until: now + pause, reason }
            }
        };
        self.end_all(&error);
    }

    /// The child cannot be used, now or later.
    pub(super) fn refuse(&mut self, error: EngineError, now: Instant) {
        self.end_all(&error);
        self.phase = Phase::Refused { error };
        self.wanted = false;
        self.let_go(now);
    }

    /// Asks the process to end; the keeper sees to it that it does.
    pub(super) fn let_go(&mut self, now: Instant) {
        self.hello = None;
        if let Some(process) = self.process.take() {
            self.endings.push(process.let_go(now));
        }
    }

    /// Notes a failure and says how many there were lately.
    pub(super) fn count_failure(&mut self, now: Instant) -> usize {
        self.failures.retain(|at| now.duration_since(*at) < MEMORY);
        self.failures.push_back(now);
        self.failures.len()
    }
}

/// The pause after this many failures. One crash may be bad luck and costs no waiting.
pub(super) fn back_off(limits: &Limits, failures: usize) -> Duration {
    match failures {
        0 | 1 => Duration::ZERO,
        n => {
            let doublings = (n - 2).min(16);
            limits.back_off.saturating_mul(1 << doublings).min(limits.longest_back_off)
        }
    }
}
