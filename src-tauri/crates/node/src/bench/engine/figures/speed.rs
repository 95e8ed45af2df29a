//! How fast the engine writes and reads, with nothing to reuse.
//!
//! Guessing ahead is off: texts without a meaning repeat themselves, and guessing would flatter us.

use serde_json::json;

use crate::bench::engine::llama_bench;
use crate::bench::engine::ours::Drafts;
use crate::bench::engine::prompt::plain;
use crate::bench::engine::rounds::alternate;
use crate::bench::engine::row::{Row, Target};
use crate::bench::engine::speaker::{Speaker, Told, at_once, one_by_one, total_rate};
use crate::bench::engine::{Bench, kit};
use crate::exit::Failure;

/// A question with a page of evidence.
const LONG_PROMPT: usize = 512;
/// A long answer.
const LONG_ANSWER: u32 = 256;
/// One line.
const SHORT_PROMPT: usize = 16;
/// A usual answer.
const ANSWER: u32 = 64;

pub(super) fn decode_1(bench: &Bench) -> Result<Vec<Row>, Failure> {
    let target = Target::RatioAtLeast(1.0);
    let mut rows = decode(bench, "decode_1", bench.reference(), target)?;
    rows.extend(decode_beside_llama_bench(bench)?);
    Ok(rows)
}

pub(super) fn decode_8(bench: &Bench) -> Result<Vec<Row>, Failure> {
    let ours = bench.kit.chat(Drafts::Never, None)?;
    let mut texts = bench.texts(&ours, "decode_8")?;
    let mut prompts = || {
        let texts = texts.texts(kit::SLOTS, SHORT_PROMPT);
        texts.into_iter().map(|text| plain(text, ANSWER)).collect()
    };
    let pairs = alternate(bench, &ours, bench.reference(), &mut prompts, &at_once)?;
    let (ours, reference) = pairs.values(rate_together);
    let row = Row::new("decode_8", "tokens/s", &ours, &reference, Target::RatioAtLeast(1.1));
    let (ours, reference) = pairs.values(total_rate);
    let whole = Row::new("with prompts", "tokens/s", &ours, &reference, Target::Nothing);
    let tokens = pairs.tokens(bench, "decode_8");
    Ok(vec![row.with(json!({ "drafts": false, "with_prompts": whole, "tokens": tokens }))])
}

pub(super) fn prefill_512(bench: &Bench) -> Result<Vec<Row>, Failure> {
    prefill(bench, "prefill_512", bench.reference(), Target::RatioAtLeast(1.0))
}

pub(super) fn best_file(bench: &Bench) -> Result<Vec<Row>, Failure> {
    let original = bench.original.as_ref().map(|server| server as &dyn Speaker);
    let mut rows = decode(bench, "best_file_decode", original, Target::RatioAtLeast(1.5))?;
    rows.extend(prefill(bench, "best_file_prefill", original, Target::RatioAtLeast(3.0))?);
    Ok(rows)
}

fn decode(
    bench: &Bench,
    figure: &'static str,
    reference: Option<&dyn Speaker>,
    target: Target,
) -> Result<Vec<Row>, Failure> {
    let ours = bench.kit.chat(Drafts::Never, None)?;
    let mut texts = bench.texts(&ours, figure)?;
    let mut prompts = || vec![plain(texts.text(LONG_PROMPT), LONG_ANSWER)];
    let pairs = alternate(bench, &ours, reference, &mut prompts, &one_by_one)?;
    let (ours, reference) = pairs.values(|told| told[0].decode_rate());
    let row = Row::new(figure, "tokens/s", &ours, &reference, target);
    Ok(vec![row.with(json!({ "drafts": false, "tokens": pairs.tokens(bench, figure) }))])
}

fn prefill(
    bench: &Bench,
    figure: &'static str,
    reference: Option<&dyn Speaker>,
    target: Target,
) -> Result<Vec<Row>, Failure> {
    let ours = bench.kit.chat(Drafts::Never, None)?;
    let mut texts = bench.texts(&ours, figure)?;
    let mut prompts = || vec![plain(texts.text(LONG_PROMPT), 1)];
    let pairs = alternate(bench, &ours, reference, &mut prompts, &one_by_one)?;
    let (ours, reference) = pairs.values(|told| told[0].prefill_rate());
    let row = Row::new(figure, "tokens/s", &ours, &reference, target);
    Ok(vec![row.with(json!({ "tokens": pairs.tokens(bench, figure) }))])
}

fn decode_beside_llama_bench(bench: &Bench) -> Result<Option<Row>, Failure> {
    let Some(program) = &bench.command.llama_bench else { return Ok(None) };
    let ours = bench.kit.chat(Drafts::Never, None)?;
    let mut texts = bench.texts(&ours, "decode_1_bench")?;
    let (mut our_rates, mut bench_rates) = (Vec::new(), Vec::new());
    for round in 0..=bench.command.rounds {
        let told = ours.ask(&plain(texts.text(LONG_PROMPT), LONG_ANSWER))?;
        let rate = llama_bench::decode_rate(bench, program, LONG_PROMPT, LONG_ANSWER)?;
        if round > 0 {
            our_rates.push(told.decode_rate());
            bench_rates.push(rate);
        }
    }
    let target = Target::RatioAtLeast(0.95);
    let row = Row::new("decode_1_bench", "tokens/s", &our_rates, &bench_rates, target);
    Ok(Some(row.with(json!({ "drafts": false }))))
}

/// Tokens a second of all together while all of them are being written: one side reads all prompts
/// before it writes, another writes while it reads, and neither is what this figure is about.
fn rate_together(told: &[Told]) -> f64 {
    let begin = told.iter().map(|told| told.first).max().expect("eight were asked");
    let end = told.iter().map(|told| told.last).min().expect("eight were asked");
    let seconds = end.saturating_duration_since(begin).as_secs_f64();
    if seconds == 0.0 {
        return 0.0;
    }
    told.iter().map(|told| told.tokens_between(begin, end)).sum::<f64>() / seconds
}

#[cfg(test)]
mod tests;
