//! The state of a child and the one thread that keeps it: starting, watching, restarting.
//!
//! The keeper sleeps on a condition variable while nothing is under way, so that an idle desk
//! costs nothing.

use std::collections::{HashMap, VecDeque};
use std::sync::mpsc::SyncSender;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::process::Process;
use super::{ChildConfig, QUEUE};
use crate::protocol::{FromChild, Hello, ToChild};
use crate::{EngineError, Event, Finish, Health, ReplySender, StopReason};

/// How often cancelled and silent requests are looked for while any is under way.
const TICK: Duration = Duration::from_millis(40);

/// Failures older than this no longer lengthen the back-off.
const MEMORY: Duration = Duration::from_secs(600);

/// Who waits for an answer.
pub(super) enum Pending {
    /// The reader of a text.
    Text(ReplySender),
    /// A caller that waits for one frame.
    Call(SyncSender<Result<FromChild, EngineError>>),
}

/// Where a child is in its life.
enum Phase {
    Idle,
    Starting { since: Instant },
    Ready,
    BackOff { until: Instant, reason: String },
    /// The model itself was refused: trying again would end the same way.
    Refused { reason: String },
    ShutDown,
}

struct State {
    phase: Phase,
    wanted: bool,
    process: Option<Process>,
    hello: Option<Hello>,
    pending: HashMap<u64, Pending>,
    /// Requests made before the child said hello.
    unsent: Vec<ToChild>,
    next_id: u64,
    last_heard: Instant,
    failures: VecDeque<Instant>,
}

/// What the handle, the keeper and the reader thread share.
pub(super) struct Shared {
    config: ChildConfig,
    state: Mutex<State>,
    changed: Condvar,
}

impl Shared {
    pub(super) fn start(config: ChildConfig) -> Arc<Self> {
        let wanted = config.eager;
        let shared = Arc::new(Self {
            config,
            state: Mutex::new(State {
                phase: Phase::Idle,
                wanted,
                process: None,
                hello: None,
                pending: HashMap::new(),
                unsent: Vec::new(),
                next_id: 1,
                last_heard: Instant::now(),
                failures: VecDeque::new(),
            }),
            changed: Condvar::new(),
        });
        let keeper = shared.clone();
        std::thread::Builder::new()
            .name("engine-keeper".into())
            .spawn(move || keeper.keep())
            .expect("the system can start one more thread");
        shared
    }

    pub(super) fn config(&self) -> &ChildConfig {
        &self.config
    }

    pub(super) fn hello(&self) -> Option<Hello> {
        self.lock().hello.clone()
    }

    pub(super) fn process_id(&self) -> Option<u32> {
        self.lock().process.as_ref().map(Process::id)
    }

    pub(super) fn health(&self) -> Health {
        let state = self.lock();
        match &state.phase {
            Phase::Idle if state.wanted => Health::Warming,
            Phase::Idle => Health::Idle,
            Phase::Starting { .. } => Health::Warming,
            Phase::Ready if state.pending.len() > 1 => {
                Health::Busy { waiting: state.pending.len() - 1 }
            }
            Phase::Ready => Health::Ready,
            Phase::BackOff { reason, .. } | Phase::Refused { reason } => {
                Health::Failed { reason: reason.clone() }
            }
            Phase::ShutDown => Health::Failed { reason: "it was shut down".into() },
        }
    }

    /// Asks for a running child without waiting for it.
    pub(super) fn want(&self) {
        self.lock().wanted = true;
        self.changed.notify_all();
    }

    /// Waits out a short back-off, so that the question after a crash is answered in full.
    pub(super) fn wait_until_startable(&self, patience: Duration) -> Result<(), EngineError> {
        let deadline = Instant::now() + patience;
        let mut state = self.lock();
        loop {
            match &state.phase {
                Phase::BackOff { until, .. } if *until > deadline => {
                    return Err(EngineError::Restarting);
                }
                Phase::BackOff { .. } if Instant::now() >= deadline => {
                    return Err(EngineError::Restarting);
                }
                Phase::BackOff { .. } => {
                    let wait = deadline.saturating_duration_since(Instant::now()).min(TICK);
                    state = self.wait(state, wait);
                }
                Phase::Refused { reason } => {
                    return Err(EngineError::Model {
                        model: self.config.model_id.clone(),
                        reason: reason.clone(),
                    });
                }
                Phase::ShutDown => return Err(EngineError::Restarting),
                Phase::Idle | Phase::Starting { .. } | Phase::Ready => return Ok(()),
            }
        }
    }

