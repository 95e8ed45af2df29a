//! How long one client waits for the first token where much of the prompt came before.

use serde_json::json;

use crate::bench::engine::ours::Drafts;
use crate::bench::engine::prompt::{below_head, with_evidence};
use crate::bench::engine::rounds::{Pairs, alternate};
use crate::bench::engine::row::{Row, Target, percentile};
use crate::bench::engine::speaker::{Told, one_by_one};
use crate::bench::engine::{Bench, broken};
use crate::exit::Failure;

/// With what the model's template puts around it, about 320.
pub(super) const HEAD: usize = 314;
/// With what the model's template puts around it, about 40.
pub(super) const QUESTION: usize = 32;
/// Questions of one round.
const QUESTIONS: usize = 30;
/// Different evidence of one round.
const BLOCKS: usize = 10;
/// Two or three passages of a shop.
const EVIDENCE: usize = 160;
/// A question as visitors ask it.
const SHORT_QUESTION: usize = 12;
/// How often each evidence is asked before anything is measured.
const ASKED_BEFORE: usize = 2;

/// One head for all rounds; every question is new.
pub(super) fn repeated_head(bench: &Bench) -> Result<Vec<Row>, Failure> {
    let states = folder()?;
    let ours = bench.kit.chat(Drafts::Usual, Some(states.path()))?;
    let mut texts = bench.texts(&ours, "first_token_1")?;
    let head = texts.text(HEAD);
    let mut prompts = || {
        let questions = texts.texts(QUESTIONS, QUESTION);
        questions.iter().map(|question| below_head(&head, question, 1)).collect()
    };
    let pairs = alternate(bench, &ours, bench.reference(), &mut prompts, &one_by_one)?;
    Ok(rows(bench, &pairs, ["first_token_1", "first_token_1_p95"], 1.0, 0))
}

/// One head for all rounds; every round has new evidence, which is asked about before.
pub(super) fn stored_evidence(bench: &Bench) -> Result<Vec<Row>, Failure> {
    let states = folder()?;
    let ours = bench.kit.chat(Drafts::Usual, Some(states.path()))?;
    let mut texts = bench.texts(&ours, "first_token_stored")?;
    let head = texts.text(HEAD);
    let asked_before = BLOCKS * ASKED_BEFORE;
    let mut prompts = || {
        let evidence = texts.texts(BLOCKS, EVIDENCE);
        let questions = texts.texts(asked_before + QUESTIONS, SHORT_QUESTION);
        let turns = questions.iter().zip(evidence.iter().cycle());
        turns.map(|(question, evidence)| with_evidence(&head, evidence, question, 1)).collect()
    };
    let pairs = alternate(bench, &ours, bench.reference(), &mut prompts, &one_by_one)?;
    let names = ["first_token_stored", "first_token_stored_p95"];
    Ok(rows(bench, &pairs, names, 0.5, asked_before))
}

/// Two rows, the median question and the slow one, over what was told after the first few.
fn rows(
    bench: &Bench,
    pairs: &Pairs,
    names: [&'static str; 2],
    at_most: f64,
    skipped: usize,
) -> Vec<Row> {
    let row = |name: &'static str, share: f64| {
        let (ours, reference) = pairs.values(|told| waiting(&told[skipped..], share));
        Row::new(name, "ms", &ours, &reference, Target::RatioAtMost(at_most))
    };
    let tokens = pairs.tokens(bench, names[0]);
    let details = json!({ "questions_per_round": QUESTIONS, "tokens": tokens });
    vec![row(names[0], 0.5).with(details), row(names[1], 0.95)]
}

fn waiting(told: &[Told], share: f64) -> f64 {
    let times: Vec<f64> = told.iter().map(Told::first_ms).collect();
    percentile(&times, share).expect("questions were asked")
}

/// A folder for states that goes away with the measurement.
pub(super) fn folder() -> Result<tempfile::TempDir, Failure> {
    tempfile::tempdir().map_err(|error| broken(format!("no folder can be made: {error}")))
}
