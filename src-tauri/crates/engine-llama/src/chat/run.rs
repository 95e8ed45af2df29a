//! One text while it is written: everything that belongs to a single request.

use engine::protocol::{FromChild, Generate};
use llama_cpp_2::sampling::LlamaSampler;
use llama_cpp_2::token::LlamaToken;

use super::{CANCELLED, Chat, LENGTH, STOPPED};
use crate::error::Error;
use crate::stream::TextStream;

/// The usual choice for helpful text: drop what is unlikely, then draw.
const TOP_K: i32 = 40;
const TOP_P: f32 = 0.95;
const MIN_P: f32 = 0.05;
/// Above this every model writes noise.
const TEMPERATURE_MAX: f32 = 2.0;

/// A request under way.
pub(crate) struct Run {
    prompt: Vec<LlamaToken>,
    cached_tokens: usize,
    /// Tokens of the prompt that the context holds.
    read_tokens: usize,
    /// The token that was picked last and is not computed yet.
    next: Option<LlamaToken>,
    max_tokens: usize,
    generated_tokens: usize,
    sampler: LlamaSampler,
    text: TextStream,
}

/// What one step brought.
pub(crate) enum Step {
    /// More text, or none yet.
    Text(String),
    /// The last text and the reason for the end.
    End(String, u8),
}

impl Run {
    /// Prepares a request in a context that nobody else uses now.
    ///
    /// Fails when the prompt does not fit or makes no sense; the context is not touched then.
    pub(crate) fn admit(chat: &mut Chat<'_>, request: Generate) -> Result<Run, Error> {
        let context_tokens = chat.context_tokens();
        let max_tokens = request.max_tokens as usize;
        let prompt = chat.prompter.tokenize(&request.messages, context_tokens, max_tokens)?;
        let cached_tokens = chat.reuse(&prompt);
        Ok(Run {
            prompt,
            cached_tokens,
            read_tokens: cached_tokens,
            next: None,
            max_tokens,
            generated_tokens: 0,
            sampler: choose_sampler(request.temperature, request.seed),
            text: TextStream::new(request.stop),
        })
    }

    /// Reads a part of the prompt, or writes one token.
    pub(crate) fn step(&mut self, chat: &mut Chat<'_>) -> Result<Step, Error> {
        if self.max_tokens == 0 {
            return Ok(Step::End(String::new(), LENGTH));
        }
        match self.next {
            Some(token) => chat.compute(&[token])?,
            None => {
                let rest = &self.prompt[self.read_tokens..];
                let tokens = rest.len().min(chat.pace.step_tokens());
                chat.compute(&rest[..tokens])?;
                self.read_tokens += tokens;
                if self.read_tokens < self.prompt.len() {
                    return Ok(Step::Text(String::new()));
                }
            }
        }
        Ok(self.write_token(chat))
    }

    /// The reply that closes the request.
    pub(crate) fn done(&self, id: u64, reason: u8) -> FromChild {
        let count = |tokens: usize| u32::try_from(tokens).unwrap_or(u32::MAX);
        FromChild::Done {
            id,
            reason,
            prompt_tokens: count(self.prompt.len()),
            cached_tokens: count(self.cached_tokens),
            generated_tokens: count(self.generated_tokens),
        }
    }

    /// The same for a request that nobody waits for.
    pub(crate) fn cancelled(&self, id: u64) -> FromChild {
        self.done(id, CANCELLED)
    }

    fn write_token(&mut self, chat: &Chat<'_>) -> Step {
        let vocab = chat.model.vocab();
        let token = chat.sample(&mut self.sampler);
        if vocab.is_eog(token) {
            return Step::End(self.text.finish(), STOPPED);
        }
        self.generated_tokens += 1;
        self.next = Some(token);
        let added = self.text.push(&vocab.token_to_piece(token, false, None));
        if added.is_stopped {
            Step::End(added.text, STOPPED)
        } else if self.generated_tokens == self.max_tokens {
            Step::End(added.text + &self.text.finish(), LENGTH)
        } else {
            Step::Text(added.text)
        }
    }
}

/// The likeliest token every time at temperature 0, else a repeatable draw.
fn choose_sampler(temperature: f32, seed: u32) -> LlamaSampler {
    match clamp_temperature(temperature) {
        None => LlamaSampler::greedy(),
        Some(temperature) => LlamaSampler::chain_simple([
            LlamaSampler::top_k(TOP_K),
            LlamaSampler::top_p(TOP_P, 1),
            LlamaSampler::min_p(MIN_P, 1),
            LlamaSampler::temp(temperature),
            LlamaSampler::dist(seed),
        ]),
    }
}

/// `None` for 0 and for what is no temperature.
fn clamp_temperature(temperature: f32) -> Option<f32> {
    (temperature > 0.0).then(|| temperature.min(TEMPERATURE_MAX))
}

#[cfg(test)]
mod tests;
