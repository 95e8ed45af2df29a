//! One model alone.

use std::path::Path;

use serde_json::{Value, json};

use crate::arguments::Held;
use crate::error::Error;
use crate::windows::{Reader, SCORED, WINDOW_TOKENS, followed, open_model, read_tokens};
use crate::{backends, name};

/// Perplexity on the text, and the most likely token at every scored position.
pub(crate) fn score(path: &Path, held: &Held) -> Result<Value, Error> {
    let backend = backends::start()?;
    let model = open_model(&backend, path)?;
    let tokens = read_tokens(&model, held)?;
    let mut reader = Reader::new(&backend, &model, held.threads)?;
    let (mut log_total, mut likeliest) = (0.0, Vec::new());
    for window in tokens.chunks_exact(WINDOW_TOKENS) {
        reader.read(window)?;
        for index in 0..SCORED {
            let prediction = reader.prediction(index);
            log_total += prediction.log_probability(followed(window, index).0 as usize);
            likeliest.push(prediction.likeliest());
        }
    }
    Ok(json!({
        "model": name(path), "tokens": tokens.len(), "scored": likeliest.len(),
        "perplexity": (-log_total / likeliest.len() as f64).exp(), "likeliest": likeliest,
    }))
}
