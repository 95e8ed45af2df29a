//! Writing text: one context, and what it holds from the request before.

mod cache;
mod prompt;
mod run;
pub(crate) mod schedule;

use std::num::NonZeroU32;
use std::time::{Duration, Instant};

use llama_cpp_2::context::LlamaContext;
use llama_cpp_2::context::params::LlamaContextParams;
use llama_cpp_2::llama_batch::LlamaBatch;
use llama_cpp_2::sampling::LlamaSampler;
use llama_cpp_2::token::LlamaToken;

use crate::error::Error;
use crate::model::{Model, compute_error};
use cache::{Pace, STEP_TOKENS_MAX, reusable_tokens};
use prompt::Prompter;

/// `Done` of a text that came to its own end.
pub(crate) const STOPPED: u8 = 0;
/// `Done` of a text that reached its number of tokens.
pub(crate) const LENGTH: u8 = 1;
/// `Done` of a text nobody wants any more.
pub(crate) const CANCELLED: u8 = 2;

/// Tokens of a context unless the command line says otherwise.
const CONTEXT_DEFAULT: u32 = 4096;

/// The only sequence of the context. More of them is what serving several requests at a time
/// would begin with.
const SEQUENCE: u32 = 0;

/// A model that writes, with its context.
pub(crate) struct Chat<'model> {
    model: &'model Model,
    prompter: Prompter<'model>,
    context: LlamaContext<'model>,
    batch: LlamaBatch<'static>,
    /// Exactly the tokens that the context holds.
    held: Vec<LlamaToken>,
    pace: Pace,
    context_tokens: usize,
}

impl<'model> Chat<'model> {
    /// Opens a context and computes one token, which brings the model's pages into memory.
    pub(crate) fn start(
        model: &'model Model,
        threads: i32,
        context: Option<u32>,
    ) -> Result<Chat<'model>, Error> {
        let wanted = model.choose_context(context, CONTEXT_DEFAULT);
        let parameters = LlamaContextParams::default()
            .with_n_ctx(NonZeroU32::new(wanted))
            .with_n_batch(STEP_TOKENS_MAX as u32)
            .with_n_ubatch(STEP_TOKENS_MAX as u32)
            .with_n_seq_max(1)
            // Copying a part of a sequence ends the process without it.
            .with_kv_unified(true)
            .with_n_threads(threads)
            .with_n_threads_batch(threads);
        let prompter = Prompter::new(model)?;
        let context = model.open_context(parameters)?;
        let context_tokens = wanted.min(context.n_ctx()) as usize;
        let batch = LlamaBatch::new(STEP_TOKENS_MAX, 1);
        let (held, pace) = (Vec::new(), Pace::default());
        let mut chat = Chat { model, prompter, context, batch, held, pace, context_tokens };
        chat.compute(&[model.some_token()])?;
        chat.forget();
        Ok(chat)
    }

    /// Tokens that a prompt and its answer may have together.
    pub(crate) fn context_tokens(&self) -> usize {
        self.context_tokens
    }

    /// Keeps what the context holds of the beginning of `prompt` and drops the rest. Answers how
    /// many tokens that saves; the last one of a prompt is always computed, for its result.
    fn reuse(&mut self, prompt: &[LlamaToken]) -> usize {
        let keep = reusable_tokens(&self.held, prompt);
        let is_cut = self.context.clear_kv_cache_seq(Some(SEQUENCE), Some(keep as u32), None).ok();
        // A model with a running state instead of a memory of tokens cannot be cut.
        if is_cut != Some(true) {
            self.forget();
        }
        self.held.truncate(keep);
        self.held.len()
    }

    /// Computes the next tokens of the sequence. The result is that of the last one.
    fn compute(&mut self, tokens: &[LlamaToken]) -> Result<(), Error> {
        let room = self.context_tokens.saturating_sub(self.held.len());
        if tokens.is_empty() || tokens.len() > room.min(STEP_TOKENS_MAX) {
            let reason = format!("{} tokens in a step, {room} fit", tokens.len());
            return Err(Error::Compute { reason });
        }
        if let Some(token) = tokens.iter().find(|&&token| !self.model.has_token(token)) {
            return Err(Error::Compute { reason: format!("there is no token {}", token.0) });
        }
        self.batch.clear();
        for (offset, &token) in tokens.iter().enumerate() {
            let position = i32::try_from(self.held.len() + offset).map_err(compute_error)?;
            let is_last = offset + 1 == tokens.len();
            self.batch.add(token, position, &[SEQUENCE as i32], is_last).map_err(compute_error)?;
        }
        let started = Instant::now();
        if let Err(error) = self.context.decode(&mut self.batch) {
            self.forget();
            return Err(compute_error(error));
        }
        self.context.synchronize();
        self.held.extend_from_slice(tokens);
        self.note_pace(tokens.len(), started.elapsed());
        Ok(())
    }

    /// Picks the next token from the result of the last step. The sampler also notes it.
    fn sample(&self, sampler: &mut LlamaSampler) -> LlamaToken {
        sampler.sample(&self.context, self.batch.n_tokens() - 1)
    }

    /// Drops everything the context holds.
    fn forget(&mut self) {
        self.context.clear_kv_cache();
        self.held.clear();
    }

    fn note_pace(&mut self, tokens: usize, took: Duration) {
        self.pace.note(tokens, took);
    }
}
