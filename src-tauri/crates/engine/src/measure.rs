//! "Measure this computer": one run of `frontdesk-engine measure`, and what it found.
//!
//! It is a process of its own, not a request to the engine that serves: a measurement needs the
//! model to itself, may take longer than anybody waits for an answer, and may end in a crash. The
//! engine that serves keeps its texts, its states and its pace, and goes on.

mod run;

use std::path::PathBuf;
use std::time::Duration;

use serde::{Deserialize, Serialize};

pub use run::run;

/// Texts at once, tokens and threads beyond this are no measurement.
const COUNT_LIMIT: u32 = 100_000;

/// Times and rates beyond this are no measurement either.
const NUMBER_LIMIT: f64 = 1e9;

/// What to measure, and with what.
#[derive(Clone, Debug)]
pub struct MeasureConfig {
    /// The `frontdesk-engine` program.
    pub program: PathBuf,
    /// The verified model file.
    pub model: PathBuf,
    /// The model's id, for errors.
    pub model_id: String,
    /// The engine's name of a graphics card; the processor if there is none.
    pub device: Option<String>,
    /// Most threads that may compute; the engine decides if there is no number.
    pub threads_most: Option<usize>,
    /// Cores that are faster than the others, where only some are.
    pub fast_cores: Option<usize>,
    /// When it is stopped, whatever it has found.
    pub limit: Duration,
}

/// One line that the program prints.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Line {
    /// How far it is.
    Progress(Progress),
    /// What it found; the last line.
    Measured(Box<Measured>),
    /// Why the model cannot be measured; the last line.
    Refused(String),
}

/// How far a measurement is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    /// From 0 to 1.
    pub part: f64,
    /// What is being done, in words.
    pub doing: String,
}

/// How fast a model is on this computer. Every time is a median.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Measured {
    /// What computed: a part of the engine for this processor, or a graphics card.
    pub computes_on: String,
    /// From the start of the program to the first token, in milliseconds.
    pub load_ms: u64,
    /// Threads that the rest was measured with.
    pub threads: u32,
    /// Threads that the engine takes when nobody says otherwise.
    pub threads_usual: u32,
    /// Threads that wrote fastest.
    pub threads_writing: u32,
    /// Threads that read fastest.
    pub threads_reading: u32,
    /// How many times faster a usual answer is with `threads` than with `threads_usual`.
    pub threads_gain: f64,
    /// Whether the choice of threads is about this computer; `false` when other programs took a
    /// part of the processor meanwhile.
    pub threads_steady: bool,
    /// How fast fresh prompts are read.
    pub prompts: Vec<PromptSpeed>,
    /// Tokens before the texts whose steps were measured.
    pub depth: u32,
    /// How long a step takes that adds a token to each of some texts.
    pub steps: Vec<StepTime>,
    /// How often all of it was measured.
    pub rounds: u32,
    /// Of the processor time that the threads could have had, the share they got; `None` where the
    /// system does not tell, or a graphics card computed.
    pub processor_share: Option<f64>,
    /// How much slower the last round was than the first, 0.2 for a fifth; `None` with one round.
    pub slowed: Option<f64>,
    /// What was left out because it would have taken too long, in words.
    pub cut: Vec<String>,
    /// How long all of it took, in milliseconds.
    pub took_ms: u64,
}

/// How fast a fresh prompt of one length is read.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct PromptSpeed {
    /// Its tokens.
    pub tokens: u32,
    /// Tokens read in a second.
    pub per_second: f64,
}

/// How long a step with some texts in it takes.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct StepTime {
    /// Texts.
    pub texts: u32,
    /// Milliseconds.
    pub ms: f64,
}

impl Measured {
    /// Tokens of prompts read in a second, over all lengths.
    pub fn prefill_per_second(&self) -> f64 {
        let tokens: f64 = self.prompts.iter().map(|prompt| f64::from(prompt.tokens)).sum();
        let seconds: f64 =
            self.prompts.iter().map(|prompt| f64::from(prompt.tokens) / prompt.per_second).sum();
        if seconds > 0.0 { tokens / seconds } else { 0.0 }
    }

    /// The steps as `(texts, seconds)`.
    pub fn step_seconds(&self) -> Vec<(usize, f64)> {
        self.steps.iter().map(|step| (step.texts as usize, step.ms / 1e3)).collect()
    }

    /// Why this cannot be true, if it cannot. The program has read an untrusted file before it
    /// printed this.
    fn problem(&self) -> Option<&'static str> {
        let is_count = |count: u32| (1..=COUNT_LIMIT).contains(&count);
        let is_amount = |number: f64| number > 0.0 && number < NUMBER_LIMIT;
        let counts = [self.threads, self.threads_usual, self.threads_writing, self.threads_reading];
        let prompts_hold =
            self.prompts.iter().all(|it| is_count(it.tokens) && is_amount(it.per_second));
        let steps_hold = self.steps.iter().all(|it| is_count(it.texts) && is_amount(it.ms));
        if self.prompts.is_empty() || self.steps.is_empty() {
            Some("it measured nothing")
        } else if !counts.into_iter().all(is_count) || !is_amount(self.threads_gain) {
            Some("its threads are no numbers of threads")
        } else if !prompts_hold || !steps_hold {
            Some("its times are no times")
        } else if self.processor_share.is_some_and(|share| !(0.0..=2.0).contains(&share))
            || self.slowed.is_some_and(|slowed| !(-1.0..NUMBER_LIMIT).contains(&slowed))
        {
            Some("its shares are no shares")
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests;
