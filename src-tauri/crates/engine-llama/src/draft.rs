//! Guesses the next tokens from text that was there before: grounded answers repeat their
//! evidence.
//!
//! Start with [`Drafter`], which guesses, and [`Bet`], which decides how much guessing pays on
//! this machine and in this answer. Nothing here knows a model: a wrong guess costs time only,
//! because the model checks every guessed token.

mod bet;
mod costs;

use std::collections::HashMap;

pub(crate) use bet::Bet;
pub(crate) use costs::StepCosts;

/// No earlier place.
const NOWHERE: u32 = u32::MAX;

/// The prompt and the answer so far, and where each pair of tokens occurred last.
#[derive(Debug, Default)]
pub(crate) struct Drafter {
    history: Vec<i32>,
    /// Where a pair ended last. The pair at the very end of the history is not in yet, so that
    /// it finds its earlier occurrence and not itself. Visitors choose much of the text: the
    /// standard hasher is keyed, so they cannot make all pairs meet in one place.
    last_end: HashMap<[i32; 2], u32>,
    /// For each position but the last, where the pair that ends there ended before.
    end_before: Vec<u32>,
}

impl Drafter {
    /// Indexes a prompt.
    pub(crate) fn new(prompt: &[i32]) -> Drafter {
        let mut drafter = Drafter {
            history: Vec::with_capacity(prompt.len() * 2),
            last_end: HashMap::with_capacity(prompt.len()),
            end_before: Vec::with_capacity(prompt.len() * 2),
        };
        for token in prompt {
            drafter.push(*token);
        }
        drafter
    }

    /// Adds a token that is certain: of the prompt, or one the model has chosen.
    pub(crate) fn push(&mut self, token: i32) {
        if let [.., before, last] = self.history[..] {
            let end = u32::try_from(self.history.len() - 1).unwrap_or(NOWHERE);
            let earlier = self.last_end.insert([before, last], end).unwrap_or(NOWHERE);
            self.end_before.push(earlier);
        } else if self.history.len() == 1 {
            self.end_before.push(NOWHERE);
        }
        self.history.push(token);
    }

    /// At most `max` tokens that followed when the text last ended like now. Three equal tokens
    /// come before two, and the latest place before earlier ones. Empty if there is none.
    pub(crate) fn guess(&self, max: usize) -> &[i32] {
        let Some(end) = self.place_like_now() else { return &[] };
        let followers = &self.history[end + 1..];
        &followers[..followers.len().min(max)]
    }

    fn place_like_now(&self) -> Option<usize> {
        let [.., before, last] = self.history[..] else { return None };
        let latest = self.place(*self.last_end.get(&[before, last])?)?;
        let Some(third) = self.history.len().checked_sub(3).map(|place| self.history[place]) else {
            return Some(latest);
        };
        let is_third_equal = |end: usize| end >= 2 && self.history[end - 2] == third;
        let mut end = latest;
        while !is_third_equal(end) {
            match self.place(self.end_before[end]) {
                Some(earlier) => end = earlier,
                None => return Some(latest),
            }
        }
        Some(end)
    }

    fn place(&self, end: u32) -> Option<usize> {
        (end != NOWHERE).then_some(end as usize)
    }
}

#[cfg(test)]
mod tests;
