//! The context of llama.cpp, with every limit checked before its functions are reached, because
//! most mistakes there end the process.
//!
//! Holds the only `unsafe` of this program: reading and writing the bytes of a state.

#![allow(unsafe_code)]

use std::num::NonZeroU32;

use llama_cpp_2::DecodeError;
use llama_cpp_2::context::LlamaContext;
use llama_cpp_2::context::params::LlamaContextParams;
use llama_cpp_2::context::session::LlamaStateSeqFlags;
use llama_cpp_2::llama_batch::LlamaBatch;
use llama_cpp_2::token::LlamaToken;

use super::sequences::{Seq, Sequences};
use crate::error::Error;
use crate::model::{Model, compute_error};

/// Sequences that llama.cpp can number.
const SEQUENCES_MAX: usize = 256;

/// The measures of a context.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shape {
    /// Tokens that all sequences hold together.
    pub(crate) cells: u32,
    /// Sequences.
    pub(crate) sequences: usize,
    /// Tokens of one step.
    pub(crate) step_tokens: usize,
    /// Tokens that are computed at once within a step. Memory grows with it.
    pub(crate) block_tokens: u32,
}

/// A context and the book about what it holds.
pub(crate) struct Context<'model> {
    model: &'model Model,
    shape: Shape,
    /// `None` only while another one takes its place.
    llama: Option<LlamaContext<'model>>,
    batch: LlamaBatch<'static>,
    /// Which tokens of the last step have results.
    has_result: Vec<bool>,
    book: Sequences,
    threads: i32,
}

/// A part of a step: tokens that continue one sequence.
pub(crate) struct Part<'a> {
    /// The sequence.
    pub(crate) seq: Seq,
    /// What follows it.
    pub(crate) tokens: &'a [i32],
    /// How many of the last tokens want a result.
    pub(crate) results: usize,
}

/// Why a step was not computed.
#[derive(Debug)]
pub(crate) enum StepError {
    /// There are no cells for it. Nothing has changed.
    Full,
    /// llama.cpp failed. Everything the context held is gone.
    Lost(Error),
}

