//! What the next step computes: texts that are being written first, then parts of prompts. Pure.

/// What one slot would like to compute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    /// Nothing now.
    Nothing,
    /// One token of its text, and as many guessed ones as follow it.
    Write {
        /// Guessed tokens.
        guessed: usize,
    },
    /// The rest of its prompt.
    Read {
        /// Tokens.
        tokens: usize,
    },
}

/// A part of a prompt smaller than this is not worth the turn of another reader.
const PART_MIN: usize = 32;

/// Tokens that each slot computes in the next step.
///
/// Every writer gets its token, then as many guesses as fit. Readers share `for_reading`, the
/// first turn going round with `first`; what one does not need the next may use.
pub(crate) fn plan(needs: &[Need], step: usize, for_reading: usize, first: usize) -> Vec<usize> {
    let mut tokens = vec![0; needs.len()];
    let mut left = step;
    for (share, need) in tokens.iter_mut().zip(needs) {
        if matches!(need, Need::Write { .. }) && left > 0 {
            *share = 1;
            left -= 1;
        }
    }
    for (share, need) in tokens.iter_mut().zip(needs) {
        if let (Need::Write { guessed }, 1) = (need, *share) {
            let guessed = (*guessed).min(left);
            *share += guessed;
            left -= guessed;
        }
    }
    let mut left = left.min(for_reading);
    let readers = needs.iter().filter(|need| matches!(need, Need::Read { .. })).count();
    if readers == 0 {
        return tokens;
    }
    let fair = (left / readers).max(PART_MIN);
    for limit in [fair, usize::MAX] {
        for offset in 0..needs.len() {
            let slot = (first + offset) % needs.len();
            if let Need::Read { tokens: wanted } = needs[slot] {
                let more = (wanted - tokens[slot]).min(limit).min(left);
                tokens[slot] += more;
                left -= more;
            }
        }
    }
    tokens
}

#[cfg(test)]
mod tests;
