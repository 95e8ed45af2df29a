//! Why an answer came out as it did, for staff: what was found, what was taken and what was left,
//! sentence by sentence, and where the time went. Plain fields; the callers save and show them.

use std::time::Duration;

use knowledge::{Hit, HitKey, Retrieval};

use crate::policy::Policy;

/// The story of one answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Why {
    /// Why this lane answered, in one sentence for staff; empty where the lane needs no reason.
    pub reason: String,
    /// Below this fused score the desk refused.
    pub refuse_below: f32,
    /// From this fused score on it answered.
    pub answer_from: f32,
    /// What was found, best first.
    pub passages: Vec<WhyPassage>,
    /// What was said, or written and withheld, in its order.
    pub sentences: Vec<WhySentence>,
    /// Where the time went.
    pub times: WhyTimes,
}

/// One passage that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct WhyPassage {
    /// The section or FAQ.
    pub key: HitKey,
    /// Document title or FAQ question.
    pub title: String,
    /// Heading path.
    pub locator: String,
    /// Fused score.
    pub score: f32,
    /// Cosine of meaning; 0 without a vector.
    pub cosine: f32,
    /// Share of the question's words found, by weight.
    pub bm25: f32,
    /// Share of the question's weight that the passage holds, headings included; `None` where it
    /// was not looked at that closely.
    pub coverage: Option<f32>,
    /// What became of it.
    pub fate: Fate,
}

/// What became of a passage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fate {
    /// The answer is from it.
    Chosen,
    /// It was read together with the chosen one and was not needed.
    Read,
    /// It was too far behind the best one to be read.
    #[default]
    LeftOut,
}

impl Fate {
    /// The name for callers that save or send it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Chosen => "chosen",
            Self::Read => "read",
            Self::LeftOut => "left_out",
        }
    }
}

/// One sentence of the answer, or one that was withheld.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WhySentence {
    /// The words.
    pub text: String,
    /// Whether it was shown.
    pub supported: bool,
    /// Index into [`Why::passages`] of the passage that supports it.
    pub passage: Option<usize>,
    /// Share of its weighted words that the best sentence of the evidence holds; 1 for a quote.
    pub share: f32,
    /// Why it was withheld; empty for a sentence that was shown.
    pub why: String,
}

/// Where the time of a turn went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WhyTimes {
    /// Search, embedding included.
    pub retrieve: Duration,
    /// Choosing the words to quote.
    pub choose: Duration,
    /// Until the model's first word; zero without a model.
    pub first_token: Duration,
    /// The whole turn.
    pub total: Duration,
}

impl Why {
    /// What a search alone tells: every passage is still left out.
    pub(crate) fn of_search(retrieval: &Retrieval, policy: &Policy, reason: &str) -> Self {
        Self {
            reason: reason.into(),
            refuse_below: policy.refuse_below,
            answer_from: policy.answer_from,
            passages: retrieval.hits.iter().map(found).collect(),
            times: WhyTimes { retrieve: retrieval.elapsed, ..WhyTimes::default() },
            ..Self::default()
        }
    }

    /// Where a passage stands in the list.
    pub(crate) fn place_of(&self, key: HitKey) -> Option<usize> {
        self.passages.iter().position(|passage| passage.key == key)
    }

    /// Notes what became of a passage; one that is not in the list stays out of it.
    pub(crate) fn note(&mut self, key: HitKey, fate: Fate, coverage: Option<f32>) {
        if let Some(place) = self.place_of(key) {
            let passage = &mut self.passages[place];
            passage.fate = fate;
            passage.coverage = coverage.or(passage.coverage);
        }
    }
}

fn found(hit: &Hit) -> WhyPassage {
    WhyPassage {
        key: hit.key,
        title: hit.title.clone(),
        locator: hit.locator.clone(),
        score: hit.score,
        cosine: hit.cosine,
        bm25: hit.bm25,
        coverage: None,
        fate: Fate::LeftOut,
    }
}
