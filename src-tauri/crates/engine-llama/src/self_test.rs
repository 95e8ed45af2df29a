//! `frontdesk-engine self-test`: the same few tokens on the processor and on a graphics card, as
//! one line of JSON that says whether they are the same and how fast both were.
//!
//! The text counts on from six, so every model is sure of each token: a card that rounds in its
//! own way comes to the same ones, and a driver that computes wrongly does not.

use std::process::ExitCode;
use std::time::{Duration, Instant};

use llama_cpp_2::token::LlamaToken;
use serde_json::json;

use crate::REFUSED;
use crate::arguments::{Purpose, SelfTest};
use crate::chat::context::{Context, Part, Shape, StepError};
use crate::ending::Ending;
use crate::error::Error;
use crate::model::{Model, Placement, compute_error, graphics};
use crate::probe::{build, say};
use crate::threads::choose_threads;

const PROMPT: &str = "1, 2, 3, 4, 5, 6,";

/// Tokens that are compared.
const TOKENS: usize = 16;

/// The prompt that is read for its speed, where reading is quick enough.
const LONG_PROMPT_TOKENS: usize = 256;

/// Reading the short prompt took less: the long one will not take long either.
const QUICK: Duration = Duration::from_millis(200);

const SHAPE: Shape = Shape { cells: 512, sequences: 1, step_tokens: 256, block_tokens: 128 };

/// What one side did.
#[derive(Debug)]
struct Run {
    tokens: Vec<i32>,
    prefill_per_second: f64,
    computes_on: String,
}

/// Runs both sides and prints the line. What goes wrong on the card is a result; a model that the
/// processor does not take is none.
pub(crate) fn run(test: &SelfTest) -> ExitCode {
    let threads = choose_threads(test.threads);
    let expected = match run_on(test, &Placement::Processor, threads) {
        Ok(run) => run,
        Err(error) => {
            tracing::error!("{error}");
            return ExitCode::from(REFUSED);
        }
    };
    let card = Placement::Card { name: test.device.clone(), layers: None };
    let found = run_on(test, &card, threads);
    let reason = judge(&expected, &found);
    let found = found.ok();
    say(&json!({
        "build": build(),
        "device": test.device,
        "description": description(test),
        "passed": reason.is_none(),
        "reason": reason,
        "tokens": found.as_ref().map_or(0, |run| run.tokens.len()),
        "processor": expected.computes_on,
        "processor_prefill_per_second": expected.prefill_per_second,
        "device_prefill_per_second": found.map_or(0.0, |run| run.prefill_per_second),
    }))
}

fn description(test: &SelfTest) -> String {
    graphics::find(&test.device).map(|card| card.description).unwrap_or_default()
}

/// Why the card is not to be used, if so.
fn judge(expected: &Run, found: &Result<Run, Error>) -> Option<String> {
    match found {
        Err(error) => Some(error.to_string()),
        Ok(run) if run.tokens != expected.tokens => {
            let same = expected.tokens.iter().zip(&run.tokens).take_while(|(a, b)| a == b).count();
            Some(format!(
                "the graphics card gave other words than the processor, from token {} on",
                same + 1
            ))
        }
        Ok(_) => None,
    }
}

fn run_on(test: &SelfTest, placement: &Placement, threads: i32) -> Result<Run, Error> {
    let model = Model::open(&test.model, Purpose::Chat, placement, &Ending::new())?;
    let mut context = Context::open(&model, SHAPE, threads)?;
    let vocab = model.vocab();
    let prompt: Vec<i32> =
        vocab.tokenize(PROMPT.as_bytes(), true, false).iter().map(|token| token.0).collect();
    let mut tokens = vec![next(&mut context, &prompt)?];
    while tokens.len() < TOKENS {
        let last = tokens[tokens.len() - 1];
        tokens.push(next(&mut context, &[last])?);
    }
    let prefill_per_second = measure(&mut context, &prompt)?;
    Ok(Run { tokens, prefill_per_second, computes_on: model.computes_on().to_owned() })
}

/// Tokens of a prompt read in a second. Each length is read once before its time counts: the first
/// time also brings in weights from the disk, or makes the card's programs.
fn measure(context: &mut Context<'_>, prompt: &[i32]) -> Result<f64, Error> {
    let mut took = time(context, prompt)?;
    let mut tokens = prompt.len();
    if took < QUICK {
        let long: Vec<i32> = prompt.iter().copied().cycle().take(LONG_PROMPT_TOKENS).collect();
        time(context, &long)?;
        took = time(context, &long)?;
        tokens = long.len();
    }
    Ok(tokens as f64 / took.as_secs_f64().max(f64::EPSILON))
}

fn time(context: &mut Context<'_>, prompt: &[i32]) -> Result<Duration, Error> {
    context.forget();
    let started = Instant::now();
    next(context, prompt)?;
    Ok(started.elapsed())
}

/// Reads tokens and answers the likeliest one after them.
fn next(context: &mut Context<'_>, tokens: &[i32]) -> Result<i32, Error> {
    let part = Part { seq: 0, tokens, results: 1 };
    context.compute(&[part]).map_err(|error| match error {
        StepError::Full => Error::ContextTooSmall,
        StepError::Lost(error) => error,
    })?;
    let scores = context.scores(tokens.len() - 1).unwrap_or_default();
    likeliest(scores)
        .map(|token| token.0)
        .ok_or_else(|| compute_error("what came out is no number"))
}

/// `None` if one of the scores is no number, or there is none.
fn likeliest(scores: &[f32]) -> Option<LlamaToken> {
    let mut best: Option<(usize, f32)> = None;
    for (index, &score) in scores.iter().enumerate() {
        if score.is_nan() {
            return None;
        }
        if best.is_none_or(|(_, most)| score > most) {
            best = Some((index, score));
        }
    }
    best.and_then(|(index, _)| i32::try_from(index).ok()).map(LlamaToken)
}

#[cfg(test)]
mod tests;