impl<'model> Context<'model> {
    /// Opens a context.
    pub(crate) fn open(
        model: &'model Model,
        shape: Shape,
        threads: i32,
    ) -> Result<Context<'model>, Error> {
        let shape = Shape { sequences: shape.sequences.clamp(1, SEQUENCES_MAX), ..shape };
        let llama = Some(open(model, shape, threads)?);
        let batch = LlamaBatch::new(shape.step_tokens, 1);
        let book = Sequences::new(shape.sequences, shape.cells as usize);
        Ok(Context { model, shape, llama, batch, has_result: Vec::new(), book, threads })
    }

    /// What the context holds.
    pub(crate) fn book(&self) -> &Sequences {
        &self.book
    }

    /// Notes that a sequence was of use now.
    pub(crate) fn touch(&mut self, seq: Seq) {
        self.book.touch(seq);
    }

    /// The measures.
    pub(crate) fn shape(&self) -> Shape {
        self.shape
    }

    /// Threads that compute.
    pub(crate) fn threads(&self) -> i32 {
        self.threads
    }

    /// Computes the parts together. [`Context::scores`] then has the results, numbered like the
    /// tokens of all parts.
    pub(crate) fn compute(&mut self, parts: &[Part<'_>]) -> Result<(), StepError> {
        let total: usize = parts.iter().map(|part| part.tokens.len()).sum();
        if total > self.book.free_cells() {
            return Err(StepError::Full);
        }
        if let Err(error) = self.check(parts, total) {
            return Err(StepError::Lost(error));
        }
        self.batch.clear();
        self.has_result.clear();
        for part in parts {
            let start = self.book.tokens(part.seq).len();
            let silent = part.tokens.len() - part.results.min(part.tokens.len());
            for (offset, &token) in part.tokens.iter().enumerate() {
                let position = i32::try_from(start + offset).map_err(lost)?;
                let seq = [part.seq as i32];
                let has_result = offset >= silent;
                let added = self.batch.add(LlamaToken(token), position, &seq, has_result);
                added.map_err(lost)?;
                self.has_result.push(has_result);
            }
        }
        let Some(llama) = self.llama.as_mut() else { return Err(lost("there is no context")) };
        match llama.decode(&mut self.batch) {
            Ok(()) => {}
            Err(DecodeError::NoKvCacheSlot) => {
                self.has_result.clear();
                return Err(StepError::Full);
            }
            Err(error) => {
                self.has_result.clear();
                self.forget();
                return Err(lost(error));
            }
        }
        llama.synchronize();
        for part in parts {
            if !self.book.append(part.seq, part.tokens) {
                self.forget();
                return Err(lost("the book of cells is wrong"));
            }
        }
        Ok(())
    }

    /// The scores of every token of the vocabulary, for token `index` of the last step. `None` if
    /// it wanted no result.
    pub(crate) fn scores(&self, index: usize) -> Option<&[f32]> {
        self.has_result.get(index).filter(|has_result| **has_result)?;
        let index = i32::try_from(index).ok()?;
        self.llama.as_ref().map(|llama| llama.get_logits_ith(index))
    }

    /// Makes `to` the first `tokens` tokens of `from`, without copying anything.
    pub(crate) fn share(&mut self, from: Seq, to: Seq, tokens: usize) {
        let tokens = tokens.min(self.book.tokens(from).len());
        if from != to {
            self.cut(to, 0);
            if let (Some(llama), Ok(end)) = (self.llama.as_mut(), u32::try_from(tokens))
                && end > 0
            {
                let copied = llama.copy_kv_cache_seq(from as i32, to as i32, Some(0), Some(end));
                copied.expect("positions of a context fit into an i32");
            }
        }
        self.book.share(from, to, tokens);
        self.cut(to, tokens);
    }

    /// Keeps the first `tokens` tokens of a sequence. Some kinds of models cannot forget only the
    /// end; their sequence is emptied.
    pub(crate) fn cut(&mut self, seq: Seq, tokens: usize) {
        if tokens >= self.book.tokens(seq).len() {
            return;
        }
        let (seq_number, start) = (seq as u32, tokens as u32);
        let Some(llama) = self.llama.as_mut() else { return };
        let cut = llama.clear_kv_cache_seq(Some(seq_number), Some(start), None);
        if cut.unwrap_or(false) {
            self.book.cut(seq, tokens);
        } else {
            let emptied = llama.clear_kv_cache_seq(Some(seq_number), None, None);
            debug_assert!(emptied.unwrap_or(false), "a whole sequence can always be emptied");
            self.book.cut(seq, 0);
        }
    }

    /// Drops everything the context holds.
    pub(crate) fn forget(&mut self) {
        if let Some(llama) = self.llama.as_mut() {
            llama.clear_kv_cache();
        }
        self.book.clear();
    }

    /// The state of a whole sequence, as bytes that only this model and build understand. `None` for
    /// an empty one.
    pub(crate) fn state(&self, seq: Seq) -> Option<Vec<u8>> {
        if seq >= self.shape.sequences || self.book.tokens(seq).is_empty() {
            return None;
        }
        let llama = self.llama.as_ref()?;
        let flags = LlamaStateSeqFlags::empty();
        let mut bytes = vec![0; llama.state_seq_get_size_ext(seq as i32, flags)];
        // SAFETY: the buffer has the size that llama.cpp asked for in the line above, the
        // sequence exists, and nothing changes the context in between.
        let written =
            unsafe { llama.state_seq_get_data_ext(bytes.as_mut_ptr(), seq as i32, flags) };
        (written == bytes.len() && written > 0).then_some(bytes)
    }

    /// Puts a state into a sequence. `false`, with the sequence empty, if it does not fit.
    ///
    /// `bytes` must come from [`Context::state`] of the same model and build, for exactly `tokens`:
    /// llama.cpp believes what they say.
    pub(crate) fn restore(&mut self, seq: Seq, tokens: &[i32], bytes: &[u8]) -> bool {
        if seq >= self.shape.sequences {
            return false;
        }
        self.cut(seq, 0);
        if tokens.len() > self.book.free_cells() {
            return false;
        }
        let flags = LlamaStateSeqFlags::empty();
        let Some(llama) = self.llama.as_mut() else { return false };
        // SAFETY: the sequence exists; the bytes were written by `state` above for this model and
        // this build, which the store proved with a checksum and the identity in the file.
        let is_restored = unsafe { llama.state_seq_set_data_ext(bytes, seq as i32, flags) };
        if is_restored && self.book.append(seq, tokens) {
            return true;
        }
        let emptied = llama.clear_kv_cache_seq(Some(seq as u32), None, None);
        debug_assert!(emptied.unwrap_or(false), "a whole sequence can always be emptied");
        self.book.cut(seq, 0);
        false
    }

    /// Goes on with another number of threads. What the context holds comes along.
    pub(crate) fn set_threads(&mut self, threads: i32) -> Result<(), Error> {
        let Some(old) = self.llama.take() else {
            return Err(compute_error("there is no context"));
        };
        let mut bytes = vec![0; old.get_state_size()];
        // SAFETY: the buffer has the size that llama.cpp asked for in the line above.
        let written = unsafe { old.copy_state_data(bytes.as_mut_ptr()) };
        // The memory of two contexts at once may be more than there is.
        drop(old);
        let mut new = open(self.model, self.shape, threads)?;
        // SAFETY: the bytes are those of a context of the same model, shape and build.
        let read = unsafe { new.set_state_data(&bytes) };
        self.llama = Some(new);
        self.threads = threads;
        self.has_result.clear();
        if read != written {
            self.forget();
        }
        Ok(())
    }

    /// What would end the process or write beyond a buffer.
    fn check(&self, parts: &[Part<'_>], total: usize) -> Result<(), Error> {
        if total == 0 || total > self.shape.step_tokens {
            return Err(compute_error(format!("a step of {total} tokens")));
        }
        for part in parts {
            if part.seq >= self.shape.sequences {
                return Err(compute_error(format!("there is no sequence {}", part.seq)));
            }
            let is_known = |token: &&i32| !self.model.has_token(LlamaToken(**token));
            if let Some(token) = part.tokens.iter().find(is_known) {
                return Err(compute_error(format!("there is no token {token}")));
            }
        }
        Ok(())
    }
}

fn lost(error: impl ToString) -> StepError {
    StepError::Lost(compute_error(error))
}

fn open(model: &Model, shape: Shape, threads: i32) -> Result<LlamaContext<'_>, Error> {
    let step_tokens = u32::try_from(shape.step_tokens).unwrap_or(u32::MAX);
    let parameters = LlamaContextParams::default()
        .with_n_ctx(NonZeroU32::new(shape.cells))
        .with_n_batch(step_tokens)
        .with_n_ubatch(shape.block_tokens.min(step_tokens))
        .with_n_seq_max(u32::try_from(shape.sequences).unwrap_or(1))
        // Sequences share cells; copying a part of one ends the process without it.
        .with_kv_unified(true)
        .with_n_threads(threads)
        .with_n_threads_batch(threads);
    model.open_context(parameters)
}

#[cfg(test)]
mod tests;
