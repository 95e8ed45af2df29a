//! A model that predicts a text window by window: the second half of each window is scored, so
//! that every scored token has at least half a window before it.

use std::fs;
use std::num::NonZeroU32;
use std::path::Path;

use llama_cpp_2::context::LlamaContext;
use llama_cpp_2::context::params::LlamaContextParams;
use llama_cpp_2::llama_backend::LlamaBackend;
use llama_cpp_2::llama_batch::LlamaBatch;
use llama_cpp_2::model::LlamaModel;
use llama_cpp_2::model::params::LlamaModelParams;
use llama_cpp_2::token::LlamaToken;

use crate::arguments::Held;
use crate::error::Error;
use crate::logs;
use crate::model::file;

/// Tokens of a window.
pub(crate) const WINDOW_TOKENS: usize = 512;

/// The first position whose prediction counts.
const FIRST: usize = WINDOW_TOKENS / 2;

/// Predictions of a window that count: the last token's has nothing to be compared with.
pub(crate) const SCORED: usize = WINDOW_TOKENS - 1 - FIRST;

/// Loads a model onto the processor.
pub(crate) fn open_model(backend: &LlamaBackend, path: &Path) -> Result<LlamaModel, Error> {
    file::check_header(path)?;
    // Both models must be computed by the same unit, or its rounding would be measured too.
    let parameters = LlamaModelParams::default().with_n_gpu_layers(0);
    LlamaModel::load_from_file(backend, path, &parameters).map_err(|error| {
        let reason = logs::take_last_errors().unwrap_or_else(|| error.to_string());
        Error::Refused { path: path.to_owned(), reason }
    })
}

/// The text's tokens, as many whole windows as there are.
///
/// Fails if there is not one.
pub(crate) fn read_tokens(model: &LlamaModel, held: &Held) -> Result<Vec<LlamaToken>, Error> {
    let mut text = Vec::new();
    for path in &held.texts {
        let bytes = fs::read(path);
        text.extend(bytes.map_err(|source| Error::Unreadable { path: path.clone(), source })?);
    }
    let mut tokens = model.vocab().tokenize(&text, true, false);
    tokens.truncate(held.tokens.unwrap_or(usize::MAX));
    if tokens.len() < WINDOW_TOKENS {
        return Err(Error::TextTooShort { tokens: tokens.len(), least: WINDOW_TOKENS });
    }
    tokens.truncate(tokens.len() / WINDOW_TOKENS * WINDOW_TOKENS);
    Ok(tokens)
}

/// A model with the predictions of one window.
pub(crate) struct Reader<'model> {
    context: LlamaContext<'model>,
    batch: LlamaBatch<'static>,
    first_token: Option<LlamaToken>,
}

impl<'model> Reader<'model> {
    /// Opens a context for one window.
    pub(crate) fn new(
        backend: &LlamaBackend,
        model: &'model LlamaModel,
        threads: u16,
    ) -> Result<Reader<'model>, Error> {
        let window = WINDOW_TOKENS as u32;
        let threads = i32::from(threads.max(1));
        let parameters = LlamaContextParams::default()
            .with_n_ctx(NonZeroU32::new(window))
            .with_n_batch(window)
            .with_n_ubatch(window)
            .with_n_threads(threads)
            .with_n_threads_batch(threads);
        let context = model.new_context(backend, parameters).map_err(compute_error)?;
        let vocab = model.vocab();
        let first_token = vocab.should_add_bos().then(|| vocab.bos());
        Ok(Reader { context, batch: LlamaBatch::new(WINDOW_TOKENS, 1), first_token })
    }

    /// Predicts a window, forgetting the one before.
    pub(crate) fn read(&mut self, window: &[LlamaToken]) -> Result<(), Error> {
        self.context.clear_kv_cache();
        self.batch.clear();
        for (position, token) in (0..).zip(window) {
            // Models that expect it see a beginning at the start of every window.
            let token = self.first_token.filter(|_| position == 0).unwrap_or(*token);
            let counts = (FIRST..FIRST + SCORED).contains(&(position as usize));
            self.batch.add(token, position, &[0], counts).map_err(compute_error)?;
        }
        self.context.decode(&mut self.batch).map_err(compute_error)
    }

    /// The prediction for the token after the `index`-th scored position.
    pub(crate) fn prediction(&self, index: usize) -> Prediction<'_> {
        Prediction::new(self.context.get_logits_ith((FIRST + index) as i32))
    }
}

/// The token that followed the `index`-th scored position.
pub(crate) fn followed(window: &[LlamaToken], index: usize) -> LlamaToken {
    window[FIRST + index + 1]
}

/// How likely a model finds every token.
pub(crate) struct Prediction<'a> {
    scores: &'a [f32],
    log_total: f64,
    likeliest: usize,
}

impl<'a> Prediction<'a> {
    /// From a model's raw scores.
    pub(crate) fn new(scores: &'a [f32]) -> Prediction<'a> {
        let mut likeliest = 0;
        for (token, score) in scores.iter().enumerate() {
            if *score > scores[likeliest] {
                likeliest = token;
            }
        }
        let highest = scores[likeliest];
        let total: f64 = scores.iter().map(|score| f64::from((score - highest).exp())).sum();
        Prediction { scores, log_total: f64::from(highest) + total.ln(), likeliest }
    }

    /// The most likely token.
    pub(crate) fn likeliest(&self) -> usize {
        self.likeliest
    }

    /// The natural logarithm of a token's probability.
    pub(crate) fn log_probability(&self, token: usize) -> f64 {
        f64::from(self.scores[token]) - self.log_total
    }

    /// How much is lost by expecting `other`'s probabilities where these hold, in nats.
    pub(crate) fn divergence(&self, other: &Prediction<'_>) -> f64 {
        let pairs = self.scores.iter().zip(other.scores);
        let shift = other.log_total - self.log_total;
        let lost = |(ours, theirs): (&f32, &f32)| {
            let log = f64::from(*ours) - self.log_total;
            f64::from((log as f32).exp()) * (f64::from(ours - theirs) + shift)
        };
        pairs.map(lost).sum()
    }
}

fn compute_error(error: impl ToString) -> Error {
    let reason = logs::take_last_errors().unwrap_or_else(|| error.to_string());
    Error::Compute { reason }
}

#[cfg(test)]
mod tests;
