//! The arithmetic of batches and vectors.

use std::ops::Range;

/// Memory that a batch may take for one row of the vocabulary per token. llama.cpp reserves these
/// rows although vectors need none of them, and keeps the most it ever reserved.
const ROWS_BYTES: usize = 64 << 20;

/// Fewer tokens in a batch are slower.
const BATCH_TOKENS_MIN: usize = 128;

/// Tokens to put into one batch when several texts share it; at most `limit`.
pub(crate) fn choose_batch_tokens(vocabulary: usize, limit: usize) -> usize {
    let row_bytes = vocabulary.max(1) * size_of::<f32>();
    (ROWS_BYTES / row_bytes).max(BATCH_TOKENS_MIN).min(limit)
}

/// Ranges of texts that go into one batch each: in order, with at most `limit_tokens` tokens and
/// `limit_texts` texts. A text that is longer than a batch gets one for itself.
pub(crate) fn pack(
    lengths: &[usize],
    limit_tokens: usize,
    limit_texts: usize,
) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let (mut start, mut tokens) = (0, 0);
    for (index, &length) in lengths.iter().enumerate() {
        let is_full = tokens + length > limit_tokens || index - start == limit_texts;
        if is_full && index > start {
            ranges.push(start..index);
            (start, tokens) = (index, 0);
        }
        tokens += length;
    }
    if start < lengths.len() {
        ranges.push(start..lengths.len());
    }
    ranges
}

/// Cuts the end off, but keeps the token that closes a text if it has one.
pub(crate) fn cut_tokens<T: Copy>(tokens: &mut Vec<T>, limit: usize, closes: bool) {
    if tokens.len() <= limit {
        return;
    }
    let last = tokens.last().copied();
    tokens.truncate(limit);
    if let (true, Some(last), Some(end)) = (closes, last, tokens.last_mut()) {
        *end = last;
    }
}

/// The vector with length 1, or `None` if it has no direction.
pub(crate) fn unit_vector(vector: &[f32]) -> Option<Vec<f32>> {
    let length = vector.iter().map(|&x| f64::from(x) * f64::from(x)).sum::<f64>().sqrt();
    (length.is_finite() && length > 0.0)
        .then(|| vector.iter().map(|&x| (f64::from(x) / length) as f32).collect())
}

#[cfg(test)]
mod tests;
