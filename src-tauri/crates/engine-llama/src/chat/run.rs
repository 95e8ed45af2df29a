//! One text while it is written: everything that belongs to a single request.

use std::time::{Duration, Instant};

use engine::protocol::{Done, Ending, FromChild, Generate};

use super::pick::{Choice, Picked, Picker};
use super::prompt::{Prompt, Prompter};
use crate::draft::{Bet, Drafter, StepCosts};
use crate::error::Error;
use crate::model::Model;
use crate::queue::deadline;
use crate::stream::TextStream;

/// How often a reader is told how far its prompt is read.
const TELL_EVERY: Duration = Duration::from_millis(500);

/// A request that makes sense and fits, before it has a slot.
pub(crate) struct Prepared {
    /// The request's number.
    pub(crate) id: u64,
    /// What to read first.
    pub(crate) prompt: Prompt,
    /// Tokens to write at most.
    pub(crate) max_tokens: usize,
    /// When nobody wants the text any more.
    pub(crate) deadline: Option<Instant>,
    picker: Picker,
    text: TextStream,
    run_on: bool,
}

impl Prepared {
    /// Reads a request. Fails when it does not fit into a context of `context_tokens`, or makes
    /// no sense.
    pub(crate) fn new(
        model: &Model,
        prompter: &Prompter<'_>,
        ends: &[i32],
        context_tokens: usize,
        request: Generate,
        arrived: Instant,
    ) -> Result<Prepared, Error> {
        let max_tokens = request.max_tokens as usize;
        let prompt =
            prompter.tokenize(&request.messages, &request.keep, context_tokens, max_tokens)?;
        let choice = Choice {
            temperature: request.temperature,
            seed: request.seed,
            grammar: request.grammar.as_deref(),
            with_logprobs: request.logprobs,
            forbidden: if request.run_on { ends.to_vec() } else { Vec::new() },
        };
        let picker = Picker::new(model, choice)?;
        Ok(Prepared {
            id: request.id,
            prompt,
            max_tokens,
            deadline: deadline(&request, arrived),
            picker,
            text: TextStream::new(request.stop),
            run_on: request.run_on,
        })
    }

    /// The end of a request that never got a slot.
    pub(crate) fn done(&self, reason: Ending) -> FromChild {
        let prompt_tokens = count(self.prompt.tokens.len());
        FromChild::Done { id: self.id, done: Done { reason, prompt_tokens, ..Done::default() } }
    }
}

/// A request in a slot.
pub(crate) struct Run {
    pub(crate) id: u64,
    pub(crate) prompt: Prompt,
    pub(crate) deadline: Option<Instant>,
    /// Counts the requests that got a slot, so that earlier ones are known.
    pub(crate) order: u64,
    /// Tokens guessed for the step under way.
    pub(crate) guesses: Vec<i32>,
    /// The token that was picked last and is not computed yet. `None` while the prompt is read.
    pub(crate) next: Option<i32>,
    max_tokens: usize,
    picker: Picker,
    text: TextStream,
    run_on: bool,
    cached_tokens: usize,
    generated_tokens: usize,
    drafted_tokens: usize,
    accepted_tokens: usize,
    logprobs: Vec<f32>,
    drafts: Option<(Drafter, Bet)>,
    told_at: Instant,
}

/// Where a text stands after one more token.
pub(crate) enum After {
    /// It goes on with the token that was picked.
    More,
    /// It ended.
    End(Ending),
}

impl Run {
    /// Begins in a slot that holds the first `cached_tokens` tokens of the prompt.
    pub(crate) fn begin(
        prepared: Prepared,
        cached_tokens: usize,
        order: u64,
        with_drafts: bool,
        now: Instant,
    ) -> Run {
        let drafts = with_drafts && prepared.picker.is_greedy();
        Run {
            id: prepared.id,
            drafts: drafts.then(|| (Drafter::new(&prepared.prompt.tokens), Bet::new())),
            prompt: prepared.prompt,
            deadline: prepared.deadline,
            order,
            guesses: Vec::new(),
            next: None,
            max_tokens: prepared.max_tokens,
            picker: prepared.picker,
            text: prepared.text,
            run_on: prepared.run_on,
            cached_tokens,
            generated_tokens: 0,
            drafted_tokens: 0,
            accepted_tokens: 0,
            logprobs: Vec::new(),
            told_at: now,
        }
    }

