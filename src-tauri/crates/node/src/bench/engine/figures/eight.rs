//! Eight clients in the same moment, below one head.
//!
//! Every round has a new head. First one client asks below it, as the first visitor of a day does;
//! then come eight at once, whose prompts share the head with each other and with that one: the
//! rows with a target. Then eight more, when every slot has seen the head: the rows named `warm`,
//! for comparison, where sharing gains nothing.

use serde_json::json;

use super::first_token::{HEAD, QUESTION, folder};
use crate::bench::engine::ours::Drafts;
use crate::bench::engine::prompt::below_head;
use crate::bench::engine::rounds::{Round, alternate};
use crate::bench::engine::row::{Row, Target};
use crate::bench::engine::speaker::{Prompt, Speaker, Told, at_once, first_asked, total_rate};
use crate::bench::engine::texts::Texts;
use crate::bench::engine::{Bench, kit};
use crate::exit::Failure;

/// A usual answer.
const ANSWER: u32 = 64;

pub(super) fn measure(bench: &Bench) -> Result<Vec<Row>, Failure> {
    let states = folder()?;
    let ours = bench.kit.chat(Drafts::Never, Some(states.path()))?;
    let mut texts = bench.texts(&ours, "first_token_8")?;
    let mut prompts = || round(&mut texts);
    let pairs = alternate(bench, &ours, bench.reference(), &mut prompts, &play)?;
    let cold = 1..1 + kit::SLOTS;
    let warm = 1 + kit::SLOTS..1 + 2 * kit::SLOTS;
    let first = |name: &'static str, part: &std::ops::Range<usize>, target| {
        let (ours, reference) = pairs.values(|told| worst_ms(&told[part.clone()]));
        Row::new(name, "ms", &ours, &reference, target)
    };
    let total = |name: &'static str, part: &std::ops::Range<usize>, target| {
        let (ours, reference) = pairs.values(|told| total_rate(&told[part.clone()]));
        Row::new(name, "tokens/s", &ours, &reference, target)
    };
    let tokens = pairs.tokens(bench, "first_token_8");
    Ok(vec![
        first("first_token_8", &cold, Target::RatioAtMost(0.35))
            .with(json!({ "drafts": false, "tokens": tokens })),
        total("total_8", &cold, Target::RatioAtLeast(1.8)).with(json!({ "drafts": false })),
        first("first_token_8_warm", &warm, Target::Nothing),
        total("total_8_warm", &warm, Target::Nothing),
    ])
}

fn round(texts: &mut Texts) -> Vec<Prompt> {
    let head = texts.text(HEAD);
    let questions = texts.texts(1 + 2 * kit::SLOTS, QUESTION);
    questions.iter().map(|question| below_head(&head, question, ANSWER)).collect()
}

fn play(speaker: &dyn Speaker, prompts: &[Prompt]) -> Result<Round, Failure> {
    let mut told = vec![speaker.ask(&prompts[0])?];
    for eight in prompts[1..].chunks(kit::SLOTS) {
        told.extend(at_once(speaker, eight)?);
    }
    Ok(told)
}

/// How long the unluckiest waits.
fn worst_ms(told: &[Told]) -> f64 {
    let last = told.iter().map(|told| told.first).max().expect("eight were asked");
    (last - first_asked(told)).as_secs_f64() * 1000.0
}
