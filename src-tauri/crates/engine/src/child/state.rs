//! What is known about a child, and the rules by which it changes. Nothing here waits.

use std::collections::HashMap;
use std::sync::mpsc::SyncSender;
use std::time::{Duration, Instant};

use super::process::{Ending, Process};
use super::record::{Record, Verdict};
use super::{Limits, PATIENCE, QUEUE, deadline_ms};
use crate::protocol::{FromChild, Hello, ToChild, encode};
use crate::{EngineError, Event, Finish, Health, ReplySender};

/// A child ends a late text by itself. One that has not after this long is not waited for.
const LATE_GRACE: Duration = Duration::from_secs(1);

/// A keeper that slept so much longer than it meant to was held up together with the whole desk,
/// by a laptop's lid or a debugger. What the child sent meanwhile has not been read yet.
const HELD_UP: Duration = Duration::from_secs(2);

/// Who waits for an answer.
pub(super) enum Pending {
    /// The reader of a text, and when it loses interest.
    Text { sender: ReplySender, due: Option<Instant> },
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
    /// It failed too often.
    StoodDown {
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
    pub(super) unsent: Vec<ToChild>,
    /// When the model last made progress.
    pub(super) last_heard: Instant,
    /// When the last frame of any kind came.
    pub(super) last_frame: Instant,
    /// The number of the ping that is not answered yet.
    pub(super) ping: Option<u64>,
    pub(super) record: Record,
    /// The graphics card to compute on.
    pub(super) device: Option<String>,
    /// The running child computes on something else than the next one should.
    pub(super) is_outdated: bool,
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
            last_frame: now,
            ping: None,
            record: Record::default(),
            device: None,
            is_outdated: false,
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
            Phase::BackOff { reason, .. } | Phase::StoodDown { reason, .. } => {
                Health::Failed { reason: reason.clone() }
            }
            Phase::Refused { error } => Health::Failed { reason: error.to_string() },
            Phase::ShutDown | Phase::Gone => Health::Failed { reason: "it was shut down".into() },
        }
    }

    fn waited_for(&self) -> usize {
        self.pending.values().filter(|pending| !matches!(pending, Pending::Nobody)).count()
    }

    /// Changes what the next child computes on; one that runs is replaced when it has time.
    pub(super) fn use_device(&mut self, device: Option<String>) {
        if self.device != device {
            self.device = device;
            self.record.forget_graphics();
            self.is_outdated = matches!(self.phase, Phase::Starting { .. } | Phase::Ready);
        }
    }

    /// Replaces an outdated child that has nothing to do.
    pub(super) fn renew(&mut self, now: Instant) {
        let is_free = matches!(self.phase, Phase::Ready) && self.pending.is_empty();
        if self.is_outdated && is_free {
            self.let_go(now);
            self.phase = Phase::Idle;
            self.wanted = true;
        }
    }

    /// The card does not take the model: the processor is tried at once, with all that waits.
    pub(super) fn go_without_graphics(&mut self, reason: &str, now: Instant) {
        self.record.give_up_graphics(reason);
        self.let_go(now);
        self.phase = Phase::Idle;
        self.wanted = true;
    }

    /// Asks for a running child.
    pub(super) fn want(&mut self) {
        if matches!(self.phase, Phase::Idle | Phase::BackOff { .. }) {
            self.wanted = true;
        }
    }

    /// Asks for a running child even if it stands down.
    pub(super) fn want_again(&mut self) {
        if matches!(self.phase, Phase::StoodDown { .. }) {
            self.record.forgive();
            self.phase = Phase::Idle;
        }
        self.want();
    }

    /// A pause that is over ends.
    pub(super) fn end_pause(&mut self, now: Instant) {
        match self.phase {
            Phase::BackOff { until, .. } if until <= now => self.phase = Phase::Idle,
            Phase::StoodDown { until, .. } if until <= now => {
                self.record.forget_failures();
                self.phase = Phase::Idle;
            }
            _ => {}
        }
    }

    /// Whether a request may come in now. It waits out a short back-off, so that the question
    /// after a crash is answered in full.
    pub(super) fn admit(&self, now: Instant) -> Result<(), EngineError> {
        match &self.phase {
            Phase::Refused { error } => return Err(error.clone()),
            Phase::StoodDown { reason, .. } => {
                return Err(EngineError::StoodDown { reason: reason.clone() });
            }
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
    pub(super) fn take(&mut self, frame: ToChild, bytes: Vec<u8>, pending: Pending, now: Instant) {
        if self.pending.is_empty() {
            self.last_heard = now;
            self.last_frame = now;
        }
        self.pending.insert(frame.id(), pending);
        match self.phase {
            Phase::Ready => self.send(bytes),
            _ => self.unsent.push(frame),
        }
        self.want();
    }

    /// Whether it is time to ask a child at work if it is there. One question at a time: a child
    /// that does not read must not find a pile of them.
    pub(super) fn needs_ping(&self, limits: &Limits, now: Instant) -> bool {
        matches!(self.phase, Phase::Ready)
            && self.ping.is_none()
            && !self.pending.is_empty()
            && self.last_frame + limits.heartbeat <= now
    }

    /// Asks the child if it is there.
    pub(super) fn ping(&mut self, id: u64) {
        self.ping = Some(id);
        self.send(encode(&ToChild::Ping { id }).expect("a number fits into a frame"));
    }

    /// When a child at work counts as hung, and why.
    pub(super) fn hangs_at(&self, limits: &Limits) -> (Instant, &'static str) {
        let model = (self.last_heard + limits.silence, "it said nothing for too long");
        let process = (self.last_frame + limits.heartbeat_silence, "it does not answer any more");
        if process.0 < model.0 { process } else { model }
    }

    /// The keeper woke at `now` and meant to at `planned`. If the whole desk was held up, the
    /// child gets its time again.
    pub(super) fn wake(&mut self, planned: Instant, now: Instant) {
        let held_up = now.saturating_duration_since(planned);
        if held_up >= HELD_UP {
            // The reader may have been quicker and have heard something since.
            let later = |at: Instant| (at + held_up).min(now);
            self.last_heard = later(self.last_heard);
            self.last_frame = later(self.last_frame);
            if let Phase::Starting { since } = &mut self.phase {
                *since = later(*since);
            }
        }
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
    pub(super) fn open(&mut self, hello: Hello, now: Instant) {
        self.record.hear_of(&hello.computes_on);
        self.hello = Some(hello);
        self.phase = Phase::Ready;
        self.last_frame = now;
        for mut frame in std::mem::take(&mut self.unsent) {
            if let ToChild::Generate(request) = &mut frame
                && let Some(Pending::Text { due: Some(due), .. }) = self.pending.get(&request.id)
            {
                request.deadline_ms = deadline_ms(Some(due.saturating_duration_since(now)));
            }
            self.send(encode(&frame).expect("it was encoded when it was taken in"));
        }
    }

    /// Ends the texts whose reader has gone or asked to stop, and those whose time is up.
    pub(super) fn end_unwanted(&mut self, now: Instant) {
        // What was never sent is nobody's business but ours, so it ends on time.
        let (grace, late) = match self.phase {
            Phase::Ready => (LATE_GRACE, Ok(Event::Done(Finish::late()))),
            _ => (Duration::ZERO, Err(EngineError::Late)),
        };
        let unwanted = self.pending.iter().filter_map(|(id, pending)| match pending {
            Pending::Text { sender, .. } if sender.is_cancelled() => {
                Some((*id, Ok(Event::Done(Finish::cancelled()))))
            }
            Pending::Text { due: Some(due), .. } if *due + grace <= now => {
                Some((*id, late.clone()))
            }
            Pending::Text { .. } | Pending::Call(_) | Pending::Nobody => None,
        });
        for (id, last) in unwanted.collect::<Vec<_>>() {
            self.withdraw(id, last);
        }
    }

    /// Stops writing a text, and tells the child if it knows of the request.
    pub(super) fn withdraw(&mut self, id: u64, last: Result<Event, EngineError>) {
        if let Some(Pending::Text { sender, .. }) = self.pending.remove(&id) {
            let _delivered = sender.send(last);
        }
        let before = self.unsent.len();
        self.unsent.retain(|unsent| unsent.id() != id);
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
                Pending::Text { sender, .. } => {
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
    pub(super) fn fail(&mut self, error: &EngineError, verdict: Verdict, now: Instant) {
        if let Some(process) = self.process.take() {
            self.endings.push(process.put_down(now));
        }
        self.hello = None;
        self.ping = None;
        self.wanted = false;
        self.phase = match verdict {
            Verdict::Restart { pause: Duration::ZERO, .. } => Phase::Idle,
            Verdict::Restart { pause, reason } => Phase::BackOff { until: now + pause, reason },
            Verdict::StandDown { pause, reason } => Phase::StoodDown { until: now + pause, reason },
        };
        self.end_all(error);
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
        self.ping = None;
        if let Some(process) = self.process.take() {
            self.endings.push(process.let_go(now));
        }
    }
}
