//! Which token comes next.

use llama_cpp_2::sampling::LlamaSampler;
use llama_cpp_2::token::LlamaToken;
use llama_cpp_2::token::data::LlamaTokenData;
use llama_cpp_2::token::data_array::LlamaTokenDataArray;

use crate::error::Error;
use crate::grammar::check_grammar;
use crate::model::Model;

/// The usual choice for helpful text: drop what is unlikely, then draw.
const TOP_K: i32 = 40;
const TOP_P: f32 = 0.95;
const MIN_P: f32 = 0.05;
/// Above this every model writes noise.
const TEMPERATURE_MAX: f32 = 2.0;

/// Picks the tokens of one text.
pub(crate) struct Picker {
    /// `None` takes the likeliest token.
    draw: Option<LlamaSampler>,
    grammar: Option<LlamaSampler>,
    with_logprobs: bool,
    /// Tokens that are never picked.
    forbidden: Vec<i32>,
}

/// A picked token.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Picked {
    /// The token.
    pub(crate) token: i32,
    /// Natural logarithm of its probability before anything was excluded, if asked for.
    pub(crate) logprob: Option<f32>,
}

/// How to pick.
pub(crate) struct Choice<'a> {
    /// 0 takes the likeliest token.
    pub(crate) temperature: f32,
    /// Makes a temperature above 0 repeatable.
    pub(crate) seed: u32,
    /// GBNF.
    pub(crate) grammar: Option<&'a str>,
    /// Whether each token's log-probability is wanted.
    pub(crate) with_logprobs: bool,
    /// Tokens that are never picked.
    pub(crate) forbidden: Vec<i32>,
}

impl Picker {
    /// Fails on a grammar that is no grammar, or that could take for ever.
    pub(crate) fn new(model: &Model, choice: Choice<'_>) -> Result<Picker, Error> {
        let grammar = match choice.grammar {
            None => None,
            Some(source) => {
                check_grammar(source).map_err(|reason| Error::Grammar { reason })?;
                let parsed = LlamaSampler::grammar(model.llama(), source, "root");
                let refused = |_| Error::Grammar { reason: "it cannot be read".to_owned() };
                Some(parsed.map_err(refused)?)
            }
        };
        let draw = clamp_temperature(choice.temperature).map(|temperature| {
            LlamaSampler::chain_simple([
                LlamaSampler::top_k(TOP_K),
                LlamaSampler::top_p(TOP_P, 1),
                LlamaSampler::min_p(MIN_P, 1),
                LlamaSampler::temp(temperature),
                LlamaSampler::dist(choice.seed),
            ])
        });
        Ok(Picker {
            draw,
            grammar,
            with_logprobs: choice.with_logprobs,
            forbidden: choice.forbidden,
        })
    }

    /// A picker that takes the likeliest token.
    #[cfg(test)]
    pub(crate) fn greedy() -> Picker {
        Picker { draw: None, grammar: None, with_logprobs: false, forbidden: Vec::new() }
    }

    /// Whether each pick only depends on the tokens before it, so that guesses can be checked.
    pub(crate) fn is_greedy(&self) -> bool {
        self.draw.is_none() && self.grammar.is_none()
    }

    /// Picks from the scores of the whole vocabulary. `None` if the grammar allows no token.
    pub(crate) fn pick(&mut self, scores: &[f32]) -> Option<Picked> {
        let free = self.pick_freely(scores, None)?;
        let token = match self.allowed_instead(scores, free) {
            Some(allowed) => self.pick_freely(scores, Some(allowed))?,
            None => free,
        };
        let logprob = self.with_logprobs.then(|| logprob(scores, token));
        Some(Picked { token, logprob })
    }

    /// Tells the grammar that a token was written. `false` if that was its end.
    ///
    /// Never called for a token that ends the text: llama.cpp would end the process.
    pub(crate) fn accept(&mut self, token: i32) -> bool {
        match &mut self.grammar {
            Some(grammar) => grammar.try_accept(LlamaToken(token)).is_ok(),
            None => true,
        }
    }

