//! What the chat model computes on: a graphics card that was proved to write what the processor
//! writes, or the processor.
//!
//! Nothing here keeps a question waiting. The chat engine starts on the processor, or on a card
//! that an earlier test proved; a card that is new, or a new model, driver or build, is tested in
//! a process of its own meanwhile, and the engine moves to the card afterwards, between two texts.

mod choice;

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::thread::JoinHandle;
use std::time::Duration;

use engine::Embedder;
use engine::child::Child;
use engine::probe::{self, Device, Probe};
use engine::self_test::{self, Verdict};
use store::{DeviceTestKey, DeviceTestRow, Store};

use choice::{Step, WhyNot};

/// How often the probe's answer is looked for while it is under way.
const OFTEN: Duration = Duration::from_millis(100);

/// What was decided, and the thread that still tests. Dropping it ends the test.
pub(crate) struct Graphics {
    store: Store,
    /// The probe's answer, once there is one.
    answer: Arc<Mutex<Option<Probe>>>,
    decided: Arc<Mutex<Option<WhyNot>>>,
    job: Mutex<Option<Job>>,
}

/// A decision under way. It keeps no child alive: a model that is given up ends.
struct Job {
    child: Weak<Child>,
    is_wanted: Arc<AtomicBool>,
    thread: JoinHandle<()>,
}

/// What a decision needs.
struct Work {
    store: Store,
    answer: Arc<Mutex<Option<Probe>>>,
    decided: Arc<Mutex<Option<WhyNot>>>,
    child: Weak<Child>,
    program: PathBuf,
    model: PathBuf,
    model_sha256: String,
    is_wanted: Arc<AtomicBool>,
}

impl Graphics {
    /// Nothing is decided yet.
    pub(crate) fn new(store: Store, answer: Arc<Mutex<Option<Probe>>>) -> Self {
        Self { store, answer, decided: Arc::default(), job: Mutex::default() }
    }

    /// Decides what this child computes on: at once where everything is known, else on a thread,
    /// which tests what has to be tested.
    pub(crate) fn decide_for(&self, child: &Arc<Child>) {
        if !probe::may_have_graphics(child.program()) {
            return;
        }
        let mut job = lock(&self.job);
        if job.as_ref().is_some_and(|job| job.is_about(child)) {
            return;
        }
        if let Some(job) = job.take() {
            job.end();
        }
        let work = Work {
            store: self.store.clone(),
            answer: self.answer.clone(),
            decided: self.decided.clone(),
            child: Arc::downgrade(child),
            program: child.program().to_owned(),
            model: child.model_file().to_owned(),
            model_sha256: model_sha256(child),
            is_wanted: Arc::new(AtomicBool::new(true)),
        };
        if work.decide_by_what_is_known() {
            return;
        }
        let (is_wanted, child) = (work.is_wanted.clone(), work.child.clone());
        let spawned =
            std::thread::Builder::new().name("graphics-test".into()).spawn(move || work.run());
        match spawned {
            Ok(thread) => *job = Some(Job { child, is_wanted, thread }),
            Err(error) => tracing::warn!(%error, "graphics cards cannot be tested"),
        }
    }

    /// Why no card is used although there is one, in words for a person.
    pub(crate) fn why_not(&self) -> Option<String> {
        lock(&self.decided).as_ref().map(WhyNot::in_words)
    }

    /// The same, only where a card was tried and something is wrong with it.
    pub(crate) fn failure(&self) -> Option<String> {
        lock(&self.decided).as_ref().filter(|why| why.is_failure()).map(WhyNot::in_words)
    }
}

impl Drop for Graphics {
    fn drop(&mut self) {
        if let Some(job) = lock(&self.job).take() {
            job.end();
        }
    }
}

impl Job {
    fn is_about(&self, child: &Arc<Child>) -> bool {
        self.child.as_ptr() == Arc::as_ptr(child) && !self.thread.is_finished()
    }

    fn end(self) {
        self.is_wanted.store(false, Ordering::Release);
        if self.thread.join().is_err() {
            tracing::error!("testing a graphics card ended with a panic");
        }
    }
}

impl Work {
    /// Whether nothing had to be waited for.
    fn decide_by_what_is_known(&self) -> bool {
        let Some(probe) = lock(&self.answer).clone() else { return false };
        match self.next_step(&probe, &[]) {
            Step::Test(_) => false,
            step => {
                self.take(step);
                true
            }
        }
    }

    fn run(&self) {
        let Some(probe) = self.wait_for_probe() else { return };
        // Kept here too: a store that cannot be written must not have a card tested for ever.
        let mut tested: Vec<(DeviceTestKey, DeviceTestRow)> = Vec::new();
        loop {
            let card = match self.next_step(&probe, &tested) {
                Step::Test(card) => card,
                step => return self.take(step),
            };
            let Some(row) = self.test(&card) else { return };
            let key = self.key(&card, &probe);
            if let Err(error) = self.store.save_device_test(key.clone(), row.clone()) {
                tracing::warn!(%error, "the test of a graphics card is not kept");
            }
            tested.push((key, row));
        }
    }

    fn wait_for_probe(&self) -> Option<Probe> {
        while self.is_wanted() {
            if let Some(probe) = lock(&self.answer).clone() {
                return Some(probe);
            }
            std::thread::sleep(OFTEN);
        }
        None
    }

    fn next_step(&self, probe: &Probe, tested: &[(DeviceTestKey, DeviceTestRow)]) -> Step {
        let known = |card: &Device| {
            let key = self.key(card, probe);
            let now = tested.iter().find(|(about, _)| *about == key).map(|(_, row)| row.clone());
            now.or_else(|| self.store.device_test(&key).ok().flatten())
        };
        let model_bytes = self.model.metadata().map_or(0, |about| about.len());
        choice::next_step(&probe.devices, model_bytes, known)
    }

    /// `None` if nothing was learnt about the card.
    fn test(&self, card: &Device) -> Option<DeviceTestRow> {
        tracing::info!(card = card.description, "testing a graphics card");
        let is_wanted = || self.is_wanted();
        let (program, model) = (&self.program, &self.model);
        self_test::run(program, model, &card.name, self_test::PATIENCE, &is_wanted).map(row)
    }

    fn take(&self, step: Step) {
        let (device, why_not) = match step {
            Step::Use(name) => (Some(name), None),
            Step::Processor(why_not) => (None, why_not),
            Step::Test(_) => return,
        };
        if let Some(why) = &why_not {
            tracing::info!("{}", why.in_words());
        }
        *lock(&self.decided) = why_not;
        if let Some(child) = self.child.upgrade() {
            child.use_device(device);
        }
    }

    fn key(&self, card: &Device, probe: &Probe) -> DeviceTestKey {
        DeviceTestKey {
            device: card.name.clone(),
            description: card.description.clone(),
            build: probe.build.clone(),
            model_sha256: self.model_sha256.clone(),
        }
    }

    fn is_wanted(&self) -> bool {
        self.is_wanted.load(Ordering::Acquire) && self.child.strong_count() > 0
    }
}

/// The identity of a child begins with the hash of its model.
fn model_sha256(child: &Child) -> String {
    Embedder::identity(child).split('|').next().unwrap_or_default().to_owned()
}

fn row(verdict: Verdict) -> DeviceTestRow {
    DeviceTestRow {
        passed: verdict.passed,
        reason: verdict.reason.unwrap_or_default(),
        processor_prefill_per_second: verdict.processor_prefill_per_second,
        device_prefill_per_second: verdict.device_prefill_per_second,
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(all(test, unix))]
mod tests;