    /// Sends a request, or keeps it until the child is up.
    pub(super) fn submit(
        &self,
        make: impl FnOnce(u64) -> ToChild,
        pending: Pending,
    ) -> Result<(), EngineError> {
        let mut state = self.lock();
        if matches!(state.phase, Phase::Refused { .. } | Phase::ShutDown) {
            return Err(EngineError::Restarting);
        }
        if state.pending.len() >= QUEUE {
            return Err(EngineError::Busy { waiting: state.pending.len() });
        }
        let id = state.next_id;
        state.next_id += 1;
        if state.pending.is_empty() {
            state.last_heard = Instant::now();
        }
        state.pending.insert(id, pending);
        state.wanted = true;
        let frame = make(id);
        let line = match (&state.phase, &state.process) {
            (Phase::Ready, Some(process)) => Some(process.line()),
            _ => None,
        };
        match line {
            // Written without the lock: a child that hangs with a full pipe must not take the
            // keeper with it. A failed write shows as the child's end, which the reader reports.
            Some(line) => {
                drop(state);
                line.send(&frame);
            }
            None => state.unsent.push(frame),
        }
        self.changed.notify_all();
        Ok(())
    }

    pub(super) fn shut_down(&self) {
        let mut state = self.lock();
        state.phase = Phase::ShutDown;
        let process = state.process.take();
        drop(state);
        self.changed.notify_all();
        if let Some(process) = process {
            process.end();
        }
    }

    /// A frame from the child with this number.
    pub(super) fn hear(&self, process_id: u32, frame: FromChild) {
        let mut state = self.lock();
        if state.process.as_ref().map(Process::id) != Some(process_id) {
            return;
        }
        state.last_heard = Instant::now();
        match frame {
            FromChild::Hello(hello) => {
                state.hello = Some(hello);
                state.phase = Phase::Ready;
                let unsent = std::mem::take(&mut state.unsent);
                let line = state.process.as_ref().map(Process::line);
                drop(state);
                if let Some(line) = line {
                    unsent.iter().for_each(|frame| line.send(frame));
                }
                self.changed.notify_all();
            }
            FromChild::Rejected { reason } => {
                let error = EngineError::Model {
                    model: self.config.model_id.clone(),
                    reason: reason.clone(),
                };
                state.phase = Phase::Refused { reason };
                end_all(&mut state, &error);
                self.changed.notify_all();
            }
            FromChild::Text { id, text } => {
                let gone = match state.pending.get(&id) {
                    Some(Pending::Text(sender)) => !sender.send(Ok(Event::Text(text))),
                    _ => false,
                };
                if gone {
                    self.cancel(state, &[id]);
                }
            }
            FromChild::Done { id, reason, prompt_tokens, cached_tokens, generated_tokens } => {
                let reason = match reason {
                    0 => StopReason::Stop,
                    1 => StopReason::Length,
                    _ => StopReason::Cancelled,
                };
                let finish = Finish { reason, prompt_tokens, cached_tokens, generated_tokens };
                if let Some(Pending::Text(sender)) = state.pending.remove(&id) {
                    let _delivered = sender.send(Ok(Event::Done(finish)));
                }
            }
            FromChild::Failed { id, reason } => {
                if let Some(pending) = state.pending.remove(&id) {
                    end(pending, EngineError::Refused { reason });
                }
            }
            FromChild::Vectors { id, .. }
            | FromChild::Counts { id, .. }
            | FromChild::Pong { id } => {
                if let Some(Pending::Call(sender)) = state.pending.remove(&id) {
                    // The caller may have gone; then nobody misses the answer.
                    let _delivered = sender.try_send(Ok(frame)).is_ok();
                }
            }
        }
    }

    /// The child with this number has ended.
    pub(super) fn lost(&self, process_id: u32, reason: &str) {
        let mut state = self.lock();
        if state.process.as_ref().map(Process::id) != Some(process_id) {
            return;
        }
        let process = state.process.take();
        state.hello = None;
        let now = Instant::now();
        state.failures.retain(|at| now.duration_since(*at) < MEMORY);
        state.failures.push_back(now);
        if !matches!(state.phase, Phase::Refused { .. } | Phase::ShutDown) {
            let pause = self.back_off(state.failures.len());
            tracing::warn!(model = %self.config.model_id, reason, ?pause, "engine lost");
            state.phase = Phase::BackOff { until: now + pause, reason: reason.to_string() };
        }
        end_all(&mut state, &EngineError::Lost { reason: reason.to_string() });
        drop(state);
        self.changed.notify_all();
        if let Some(process) = process {
            process.end();
        }
    }

