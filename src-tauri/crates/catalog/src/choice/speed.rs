//! How fast a model is here: as measured, or as guessed from what the computer is made of.
//!
//! The guess comes from figures of many computers and may be wrong by a factor of two. Another
//! model that was measured on the same computer corrects it.

use hardware::{DeviceKind, Machine};

use super::{Measured, Speed};
use crate::{Catalog, Entry};

/// New tokens of a usual prompt: what the desk's kept beginnings leave to read.
const PROMPT_TOKENS: f64 = 300.0;

/// The first words must come within so many seconds.
const FIRST_WORDS_S: f64 = 3.0;

/// Slower writing than this many tokens a second is slower than people read.
const TOKENS_PER_SECOND: f64 = 8.0;

/// By how much a guess may be wrong.
const GUESS_FACTOR: f64 = 2.0;

/// Tokens a second that one core with the widest instructions reads of a model with a billion
/// parameters.
const CORE_PREFILL: f64 = 78.0;

/// Parts of that with narrower instructions, and of a core that is half of a real one and rented
/// out.
const WITH_AVX2: f64 = 0.5;
const WITHOUT: f64 = 0.15;
const RENTED: f64 = 0.25;

/// Bytes of weights that one core brings in a second, up to as many cores as a desktop has, and
/// beyond, where servers have more channels to their memory.
const CORE_BYTES_PER_SECOND: f64 = 10e9;
const DESKTOP_BYTES_PER_SECOND: f64 = 60e9;
const DESKTOP_CORES: f64 = 8.0;
const SERVER_CORE_BYTES_PER_SECOND: f64 = 3e9;

/// What graphics that shares the memory adds to reading a prompt; writing stays as it is.
const INTEGRATED_PREFILL: f64 = 2.0;

/// A graphics card with its own memory: tokens a second for a billion parameters, bytes a second.
const CARD_PREFILL: f64 = 10_000.0;
const CARD_BYTES_PER_SECOND: f64 = 200e9;

/// Of a step with one text, the part that each further text adds: processors compute as long as
/// they read weights, cards wait for their memory.
const EACH_TEXT: f64 = 0.3;
const EACH_TEXT_ON_CARD: f64 = 0.03;

/// A step's seconds that do not depend on the model.
const STEP_S: f64 = 0.001;

/// Where a model runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// On the processor.
    Processor,
    /// On graphics that shares the computer's memory.
    Integrated,
    /// On a graphics card with its own memory.
    Card,
}

/// How fast a model is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Pace {
    /// As measured here.
    Measured { first_words_s: f64, tokens_per_second: f64 },
    /// As guessed.
    Guessed { first_words_s: f64, tokens_per_second: f64 },
}

impl Pace {
    /// Whether it misses the floor: at all where it was measured, twice over where it was guessed.
    pub(super) fn is_too_slow(self) -> bool {
        let (first_words_s, tokens_per_second, leeway) = match self {
            Pace::Measured { first_words_s, tokens_per_second } => {
                (first_words_s, tokens_per_second, 1.0)
            }
            Pace::Guessed { first_words_s, tokens_per_second } => {
                (first_words_s, tokens_per_second, GUESS_FACTOR)
            }
        };
        // Figures that are no numbers are no reason to use a model.
        let is_quick = first_words_s <= FIRST_WORDS_S * leeway
            && tokens_per_second >= TOKENS_PER_SECOND / leeway;
        !is_quick
    }
}

/// Knows how fast models are on one computer.
pub(super) struct Guesser<'a> {
    measured: &'a Measured,
    /// Tokens a second of a model with a billion parameters, on the processor.
    prefill: f64,
    /// Bytes of weights a second.
    bytes: f64,
    /// By how much the guess was wrong for a model that was measured.
    correction: Option<(f64, f64)>,
}

