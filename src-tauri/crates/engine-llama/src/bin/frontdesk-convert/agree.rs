//! Two models side by side.

use std::path::Path;

use serde_json::{Value, json};

use crate::arguments::Held;
use crate::error::Error;
use crate::windows::{Reader, SCORED, WINDOW_TOKENS, followed, open_model, read_tokens};
use crate::{backends, name};

/// What is added up over all scored positions.
#[derive(Default)]
struct Sums {
    scored: usize,
    same_likeliest: usize,
    log_a: f64,
    log_b: f64,
    divergence: f64,
}

/// Both perplexities on the text, and how far the second model is from the first.
///
/// Fails if the models do not read the same tokens.
pub(crate) fn agree(a: &Path, b: &Path, held: &Held) -> Result<Value, Error> {
    let backend = backends::start()?;
    let (model_a, model_b) = (open_model(&backend, a)?, open_model(&backend, b)?);
    let tokens = read_tokens(&model_a, held)?;
    let same_width = model_a.vocab().n_tokens() == model_b.vocab().n_tokens();
    if !same_width || tokens != read_tokens(&model_b, held)? {
        return Err(Error::OtherTokens);
    }
    let mut reader_a = Reader::new(&backend, &model_a, held.threads)?;
    let mut reader_b = Reader::new(&backend, &model_b, held.threads)?;
    let mut sums = Sums::default();
    for window in tokens.chunks_exact(WINDOW_TOKENS) {
        reader_a.read(window)?;
        reader_b.read(window)?;
        for index in 0..SCORED {
            let (in_a, in_b) = (reader_a.prediction(index), reader_b.prediction(index));
            let token = followed(window, index).0 as usize;
            sums.scored += 1;
            sums.same_likeliest += usize::from(in_a.likeliest() == in_b.likeliest());
            sums.log_a += in_a.log_probability(token);
            sums.log_b += in_b.log_probability(token);
            sums.divergence += in_a.divergence(&in_b);
        }
    }
    Ok(sums.report(a, b, tokens.len()))
}

impl Sums {
    fn report(&self, a: &Path, b: &Path, tokens: usize) -> Value {
        let scored = self.scored as f64;
        let (perplexity_a, perplexity_b) =
            ((-self.log_a / scored).exp(), (-self.log_b / scored).exp());
        json!({
            "a": name(a), "b": name(b), "tokens": tokens, "scored": self.scored,
            "perplexity_a": perplexity_a, "perplexity_b": perplexity_b,
            "perplexity_ratio": perplexity_b / perplexity_a,
            "same_next_token": self.same_likeliest as f64 / scored,
            "mean_divergence_nats": self.divergence / scored,
        })
    }
}
