//! Writing texts: one context, several requests at a time, and what of them is kept.
//!
//! [`schedule`] is the loop, [`Chat::admit`] finds a slot and the best beginning for a request,
//! [`Chat::step`] computes a step of everything under way, [`sequences`] is the book of what the
//! context holds.

mod admit;
mod contention;
pub(crate) mod context;
pub(crate) mod pace;
pub(crate) mod pick;
mod plan;
mod prompt;
mod run;
pub(crate) mod schedule;
pub(crate) mod sequences;
pub(crate) mod step;

use std::path::PathBuf;

use llama_cpp_2::token::LlamaToken;

use crate::draft::StepCosts;
use crate::error::Error;
use crate::model::Model;
use crate::states::Store;
use contention::Contention;
use context::{Context, Part, Shape};
use pace::{Pace, STEP_TOKENS_MAX};
use prompt::Prompter;
use run::Run;

/// Tokens that all texts under way may use together, unless the command line says otherwise.
const CONTEXT_DEFAULT: u32 = 4096;

/// Texts that are written at the same time, unless the command line says otherwise.
const SLOTS_DEFAULT: usize = 8;

/// More would only make each of them slow.
const SLOTS_MAX: usize = 64;

/// Sequences that hold beginnings for later, beside those of the slots.
const SHELF: usize = 8;

/// Tokens that are computed at once within a step. Memory grows with it, speed does not.
pub(crate) const BLOCK_TOKENS: u32 = 128;

/// Bytes of states on disk, unless the command line says otherwise.
const STATES_BYTES: u64 = 512 << 20;

/// How texts are written.
#[derive(Clone, Debug, Default)]
pub(crate) struct Settings {
    /// Threads that compute.
    pub(crate) threads: i32,
    /// Texts at the same time.
    pub(crate) slots: Option<usize>,
    /// Tokens that all texts may use together.
    pub(crate) context: Option<u32>,
    /// Whether tokens are guessed ahead.
    pub(crate) with_drafts: bool,
    /// Where states are kept.
    pub(crate) states: Option<PathBuf>,
    /// Bytes they may take.
    pub(crate) states_bytes: Option<u64>,
}

/// A model that writes, with its context.
pub(crate) struct Chat<'model> {
    model: &'model Model,
    prompter: Prompter<'model>,
    context: Context<'model>,
    /// The request in each slot. Slot `n` writes sequence `n`.
    runs: Vec<Option<Run>>,
    store: Store,
    pace: Pace,
    costs: StepCosts,
    contention: Contention,
    with_drafts: bool,
    /// Tokens that end a text.
    ends: Vec<i32>,
    /// Requests that got a slot so far.
    admitted: u64,
    /// Steps so far.
    steps: usize,
}

impl<'model> Chat<'model> {
    /// Opens a context, computes one token, which brings the model's pages into memory, and
    /// brings back the beginning that every question has.
    pub(crate) fn start(model: &'model Model, settings: Settings) -> Result<Chat<'model>, Error> {
        let slots = settings.slots.unwrap_or(SLOTS_DEFAULT).clamp(1, SLOTS_MAX);
        let shape = Shape {
            cells: model.choose_context(settings.context, CONTEXT_DEFAULT),
            sequences: slots + SHELF,
            step_tokens: STEP_TOKENS_MAX,
            block_tokens: BLOCK_TOKENS,
        };
        let prompter = Prompter::new(model)?;
        let context = Context::open(model, shape, settings.threads)?;
        let bytes = settings.states_bytes.unwrap_or(STATES_BYTES);
        let store = Store::open(settings.states.as_deref(), bytes, &model.identity());
        let vocabulary = i32::try_from(model.vocabulary_size()).unwrap_or(i32::MAX);
        let vocab = model.vocab();
        let mut chat = Chat {
            model,
            prompter,
            context,
            runs: (0..slots).map(|_| None).collect(),
            store,
            pace: Pace::default(),
            costs: StepCosts::default(),
            // Threads that only wait for a card are not disturbed by anybody.
            contention: Contention::new(if model.is_on_card() { 1 } else { settings.threads }),
            with_drafts: settings.with_drafts && model.can_forget_an_end(),
            ends: (0..vocabulary).filter(|&token| vocab.is_eog(LlamaToken(token))).collect(),
            admitted: 0,
            steps: 0,
        };
        chat.warm_up()?;
        Ok(chat)
    }

    /// Tokens that a prompt and its answer may have together.
    pub(crate) fn context_tokens(&self) -> usize {
        self.context.shape().cells as usize
    }

    /// Texts that can be written at the same time.
    pub(crate) fn slots(&self) -> usize {
        self.runs.len()
    }

    /// Estimate of the memory in use, in bytes.
    pub(crate) fn memory_bytes(&self) -> u64 {
        let shape = self.context.shape();
        self.model.memory_bytes(shape.cells, shape.block_tokens)
    }

    /// Whether a request could get a slot now.
    fn has_free_slot(&self) -> bool {
        self.runs.iter().any(Option::is_none)
    }

    /// Whether nothing is under way.
    fn is_idle(&self) -> bool {
        self.runs.iter().all(Option::is_none)
    }

    fn warm_up(&mut self) -> Result<(), Error> {
        let tokens = [self.model.some_token().0];
        let part = Part { seq: 0, tokens: &tokens, results: 1 };
        let computed = self.context.compute(&[part]);
        self.context.forget();
        match computed {
            Ok(()) => {}
            Err(context::StepError::Full) => return Err(Error::ContextTooSmall),
            Err(context::StepError::Lost(error)) => return Err(error),
        }
        self.restore_fixed();
        Ok(())
    }
}

#[cfg(test)]
mod tests;