    fn back_off(&self, failures: usize) -> Duration {
        let limits = &self.config.limits;
        match failures {
            0 | 1 => Duration::ZERO,
            n => limits
                .back_off
                .saturating_mul(1 << (n - 2).min(16))
                .min(limits.longest_back_off),
        }
    }

    fn keep(self: Arc<Self>) {
        loop {
            let mut state = self.lock();
            match &state.phase {
                Phase::ShutDown => return,
                Phase::Idle if state.wanted => {
                    self.launch(state);
                    continue;
                }
                Phase::BackOff { until, .. } if *until <= Instant::now() => {
                    state.wanted |= self.config.eager;
                    state.phase = Phase::Idle;
                    continue;
                }
                Phase::BackOff { until, .. } => {
                    let wait = until.saturating_duration_since(Instant::now());
                    drop(self.wait(state, wait));
                    continue;
                }
                Phase::Starting { since } if since.elapsed() > self.config.limits.start => {
                    self.give_up(state, "it did not start in time");
                    continue;
                }
                Phase::Starting { .. } => {
                    drop(self.wait(state, Duration::from_millis(200)));
                    continue;
                }
                Phase::Idle | Phase::Ready | Phase::Refused { .. } => {}
            }
            if state.pending.is_empty() {
                drop(self.changed.wait(state).unwrap_or_else(PoisonError::into_inner));
                continue;
            }
            let cancelled: Vec<u64> = state
                .pending
                .iter()
                .filter(|(_, pending)| matches!(pending, Pending::Text(s) if s.is_cancelled()))
                .map(|(id, _)| *id)
                .collect();
            if !cancelled.is_empty() {
                self.cancel(state, &cancelled);
            } else if state.last_heard.elapsed() > self.config.limits.silence {
                self.give_up(state, "it said nothing for too long");
            } else {
                drop(self.wait(state, TICK));
            }
        }
    }

    fn launch(self: &Arc<Self>, mut state: MutexGuard<'_, State>) {
        match Process::spawn(&self.config, self.clone()) {
            Ok(process) => {
                state.phase = Phase::Starting { since: Instant::now() };
                state.last_heard = Instant::now();
                state.wanted = false;
                state.process = Some(process);
            }
            Err(error) => {
                let reason = format!("{}: {error}", self.config.program.display());
                state.failures.push_back(Instant::now());
                // There is no process whose end would start the back-off.
                let pause = self.back_off(state.failures.len() + 1);
                state.phase =
                    Phase::BackOff { until: Instant::now() + pause, reason: reason.clone() };
                end_all(&mut state, &EngineError::Start { reason });
            }
        }
        drop(state);
        self.changed.notify_all();
    }

    /// Kills a child that does not answer; its end then takes the usual way.
    fn give_up(&self, mut state: MutexGuard<'_, State>, reason: &str) {
        let id = state.process.as_ref().map(Process::id);
        if let Some(process) = state.process.as_mut() {
            process.kill();
        }
        drop(state);
        if let Some(id) = id {
            self.lost(id, reason);
        }
    }

    fn cancel(&self, mut state: MutexGuard<'_, State>, ids: &[u64]) {
        for id in ids {
            if let Some(Pending::Text(sender)) = state.pending.remove(id) {
                let finish = Finish {
                    reason: StopReason::Cancelled,
                    prompt_tokens: 0,
                    cached_tokens: 0,
                    generated_tokens: 0,
                };
                let _delivered = sender.send(Ok(Event::Done(finish)));
            }
            state.unsent.retain(|frame| !matches!(frame, ToChild::Generate(g) if g.id == *id));
        }
        let line = match (&state.phase, &state.process) {
            (Phase::Ready, Some(process)) => Some(process.line()),
            _ => None,
        };
        drop(state);
        if let Some(line) = line {
            ids.iter().for_each(|id| line.send(&ToChild::Cancel { id: *id }));
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'a>(&self, state: MutexGuard<'a, State>, time: Duration) -> MutexGuard<'a, State> {
        self.changed.wait_timeout(state, time).unwrap_or_else(PoisonError::into_inner).0
    }
}

fn end(pending: Pending, error: EngineError) {
    match pending {
        Pending::Text(sender) => {
            let _delivered = sender.send(Err(error));
        }
        Pending::Call(sender) => {
            let _delivered = sender.try_send(Err(error)).is_ok();
        }
    }
}

fn end_all(state: &mut State, error: &EngineError) {
    state.unsent.clear();
    for (_, pending) in state.pending.drain() {
        end(pending, error.clone());
    }
}