    /// What the grammar allows, if it does not allow `token`. Asking about one token first is
    /// quick; asking about all of them is not.
    fn allowed_instead(&mut self, scores: &[f32], token: i32) -> Option<LlamaTokenDataArray> {
        let grammar = self.grammar.as_mut()?;
        if allows(grammar, token) {
            return None;
        }
        let mut all = candidates(scores, &self.forbidden);
        grammar.apply(&mut all);
        all.data.retain(|candidate| candidate.logit() > f32::NEG_INFINITY);
        Some(all)
    }

    /// Picks among `allowed`, or among all when there is no such list.
    fn pick_freely(&mut self, scores: &[f32], allowed: Option<LlamaTokenDataArray>) -> Option<i32> {
        let Some(draw) = &mut self.draw else {
            return match allowed {
                None => likeliest(scores, &self.forbidden),
                Some(allowed) => allowed
                    .data
                    .iter()
                    .reduce(|best, next| if next.logit() > best.logit() { next } else { best })
                    .map(|best| best.id().0),
            };
        };
        let mut array = allowed.unwrap_or_else(|| candidates(scores, &self.forbidden));
        // A chain that is given nothing to choose from ends the process.
        if array.data.is_empty() {
            return None;
        }
        draw.apply(&mut array);
        array.selected_token().map(|token| token.0)
    }
}

/// The first of the best scores, passing over `forbidden` ones and what is no number.
pub(crate) fn likeliest(scores: &[f32], forbidden: &[i32]) -> Option<i32> {
    let best = largest(scores);
    let first = scores.iter().position(|&score| score == best)?;
    let token = i32::try_from(first).ok()?;
    if !forbidden.contains(&token) {
        return Some(token);
    }
    let numbered =
        (0..).zip(scores).filter(|(token, score)| !forbidden.contains(token) && score.is_finite());
    numbered.reduce(|best, next| if next.1 > best.1 { next } else { best }).map(|(token, _)| token)
}

/// The largest score, passing over what is no number.
///
/// Eight lanes, because the compiler must not reorder one running maximum and so could not use
/// wide instructions for it. A vocabulary is looked through for every token of every text.
fn largest(scores: &[f32]) -> f32 {
    let mut lanes = [f32::NEG_INFINITY; 8];
    let (parts, rest) = scores.as_chunks::<8>();
    for part in parts {
        for (lane, &score) in lanes.iter_mut().zip(part) {
            *lane = if score > *lane { score } else { *lane };
        }
    }
    lanes.iter().chain(rest).fold(f32::NEG_INFINITY, |best, &score| best.max(score))
}

fn candidates(scores: &[f32], forbidden: &[i32]) -> LlamaTokenDataArray {
    let data = (0..)
        .zip(scores)
        .filter(|(token, score)| !forbidden.contains(token) && score.is_finite())
        .map(|(token, &score)| LlamaTokenData::new(LlamaToken(token), score, 0.0))
        .collect();
    LlamaTokenDataArray::new(data, false)
}

fn allows(grammar: &mut LlamaSampler, token: i32) -> bool {
    let one = LlamaTokenData::new(LlamaToken(token), 1.0, 0.0);
    let mut array = LlamaTokenDataArray::new(vec![one], false);
    grammar.apply(&mut array);
    array.data.first().is_some_and(|candidate| candidate.logit() > f32::NEG_INFINITY)
}

/// `score - log(sum(exp(scores)))`, with the largest score taken out so that nothing overflows.
pub(crate) fn logprob(scores: &[f32], token: i32) -> f32 {
    let best = largest(scores);
    let sum: f32 = scores.iter().map(|&score| (score - best).exp()).sum();
    let score = usize::try_from(token).ok().and_then(|token| scores.get(token));
    score.map_or(f32::NEG_INFINITY, |score| score - best - sum.ln())
}

/// `None` for 0 and for what is no temperature.
fn clamp_temperature(temperature: f32) -> Option<f32> {
    (temperature > 0.0).then(|| temperature.min(TEMPERATURE_MAX))
}

#[cfg(test)]
mod tests;