    /// Tokens that it may still write.
    pub(crate) fn left_tokens(&self) -> usize {
        self.max_tokens - self.generated_tokens
    }

    /// More of the prompt was already there than at the start.
    pub(crate) fn note_cached(&mut self, tokens: usize) {
        self.cached_tokens += tokens;
    }

    /// Guesses what follows the next token, for the step that computes it: at most `most` tokens,
    /// and only as many as pay.
    pub(crate) fn guess(&mut self, most: usize, costs: &StepCosts) {
        self.guesses.clear();
        // The last token of a text is never computed, so nothing is guessed behind it.
        let most = most.min(self.left_tokens().saturating_sub(1));
        if let Some((drafter, bet)) = &self.drafts {
            let likely = drafter.guess(most);
            self.guesses.extend_from_slice(&likely[..bet.best(costs, likely.len())]);
        }
    }

    /// Takes the scores that follow each of the tokens just computed: those after the last token
    /// of the prompt, or after the next token and its guesses. Answers how many guesses were
    /// right, the new text, and where the text stands.
    pub(crate) fn take<'s>(
        &mut self,
        scores: impl Fn(usize) -> Option<&'s [f32]>,
        ends: &[i32],
        piece: impl Fn(i32) -> Vec<u8>,
    ) -> (usize, String, After) {
        let guesses = std::mem::take(&mut self.guesses);
        let mut text = String::new();
        let mut right = 0;
        let after = loop {
            let Some(picked) = scores(right).and_then(|scores| self.picker.pick(scores)) else {
                // Only a grammar leaves nothing to pick.
                text.push_str(&self.text.finish());
                break After::End(Ending::Stop);
            };
            match self.take_token(picked, ends, &piece, &mut text) {
                After::More if guesses.get(right) == Some(&picked.token) => right += 1,
                after => break after,
            }
        };
        self.drafted_tokens += guesses.len();
        self.accepted_tokens += right;
        if let Some((_, bet)) = &mut self.drafts {
            bet.note_outcome(guesses.len(), right);
        }
        (right, text, after)
    }

    fn take_token(
        &mut self,
        picked: Picked,
        ends: &[i32],
        piece: impl Fn(i32) -> Vec<u8>,
        text: &mut String,
    ) -> After {
        if ends.contains(&picked.token) && !self.run_on {
            text.push_str(&self.text.finish());
            return After::End(Ending::Stop);
        }
        self.generated_tokens += 1;
        self.logprobs.extend(picked.logprob);
        self.next = Some(picked.token);
        if let Some((drafter, _)) = &mut self.drafts {
            drafter.push(picked.token);
        }
        let added = self.text.push(&piece(picked.token));
        text.push_str(&added.text);
        if added.is_stopped {
            return After::End(Ending::Stop);
        }
        let ending = match self.picker.accept(picked.token) {
            false => Ending::Stop,
            true if self.generated_tokens == self.max_tokens => Ending::Length,
            true => return After::More,
        };
        text.push_str(&self.text.finish());
        After::End(ending)
    }

    /// How far the prompt is read, if it is time to say so again.
    pub(crate) fn tell_reading(&mut self, read_tokens: usize, now: Instant) -> Option<FromChild> {
        if now.duration_since(self.told_at) < TELL_EVERY {
            return None;
        }
        self.told_at = now;
        Some(FromChild::Reading {
            id: self.id,
            read_tokens: count(read_tokens),
            prompt_tokens: count(self.prompt.tokens.len()),
        })
    }

    /// The reply that closes the request.
    pub(crate) fn done(&mut self, reason: Ending) -> FromChild {
        FromChild::Done {
            id: self.id,
            done: Done {
                reason,
                prompt_tokens: count(self.prompt.tokens.len()),
                cached_tokens: count(self.cached_tokens),
                generated_tokens: count(self.generated_tokens),
                drafted_tokens: count(self.drafted_tokens),
                accepted_tokens: count(self.accepted_tokens),
                logprobs: std::mem::take(&mut self.logprobs),
            },
        }
    }
}

fn count(tokens: usize) -> u32 {
    u32::try_from(tokens).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
