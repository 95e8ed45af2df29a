//! Answers from the sample shop's evidence, with guessing ahead and without it: the same texts,
//! sooner.

use serde_json::json;

use super::first_token::folder;
use crate::bench::engine::ours::Drafts;
use crate::bench::engine::rounds::alternate;
use crate::bench::engine::row::{Row, Target};
use crate::bench::engine::speaker::{Told, one_by_one};
use crate::bench::engine::{Bench, grounded};
use crate::exit::Failure;

/// Questions of one round.
const QUESTIONS: usize = 60;

/// Texts that differ and are shown.
const SHOWN: usize = 3;

pub(super) fn measure(bench: &Bench) -> Result<Vec<Row>, Failure> {
    let prompts = grounded::prompts(bench, QUESTIONS)?;
    let (with_states, without_states) = (folder()?, folder()?);
    let guessing = bench.kit.chat(Drafts::Usual, Some(with_states.path()))?;
    let plain = bench.kit.chat(Drafts::Never, Some(without_states.path()))?;
    let pairs = alternate(bench, &guessing, Some(&plain), &mut || prompts.clone(), &one_by_one)?;
    let answers = pairs.ours.iter().flatten().zip(pairs.reference.iter().flatten());
    let different: Vec<_> = answers.filter(|(ours, plain)| ours.text != plain.text).collect();
    let shown = different.iter().take(SHOWN);
    let shown: Vec<_> =
        shown.map(|(ours, plain)| json!({ "with": ours.text, "without": plain.text })).collect();
    let (ours, reference) = pairs.values(|told| rate(told, Told::seconds));
    let (ours_writing, reference_writing) =
        pairs.values(|told| rate(told, |told| (told.last - told.first).as_secs_f64()));
    let all: Vec<&Told> = pairs.ours.iter().flatten().collect();
    let writing =
        Row::new("writing alone", "tokens/s", &ours_writing, &reference_writing, Target::Nothing);
    let sum = |count: fn(&Told) -> u32| all.iter().map(|told| u64::from(count(told))).sum::<u64>();
    let row = Row::new("grounded", "tokens/s", &ours, &reference, Target::RatioAtLeast(1.3));
    Ok(vec![row.only_if(different.is_empty()).with(json!({
        "reference_is": "ours without guessing ahead",
        "questions_per_round": prompts.len(),
        "different_texts": different.len(),
        "some_of_them": shown,
        "drafted_tokens": sum(|told| told.drafted_tokens),
        "accepted_tokens": sum(|told| told.accepted_tokens),
        "generated_tokens": sum(|told| told.generated_tokens),
        "writing_alone": writing,
        "tokens": pairs.tokens(bench, "grounded"),
    }))])
}

/// Tokens a second over all answers of a round.
fn rate(told: &[Told], seconds: impl Fn(&Told) -> f64) -> f64 {
    let tokens: u32 = told.iter().map(|told| told.generated_tokens).sum();
    f64::from(tokens) / told.iter().map(seconds).sum::<f64>()
}
