//! The one thread that keeps a child: starting, watching, restarting, ending.
//!
//! The keeper sleeps on a condition variable while nothing is under way, so that an idle desk
//! costs nothing. It never writes to a pipe or waits for a process, so no child can stop it.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::ChildConfig;
use super::process::{Ending, Process};
use super::record::Trouble;
use super::state::{Pending, Phase, State};
use crate::protocol::{FromChild, Hello, ToChild, encode};
use crate::{EngineError, Health};

/// How often cancelled requests are looked for while any is under way.
const TICK: Duration = Duration::from_millis(40);

/// How long the exit code of a process that closed its stdout is waited for.
const LAST_BREATH: Duration = Duration::from_millis(100);

/// How long dropping a child takes at most, whatever the system does.
const LONGEST_GOODBYE: Duration = Duration::from_secs(3);

/// What the handle, the keeper and the threads of the pipes share.
pub(super) struct Shared {
    config: ChildConfig,
    next_id: AtomicU64,
    state: Mutex<State>,
    changed: Condvar,
}

/// What the keeper does next.
enum Step {
    Launch,
    GiveUp(&'static str),
    /// Until something changes, or this moment.
    Sleep(Option<Instant>),
    Leave,
}

impl Shared {
    pub(super) fn start(config: ChildConfig) -> Arc<Self> {
        let device = config.tuning.device.clone();
        let state = State { device, ..State::new(config.eager, Instant::now()) };
        let shared = Arc::new(Self {
            config,
            next_id: AtomicU64::new(1),
            state: Mutex::new(state),
            changed: Condvar::new(),
        });
        let keeper = shared.clone();
        thread::Builder::new()
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
        self.lock().health()
    }

    /// Asks for a running child without waiting for it.
    pub(super) fn warm_up(&self) {
        self.lock().want_again();
        self.changed.notify_all();
    }

    pub(super) fn stands_down(&self) -> bool {
        matches!(self.lock().phase, Phase::StoodDown { .. })
    }

    pub(super) fn without_graphics(&self) -> Option<String> {
        self.lock().record.without_graphics().map(str::to_string)
    }

    /// Changes what the child computes on.
    pub(super) fn device(&self) -> Option<String> {
        self.lock().device.clone()
    }

    pub(super) fn use_device(&self, device: Option<String>) {
        self.lock().use_device(device);
        self.changed.notify_all();
    }

    /// The configuration with what was changed and learnt since.
    fn config_now(&self, state: &State) -> ChildConfig {
        let mut config = self.config.clone();
        config.tuning.device = state.device.clone();
        config
    }

    /// Sends a request, or keeps it until the child is up. Never waits for the child.
    pub(super) fn submit(
        &self,
        make: impl FnOnce(u64) -> ToChild,
        pending: Pending,
    ) -> Result<(), EngineError> {
        let frame = make(self.next_id());
        let bytes =
            encode(&frame).map_err(|error| EngineError::Refused { reason: error.to_string() })?;
        let now = Instant::now();
        let mut state = self.lock();
        state.admit(now)?;
        state.take(frame, bytes, pending, now);
        drop(state);
        self.changed.notify_all();
        Ok(())
    }

    fn next_id(&self) -> u64 {
        self.next_id.fetch_add(1, Ordering::Relaxed)
    }

    /// Ends the child and waits until it has ended.
    pub(super) fn shut_down(&self) {
        let deadline = Instant::now() + LONGEST_GOODBYE;
        let mut state = self.lock();
        state.phase = Phase::ShutDown;
        state.end_all(&EngineError::Lost { reason: "it was shut down".into() });
        state.let_go(Instant::now());
        self.changed.notify_all();
        while !matches!(state.phase, Phase::Gone) && Instant::now() < deadline {
            state = self.sleep(state, Some(deadline));
        }
    }

    /// A frame of this run's child. Fails with a reason if it is a breach of the protocol.
    pub(super) fn hear(&self, run: u64, frame: FromChild) -> Result<(), &'static str> {
        let mut state = self.lock();
        if state.run != run || state.process.is_none() {
            return Ok(());
        }
        state.hear(frame, &self.config, Instant::now())?;
        let has_ended = state.process.is_none();
        drop(state);
        if has_ended {
            self.changed.notify_all();
        }
        Ok(())
    }

    /// Kills this run's child; its reader reports the end.
    pub(super) fn kill(&self, run: u64) {
        let mut state = self.lock();
        if state.run == run
            && let Some(process) = &mut state.process
        {
            process.kill();
        }
    }

    /// How this run's child ended, in words, waiting a moment for the system to know.
    pub(super) fn describe_end(&self, run: u64) -> String {
        let deadline = Instant::now() + LAST_BREATH;
        loop {
            let mut state = self.lock();
            let is_current = state.run == run;
            let status = match &mut state.process {
                Some(process) if is_current => process.exit_status(),
                _ => return "it ended".into(),
            };
            drop(state);
            match status {
                Some(status) => return format!("it ended with {status}"),
                None if Instant::now() >= deadline => return "it closed its stdout".into(),
                None => thread::sleep(Duration::from_millis(2)),
            }
        }
    }

