//! How long a text is for the embedding model.

use std::cell::Cell;

use engine::Embedder;

/// Longer texts are cut anyway; asking the engine about them would only cost time.
const ASKED_BYTES: usize = 4_000;
const BATCH: usize = 128;
const SHORT_CHARACTERS: usize = 64;

/// Counts tokens by asking the embedder, and estimates from above when it does not answer.
pub(crate) struct Counter<'a> {
    embedder: Option<&'a dyn Embedder>,
    silent: Cell<bool>,
}

impl<'a> Counter<'a> {
    pub(crate) fn new(embedder: Option<&'a dyn Embedder>) -> Self {
        Self { embedder, silent: Cell::new(false) }
    }

    /// Tokens of each text.
    pub(crate) fn count(&self, texts: &[String]) -> Vec<usize> {
        let mut counts: Vec<usize> = texts.iter().map(|text| estimate(text)).collect();
        let Some(embedder) = self.embedder else { return counts };
        let asked: Vec<usize> =
            (0..texts.len()).filter(|&at| texts[at].len() <= ASKED_BYTES).collect();
        for batch in asked.chunks(BATCH) {
            if self.silent.get() {
                break;
            }
            let batch_texts: Vec<String> = batch.iter().map(|&at| texts[at].clone()).collect();
            match embedder.count_tokens(&batch_texts) {
                Ok(exact) if exact.len() == batch.len() => {
                    for (&at, count) in batch.iter().zip(exact) {
                        counts[at] = count;
                    }
                }
                answer => {
                    // One refusal is enough: a file must not wait for every batch to fail.
                    tracing::info!(failed = answer.is_err(), "token counts are estimated");
                    self.silent.set(true);
                }
            }
        }
        counts
    }

    /// Tokens of one text; of a short one, at most so many.
    pub(crate) fn count_one(&self, text: &str) -> usize {
        // No token is smaller than a character, so a short text needs no asking to be short.
        let characters = text.chars().filter(|character| !character.is_whitespace()).count();
        if characters <= SHORT_CHARACTERS {
            return characters.min(estimate(text));
        }
        self.count(&[text.to_owned()]).first().copied().unwrap_or_default()
    }
}

/// More tokens than the models here make of the same text: a started group of four Latin letters,
/// and every other visible character, counts as one.
pub(crate) fn estimate(text: &str) -> usize {
    let mut tokens = 0;
    let mut letters = 0_usize;
    for character in text.chars() {
        if character.is_ascii_alphabetic() {
            tokens += usize::from(letters.is_multiple_of(4));
            letters += 1;
        } else {
            letters = 0;
            tokens += usize::from(!character.is_whitespace());
        }
    }
    tokens
}
