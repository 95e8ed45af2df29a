//! What the engine can compute on, asked beside the start of the desk and not before it.
//!
//! Only where a part of the engine for graphics cards is installed is anything asked at the start.
//! A good answer is remembered in the data folder, so the next start knows it at once; a bad one
//! is not, because a new driver may mend it.

mod memory;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use engine::probe::{self, Probe};
use hardware::{Device, DeviceKind, Machine};

use crate::core::Core;
use crate::engines::EngineChoice;
use memory::Memory;

/// What is known of graphics cards, and the thread that asks. Dropping it ends the asking.
pub(crate) struct Probing {
    /// The engine's program; `None` where there is none to ask.
    program: Option<PathBuf>,
    found: Arc<Mutex<Option<Probe>>>,
    is_wanted: Arc<AtomicBool>,
    asking: Mutex<Option<JoinHandle<()>>>,
}

impl Probing {
    /// Remembers, or begins to ask; waits for nothing. Stand-ins for models have no cards, and a
    /// description of a computer has its own.
    pub(crate) fn start(choice: &EngineChoice, data: &Path, machine_is_given: bool) -> Self {
        let program = match choice {
            EngineChoice::Llama(llama) if !machine_is_given => Some(llama.program.clone()),
            EngineChoice::Llama(_)
            | EngineChoice::Server { .. }
            | EngineChoice::Scripted
            | EngineChoice::Given { .. }
            | EngineChoice::Made(_) => None,
        };
        let probing = Self {
            program,
            found: Arc::default(),
            is_wanted: Arc::new(AtomicBool::new(true)),
            asking: Mutex::default(),
        };
        if let Some(program) = probing.program.clone().filter(|it| probe::may_have_graphics(it)) {
            probing.remember_or_ask(program, Memory::of(data));
        }
        probing
    }

    fn remember_or_ask(&self, program: PathBuf, memory: Memory) {
        let (remembered, is_fresh) = memory.read(&program);
        *self.lock() = remembered;
        if is_fresh {
            return;
        }
        let (found, is_wanted) = (self.found.clone(), self.is_wanted.clone());
        let asking = std::thread::Builder::new().name("graphics-probe".into()).spawn(move || {
            let is_wanted = || is_wanted.load(Ordering::Acquire);
            let Some(probe) = probe::probe_while(&program, probe::PATIENCE, &is_wanted) else {
                return;
            };
            memory.write(&program, &probe);
            *found.lock().unwrap_or_else(PoisonError::into_inner) = Some(probe);
        });
        match asking {
            Ok(thread) => {
                *self.asking.lock().unwrap_or_else(PoisonError::into_inner) = Some(thread);
            }
            Err(error) => tracing::warn!(%error, "graphics cards cannot be looked for"),
        }
    }

    /// Waits until it is known what the engine can compute on, and asks even where there is no
    /// part for graphics cards: the engine's build is told as well.
    fn settle(&self) {
        let asking = self.asking.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(thread) = asking
            && thread.join().is_err()
        {
            tracing::error!("looking for graphics cards ended with a panic");
        }
        if self.lock().is_none()
            && let Some(program) = &self.program
        {
            let probe = probe::probe(program, probe::PATIENCE);
            // Where nothing for graphics cards is installed, nothing is missed either.
            let counts = probe::may_have_graphics(program) || probe.problem.is_none();
            *self.lock() = counts.then_some(probe);
        }
    }

    /// The machine with the graphics cards that are known now.
    pub(crate) fn with_cards(&self, machine: Machine) -> Machine {
        let Some(probe) = self.lock().clone() else { return machine };
        Machine {
            devices: probe.devices.into_iter().map(card).collect(),
            without_graphics: probe.problem,
            ..machine
        }
    }

    /// Where the answer is, once there is one.
    pub(crate) fn answer(&self) -> Arc<Mutex<Option<Probe>>> {
        self.found.clone()
    }

    /// Why the engine could not be asked, if that went wrong.
    pub(crate) fn problem(&self) -> Option<String> {
        self.lock().as_ref()?.problem.clone()
    }

    /// The engine's build; empty as long as it is not known.
    pub(crate) fn engine_build(&self) -> String {
        self.lock().as_ref().map_or(String::new(), |probe| {
            let parts = [probe.build.as_str(), probe.processor_library.as_str()];
            let parts = parts.into_iter().filter(|part| !part.is_empty());
            parts.collect::<Vec<_>>().join(", ")
        })
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<Probe>> {
        self.found.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Core {
    /// Waits until it is known what the engine can compute on: 30 seconds at most, 90 on Windows.
    ///
    /// For callers that show the whole computer once; a desk that runs does not wait.
    pub fn settle_graphics(&self) {
        self.probing.settle();
    }
}

impl Drop for Probing {
    fn drop(&mut self) {
        self.is_wanted.store(false, Ordering::Release);
        let asking = self.asking.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(thread) = asking
            && thread.join().is_err()
        {
            tracing::error!("looking for graphics cards ended with a panic");
        }
    }
}

fn card(device: probe::Device) -> Device {
    Device {
        name: device.name,
        description: device.description,
        backend: device.backend,
        kind: match device.kind {
            probe::Kind::Discrete => DeviceKind::Discrete,
            probe::Kind::Integrated => DeviceKind::Integrated,
            probe::Kind::Software => DeviceKind::Software,
        },
        memory_bytes: device.memory_bytes,
        memory_free_bytes: device.memory_free_bytes,
    }
}

#[cfg(all(test, unix))]
mod tests;
