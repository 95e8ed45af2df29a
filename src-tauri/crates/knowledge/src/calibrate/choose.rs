//! From measured numbers to thresholds. Pure.

use std::collections::HashMap;

use store::CalibrationRow;

use super::Thresholds;

/// The share of utterances about anything else that may be answered.
const LET_THROUGH: f32 = 0.02;
/// How far a desk's thresholds may be from the model's usual ones.
const FARTHEST: f32 = 0.12;
/// A subject of which so many utterances are near is the desk's own. The sample shop has deposits,
/// cards and refunds, and so is near to 59 of 100 utterances meant for a bank; it is none.
const OWN_SUBJECT: f32 = 0.7;
/// A smaller subject says nothing about what the desk is about.
const SMALLEST_SUBJECT: usize = 8;
/// The share of the desk's own questions that may be refused outright.
const REFUSED: f32 = 0.01;
/// The share of utterances about anything else that must be refused outright, whatever that costs.
const TURNED_AWAY: f32 = 0.5;
/// Fewer questions say nothing about one in a hundred.
const FEWEST_QUESTIONS: usize = 50;
/// An answer needs other wordings where fewer of its own find it.
const FOUND_BY: f32 = 0.5;

/// What one utterance about anything else came to.
#[derive(Clone, Debug)]
pub(super) struct Negative {
    pub(super) subject: &'static str,
    /// How near the desk's own words are, whatever else is near.
    pub(super) near: f32,
    /// Before any passage was read.
    pub(super) first_look: f32,
    pub(super) confidence: f32,
}

/// What one of the desk's own questions came to, tried against the rest of its answer.
#[derive(Clone, Debug)]
pub(super) struct Positive {
    /// The FAQ's number; `None` for a heading.
    pub(super) faq: Option<i64>,
    /// Before any passage was read.
    pub(super) first_look: f32,
    pub(super) confidence: f32,
}

pub(super) fn choose(
    usual: Thresholds,
    kb_version: i64,
    negatives: &[Negative],
    positives: &[Positive],
) -> CalibrationRow {
    let others = not_the_desks_own(usual, negatives);
    let near = |wanted: f32, usual: f32| wanted.clamp(usual - FARTHEST, usual + FARTHEST);
    let answer_from = near(above_all_but(&others, LET_THROUGH), usual.answer_from);
    let mut looks: Vec<f32> = positives.iter().map(|one| one.first_look).collect();
    looks.sort_by(f32::total_cmp);
    let lowest = looks.get((looks.len() as f32 * REFUSED) as usize).copied();
    let lowest = lowest.filter(|_| looks.len() >= FEWEST_QUESTIONS);
    let mut away: Vec<f32> = negatives.iter().map(|one| one.first_look).collect();
    away.sort_by(f32::total_cmp);
    let half = away.get((away.len() as f32 * TURNED_AWAY) as usize).copied().unwrap_or(f32::MIN);
    let lowest = lowest.unwrap_or(usual.refuse_below).max(half);
    let refuse_below = near(lowest, usual.refuse_below);
    let is_answered = |one: &&Positive| one.confidence >= answer_from;
    CalibrationRow {
        kb_version,
        refuse_below: refuse_below.min(usual.refuse_below).min(answer_from),
        answer_from,
        negatives: others.len() as i64,
        let_through: others.iter().filter(|one| **one >= answer_from).count() as i64,
        positives: positives.len() as i64,
        kept: positives.iter().filter(is_answered).count() as i64,
        weak_faqs: weak(positives, answer_from),
    }
}

/// The confidences of all utterances but those about what the desk itself is about: a travel
/// agent's desk should answer some of "travel".
fn not_the_desks_own(usual: Thresholds, negatives: &[Negative]) -> Vec<f32> {
    let mut subjects: HashMap<&str, (usize, usize)> = HashMap::new();
    for one in negatives {
        let (all, answered) = subjects.entry(one.subject).or_default();
        *all += 1;
        *answered += usize::from(one.near >= usual.answer_from);
    }
    let is_own = |subject: &str| {
        let (all, answered) = subjects[subject];

        all >= SMALLEST_SUBJECT && answered as f32 > OWN_SUBJECT * all as f32
    };
    negatives.iter().filter(|one| !is_own(one.subject)).map(|one| one.confidence).collect()
}

/// The lowest number that no more than this share reaches.
fn above_all_but(numbers: &[f32], share: f32) -> f32 {
    let mut sorted = numbers.to_vec();
    sorted.sort_by(|a, b| b.total_cmp(a));
    let allowed = (sorted.len() as f32 * share) as usize;
    sorted.get(allowed).map_or(0.0, |highest_left_out| highest_left_out + 0.001)
}

/// FAQs that fewer than half of their own wordings find, least found first.
fn weak(positives: &[Positive], answer_from: f32) -> Vec<i64> {
    let mut found: HashMap<i64, (usize, usize)> = HashMap::new();
    for one in positives {
        if let Some(faq) = one.faq {
            let (all, answered) = found.entry(faq).or_default();
            *all += 1;
            *answered += usize::from(one.confidence >= answer_from);
        }
    }
    let share = |(all, answered): (usize, usize)| answered as f32 / all as f32;
    let mut weak: Vec<(i64, f32)> = found
        .into_iter()
        .map(|(faq, counts)| (faq, share(counts)))
        .filter(|(_, share)| *share < FOUND_BY)
        .collect();
    weak.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
    weak.into_iter().map(|(faq, _)| faq).collect()
}

#[cfg(test)]
mod tests;