    /// This run's child is of no use any more.
    pub(super) fn lose(&self, run: u64, reason: &str) {
        let mut state = self.lock();
        if state.run == run {
            self.fail(&mut state, reason);
        }
    }

    fn fail(&self, state: &mut State, reason: &str) {
        let Some(process) = &state.process else { return };
        let words = process.last_words();
        let reason = match words.is_empty() {
            true => reason.to_string(),
            false => format!("{reason}; its last words: {words}"),
        };
        self.judge(state, Trouble::Run, reason);
        self.changed.notify_all();
    }

    /// Ends what was under way, and decides whether and when to start again.
    fn judge(&self, state: &mut State, trouble: Trouble, reason: String) {
        let now = Instant::now();
        let config = self.config_now(state);
        let verdict = state.record.judge(&config, trouble, &reason, now);
        tracing::warn!(model = %self.config.model_id, reason, ?verdict, "engine failed");
        let error = match trouble {
            Trouble::Start => EngineError::Start { reason },
            Trouble::Run => EngineError::Lost { reason },
        };
        state.fail(&error, verdict, now);
        state.wanted = self.config.eager;
    }

    fn keep(self: Arc<Self>) {
        let mut state = self.lock();
        let mut planned = None;
        loop {
            let now = Instant::now();
            if let Some(planned) = planned.take() {
                state.wake(planned, now);
            }
            state.endings.retain_mut(|ending| !ending.is_over(now));
            state.end_unwanted(now);
            state.end_pause(now);
            state.renew(now);
            if state.needs_ping(&self.config.limits, now) {
                state.ping(self.next_id());
            }
            state = match self.next_step(&mut state, now) {
                Step::Launch => self.launch(state),
                Step::GiveUp(reason) => {
                    self.fail(&mut state, reason);
                    state
                }
                Step::Sleep(until) => {
                    planned = until;
                    self.sleep(state, until)
                }
                Step::Leave => break,
            };
        }
        state.phase = Phase::Gone;
        self.changed.notify_all();
    }

    fn next_step(&self, state: &mut State, now: Instant) -> Step {
        let limits = &self.config.limits;
        let deadline = match state.phase {
            Phase::ShutDown | Phase::Gone => {
                // The children die with this thread, so it stays until they have ended.
                if state.endings.iter().all(|ending| ending.is_stuck(now)) {
                    return Step::Leave;
                }
                None
            }
            Phase::Idle if state.wanted => return Step::Launch,
            Phase::Idle | Phase::Refused { .. } => None,
            Phase::BackOff { until, .. } | Phase::StoodDown { until, .. } => Some(until),
            Phase::Starting { since } if since + limits.start <= now => {
                return Step::GiveUp("it did not start in time");
            }
            Phase::Starting { since } => Some(since + limits.start),
            Phase::Ready if state.pending.is_empty() => None,
            Phase::Ready => {
                let (at, why) = state.hangs_at(limits);
                if at <= now {
                    return Step::GiveUp(why);
                }
                Some(at)
            }
        };
        let tick = (!state.pending.is_empty()).then_some(now + TICK);
        let look = state.endings.iter().map(|ending: &Ending| ending.next_look(now)).min();
        Step::Sleep([deadline, tick, look].into_iter().flatten().min())
    }

    /// Starts the program. The lock is not held meanwhile: a disk that hangs must not stop those
    /// who ask for the health.
    fn launch<'a>(self: &'a Arc<Self>, mut state: MutexGuard<'a, State>) -> MutexGuard<'a, State> {
        state.phase = Phase::Starting { since: Instant::now() };
        state.run += 1;
        state.wanted = false;
        state.is_outdated = false;
        let run = state.run;
        let mut config = self.config_now(&state);
        if state.record.without_graphics().is_some() {
            config.tuning.device = None;
        }
        drop(state);
        let spawned = Process::spawn(&config);
        let mut state = self.lock();
        let now = Instant::now();
        let attended = match spawned {
            Ok((process, _)) if matches!(state.phase, Phase::ShutDown) => {
                state.endings.push(process.put_down(now));
                return state;
            }
            Ok((process, pipes)) => {
                state.process = Some(process);
                pipes.attend(run, self)
            }
            Err(error) => Err(error),
        };
        if let Err(error) = attended {
            let reason = format!("{}: {error}", self.config.program.display());
            self.judge(&mut state, Trouble::Start, reason);
        }
        state
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn sleep<'a>(
        &self,
        state: MutexGuard<'a, State>,
        until: Option<Instant>,
    ) -> MutexGuard<'a, State> {
        match until {
            None => self.changed.wait(state).unwrap_or_else(PoisonError::into_inner),
            Some(until) => {
                let time = until.saturating_duration_since(Instant::now());
                let waited = self.changed.wait_timeout(state, time);
                waited.unwrap_or_else(PoisonError::into_inner).0
            }
        }
    }
}
