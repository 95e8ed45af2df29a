//! "Measure this computer": how fast a chat model is here, measured, kept and told.

mod light;
mod words;

use std::path::PathBuf;
use std::sync::TryLockError;
use std::time::Duration;

use capacity::{Costs, Profile, fit_steps};
use catalog::{Located, Purpose};
use engine::measure::{MeasureConfig, Measured};
use hardware::Power;
use store::SpeedRow;

pub use light::LightCost;

use crate::core::{Core, unix_seconds};
use crate::engines::{Llama, Maker};
use crate::shelf::Model;
use crate::wire::{ApiError, Code, SpeedView};

/// When a measurement is stopped. It ends by itself in half the time; loading a large model from
/// a slow disk is the rest.
const LIMIT: Duration = Duration::from_secs(120);

/// Texts that the engine writes at the same time when nobody says otherwise.
pub(super) const SLOTS: usize = 8;

/// Processor seconds of a question that no model answers, where none could be measured: a model
/// that finds passages, on a usual computer.
pub(super) const USUAL_LIGHT_S: f64 = 0.02;

/// Another number of threads must be so many times faster before the desk keeps to it.
const CLEAR_GAIN: f64 = 1.1;

impl Core {
    /// Measures a chat model, keeps the figures and tells them.
    pub(super) fn measure(&self, id: Option<String>) -> Result<SpeedView, ApiError> {
        self.measure_and(id.as_deref(), &mut |_, _| {})
    }

    /// The same, and tells again and again how far it is, from 0 to 1, and what it does.
    ///
    /// Takes about 20 seconds. Questions are answered meanwhile, and slower than usual. Fails when
    /// there is no such model, its file is wrong or refused, the memory is too small for a second
    /// one, or another measurement runs.
    pub fn measure_and(
        &self,
        id: Option<&str>,
        tell: &mut dyn FnMut(f64, &str),
    ) -> Result<SpeedView, ApiError> {
        let _one = match self.measuring.try_lock() {
            Ok(one) => one,
            Err(TryLockError::Poisoned(left)) => left.into_inner(),
            Err(TryLockError::WouldBlock) => return Err(another_runs()),
        };
        let Maker::Llama { llama, .. } = &self.maker else { return Err(no_models()) };
        let (model, path) = self.model_to_measure(id)?;
        let config = self.measure_config(llama, &model, path);
        let measured = engine::measure::run(&config, &mut |progress| {
            tell(progress.part, &progress.doing);
        })?;
        tell(1.0, "asking the desk's own questions");
        let light = self.light_cost()?;
        let row = self.speed_row(&model, &measured, light);
        self.store.save_speed(&row)?;
        Ok(words::view(&row, &self.profile(&row)))
    }

    /// The newest measurement of a model's bytes on this computer.
    pub fn speed_of(&self, sha256: &str) -> Result<Option<SpeedView>, ApiError> {
        let row = self.store.speed(sha256)?;
        Ok(row.map(|row| words::view(&row, &self.profile(&row))))
    }

    /// The same in the planner's numbers.
    pub fn profile_of(&self, sha256: &str) -> Result<Option<Profile>, ApiError> {
        Ok(self.store.speed(sha256)?.map(|row| self.profile(&row)))
    }

    /// The model of this id, else the one at work, else the one this desk should have, and its
    /// file, checked a moment ago.
    fn model_to_measure(&self, id: Option<&str>) -> Result<(Model, PathBuf), ApiError> {
        let id = match id {
            Some(id) => id.to_owned(),
            None => self.chat.taken().map_or_else(|| self.chosen_chat(), |chat| chat.id().into()),
        };
        let Some(model) = self.shelf.find(&id) else {
            return Err(error(
                Code::NotFound,
                format!("there is no model {id:?}"),
                "Look at the list of models; a file must be imported first.",
            ));
        };
        if model.entry.purpose != Purpose::Chat {
            let message = format!("the model {id} finds passages and writes nothing");
            return Err(error(Code::Invalid, message, "Measure a model that phrases answers."));
        }
        let Some(path) = model.file() else {
            let (code, message) = match &model.located {
                Located::Damaged { reason } => {
                    (Code::ModelRefused, format!("the model {id} is refused: {reason}"))
                }
                Located::Missing | Located::Ready { .. } => {
                    (Code::NotFound, format!("the model {id} is not on this computer"))
                }
            };
            return Err(error(code, message, "Bring the model first, then measure it."));
        };
        catalog::verify(&path, &model.entry, Some(self.store.folder()))?;
        self.check_memory(&model)?;
        Ok((model, path))
    }