impl<'a> Guesser<'a> {
    pub(super) fn new(machine: &Machine, catalog: &Catalog, measured: &'a Measured) -> Guesser<'a> {
        let cores = cores(machine);
        let is_rented = machine.virtualised.as_deref().is_some_and(|inside| inside != "container");
        let part = if is_rented { RENTED } else { instructions(machine) };
        let beyond = (cores - DESKTOP_CORES).max(0.0);
        let near = (cores * CORE_BYTES_PER_SECOND).min(DESKTOP_BYTES_PER_SECOND);
        let mut guesser = Guesser {
            measured,
            prefill: cores * CORE_PREFILL * part,
            bytes: near + beyond * SERVER_CORE_BYTES_PER_SECOND,
            correction: None,
        };
        let has_card = machine.devices.iter().any(|device| device.kind != DeviceKind::Software);
        if !has_card {
            guesser.correction = guesser.find_correction(catalog);
        }
        guesser
    }

    /// Whether this very file was measured here.
    pub(super) fn is_measured(&self, entry: &Entry) -> bool {
        self.find(entry).is_some()
    }

    /// How fast a model is at a place.
    pub(super) fn pace(&self, entry: &Entry, place: Place) -> Pace {
        if let Some(speed) = self.find(entry) {
            let (first_words_s, tokens_per_second) = floor_figures(speed);
            return Pace::Measured { first_words_s, tokens_per_second };
        }
        let (prefill, step_s) = self.guess(entry, place);
        let (by_prefill, by_step) = self.correction.unwrap_or((1.0, 1.0));
        Pace::Guessed {
            first_words_s: PROMPT_TOKENS / (prefill * by_prefill) + step_s / by_step,
            tokens_per_second: by_step / step_s,
        }
    }

    /// The same in the figures of a measurement.
    pub(super) fn speed(&self, entry: &Entry, place: Place) -> Speed {
        if let Some(speed) = self.find(entry) {
            return *speed;
        }
        let (prefill, step_s) = self.guess(entry, place);
        let (by_prefill, by_step) = self.correction.unwrap_or((1.0, 1.0));
        let each = if place == Place::Card { EACH_TEXT_ON_CARD } else { EACH_TEXT };
        Speed {
            prefill_per_second: prefill * by_prefill,
            step_base_s: step_s / by_step * (1.0 - each),
            step_each_s: step_s / by_step * each,
        }
    }

    fn find(&self, entry: &Entry) -> Option<&'a Speed> {
        let mut speeds = self.measured.speeds.iter();
        speeds.find(|(sha256, _)| *sha256 == entry.sha256).map(|(_, speed)| speed)
    }

    /// Tokens a second of a prompt, and seconds of a step with one text.
    fn guess(&self, entry: &Entry, place: Place) -> (f64, f64) {
        let billions = entry.shape.active_parameters.max(1) as f64 / 1e9;
        let bytes = entry.shape.active_bytes.max(1) as f64;
        let (prefill, bytes_per_second) = match place {
            Place::Processor => (self.prefill, self.bytes),
            Place::Integrated => (self.prefill * INTEGRATED_PREFILL, self.bytes),
            Place::Card => (CARD_PREFILL, CARD_BYTES_PER_SECOND),
        };
        (prefill / billions, bytes / bytes_per_second + STEP_S)
    }

    /// Compares the guess with the largest model that was measured.
    fn find_correction(&self, catalog: &Catalog) -> Option<(f64, f64)> {
        let measured = catalog.models.iter().filter(|entry| self.is_measured(entry));
        let largest = measured.max_by_key(|entry| entry.shape.active_parameters)?;
        let speed = self.find(largest)?;
        let (prefill, step_s) = self.guess(largest, Place::Processor);
        let (_, tokens_per_second) = floor_figures(speed);
        let by_prefill = speed.prefill_per_second / prefill;
        let by_step = tokens_per_second * step_s;
        let is_usable = |by: f64| by.is_finite() && by > 0.0;
        (is_usable(by_prefill) && is_usable(by_step)).then_some((by_prefill, by_step))
    }
}

/// Seconds to the first words, and tokens a second for one reader.
fn floor_figures(speed: &Speed) -> (f64, f64) {
    let step_s = speed.step_base_s + speed.step_each_s;
    (PROMPT_TOKENS / speed.prefill_per_second + step_s, 1.0 / step_s)
}

/// Cores that work at full speed; a machine that tells none has one.
fn cores(machine: &Machine) -> f64 {
    let fast = match (machine.performance_cores, machine.physical_cores) {
        (0, physical) => physical,
        (fast, physical) => fast.min(physical.max(1)),
    };
    fast.max(1) as f64
}

/// The part of the best core's speed that its instructions allow.
fn instructions(machine: &Machine) -> f64 {
    let has = |name: &str| machine.instructions.iter().any(|has| has.starts_with(name));
    if has("avx512") {
        1.0
    } else if has("avx2") || has("dotprod") || has("asimddp") || has("i8mm") || has("neon") {
        WITH_AVX2
    } else {
        WITHOUT
    }
}

#[cfg(test)]
mod tests;
