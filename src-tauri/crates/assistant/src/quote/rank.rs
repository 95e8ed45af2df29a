//! What each sentence of the passages is worth as an answer. Pure.
//!
//! The worth is a sum: how well the sentence matches by meaning and words, how much of the question
//! it names itself, what its neighbours add to that, how good its paragraph and its passage are, and
//! whether it holds the kind of fact that is asked for. The weights were fitted by logistic
//! regression on 1,393 questions of SQuAD 2 (half A, all paragraphs), divided by that of the
//! sentence's own score and rounded; rounding changed nothing.

use super::{Passage, count_words, layout};
use crate::cues::{Asked, holds, holds_numbers};

/// The share of the question's weight that the sentence names itself.
const OWN_WORDS: f32 = 1.3;
/// What the sentence before adds to that share: it often names what "it" is.
const BEFORE: f32 = 1.0;
/// What the sentence after adds.
const AFTER: f32 = 0.35;
/// The best score in its paragraph.
const PARAGRAPH: f32 = 1.2;
/// The score of its passage.
const PASSAGE: f32 = 0.4;
/// The share of the question's weight that its passage holds.
const PASSAGE_WORDS: f32 = 0.3;
/// Longer sentences hold more facts; by the logarithm of their words.
const LENGTH: f32 = 0.07;
/// Holding every number of the question.
const NUMBERS: f32 = 0.15;
/// Turns differences of worth into how much likelier one sentence holds the answer than another.
const SHARPNESS: f32 = 5.4;

/// One sentence with its worth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Ranked {
    pub(super) passage: usize,
    pub(super) sentence: usize,
    /// How likely it holds the answer, in parts of how likely the best sentence does.
    pub(super) likelihood: f32,
}

/// Every sentence, the best first; the first of equals in reading order.
pub(super) fn rank(asked: &Asked, passages: &[Passage]) -> Vec<Ranked> {
    let mut all: Vec<(f32, usize, usize)> = Vec::new();
    for (p, passage) in passages.iter().enumerate() {
        let worths = worths(asked, passage).into_iter().enumerate();
        all.extend(worths.map(|(s, worth)| (worth, p, s)));
    }
    all.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let best = all.first().map_or(0.0, |(worth, ..)| *worth);
    let ranked = all.into_iter().map(|(worth, passage, sentence)| Ranked {
        passage,
        sentence,
        likelihood: (SHARPNESS * (worth - best)).exp(),
    });
    ranked.collect()
}

fn worths(asked: &Asked, passage: &Passage) -> Vec<f32> {
    let paragraphs = layout::paragraphs(passage);
    let mut worths = Vec::with_capacity(passage.sentences.len());
    for paragraph in paragraphs {
        let sentences = &passage.sentences[paragraph];
        let best = sentences.iter().map(|sentence| sentence.score).fold(f32::MIN, f32::max);
        for (at, sentence) in sentences.iter().enumerate() {
            // An approved answer is one unit, found by its question as much as by its words.
            let own = match sentence.held.is_empty() {
                true => passage.coverage,
                false => sentence.held.iter().sum(),
            };
            let together = |other: Option<&knowledge::ScoredSentence>| {
                let Some(other) = other else { return 0.0 };
                let both = sentence.held.iter().zip(&other.held).map(|(a, b)| a.max(*b));
                (both.sum::<f32>() - own).max(0.0)
            };
            let before = together(at.checked_sub(1).map(|before| &sentences[before]));
            let after = together(sentences.get(at + 1));
            let numbers = f32::from(u8::from(holds_numbers(asked, &sentence.text)));
            worths.push(
                sentence.score
                    + OWN_WORDS * own
                    + BEFORE * before
                    + AFTER * after
                    + PARAGRAPH * best
                    + PASSAGE * passage.hit.score
                    + PASSAGE_WORDS * passage.coverage
                    + LENGTH * (1.0 + count_words(&sentence.text) as f32).ln()
                    + NUMBERS * numbers
                    + asked.wanted.worth() * holds(asked, &sentence.text),
            );
        }
    }
    worths
}