    /// A measurement loads the model beside the one at work.
    fn check_memory(&self, model: &Model) -> Result<(), ApiError> {
        let (free, needed) = (self.free_memory_bytes(), model.entry.memory_bytes());
        if free == 0 || needed <= free {
            return Ok(());
        }
        let megabytes = |bytes: u64| bytes.div_ceil(1 << 20);
        Err(error(
            Code::Unavailable,
            format!(
                "measuring {} takes {} MB of memory and {} MB are free",
                model.entry.id,
                megabytes(needed),
                megabytes(free)
            ),
            "Close other programs and try again.",
        ))
    }

    fn measure_config(&self, llama: &Llama, model: &Model, path: PathBuf) -> MeasureConfig {
        let cores = &self.machine;
        let some_are_fast = (1..cores.physical_cores).contains(&cores.performance_cores);
        MeasureConfig {
            program: llama.program.clone(),
            model: path,
            model_id: model.entry.id.clone(),
            device: self.chat.child().and_then(|child| child.device()),
            threads_most: llama.threads,
            fast_cores: some_are_fast.then_some(cores.performance_cores),
            limit: LIMIT,
        }
    }

    fn speed_row(&self, model: &Model, found: &Measured, light: Option<LightCost>) -> SpeedRow {
        let fit = fit_steps(&found.step_seconds());
        let is_better = found.threads != found.threads_usual
            && found.threads_steady
            && found.threads_gain >= CLEAR_GAIN;
        SpeedRow {
            sha256: model.entry.sha256.clone(),
            device: found.computes_on.clone(),
            version: env!("CARGO_PKG_VERSION").into(),
            threads: i64::from(found.threads),
            model: model.entry.id.clone(),
            load_ms: i64::try_from(found.load_ms).unwrap_or(i64::MAX),
            prefill_per_second: found.prefill_per_second(),
            step_base_s: fit.base_s,
            step_each_s: fit.each_s,
            r_squared: fit.r_squared,
            threads_better: is_better.then(|| i64::from(found.threads)),
            light_s: light.map(|light| light.seconds),
            notes: words::notes(found, self.power()),
            at: unix_seconds(),
        }
    }

    /// Where the power comes from now, not where it came from at the start.
    fn power(&self) -> Power {
        match self.machine_is_given {
            true => self.machine.power,
            false => hardware::detect().power,
        }
    }

    fn profile(&self, row: &SpeedRow) -> Profile {
        let on_card = !row.device.starts_with(PROCESSOR);
        Profile {
            prefill_per_second: row.prefill_per_second,
            step_base_s: row.step_base_s,
            step_each_s: row.step_each_s,
            slots: SLOTS,
            costs: Costs::all(row.light_s.unwrap_or(USUAL_LIGHT_S)),
            cores: if on_card { f64::INFINITY } else { self.machine.physical_cores.max(1) as f64 },
        }
    }
}

/// How the engine's words begin where no graphics card computed.
const PROCESSOR: &str = "cpu";

fn error(code: Code, message: impl Into<String>, hint: &str) -> ApiError {
    ApiError { code, message: message.into(), hint: Some(hint.into()) }
}

fn another_runs() -> ApiError {
    error(
        Code::Busy,
        "another measurement is running",
        "Wait until it is done; two at a time would make each other slow.",
    )
}

fn no_models() -> ApiError {
    error(
        Code::Unavailable,
        "this desk runs on stand-ins without a model",
        "Start it with models of this computer.",
    )
}

#[cfg(test)]
mod tests;
