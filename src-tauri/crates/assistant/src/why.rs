//! Why an answer came out as it did, for staff: what was found, what was taken and what was left,
//! sentence by sentence, and where the time went. Plain fields; the callers save and show them.

use std::time::Duration;

use knowledge::{Hit, HitKey, Retrieval};
use serde_json::json;

use crate::policy::Policy;

/// The story of one answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Why {
    /// Why this lane answered, in one sentence for staff; empty where the lane needs no reason.
    pub reason: String,
    /// The words that were searched.
    pub searched: String,
    /// Whether words alone were searched, without meaning.
    pub by_words_alone: bool,
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
    /// The wording that matched best.
    pub matched: String,
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
    /// The story of a turn that needed no search.
    pub(crate) fn because(reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), ..Self::default() }
    }

    /// The story as it is kept: one JSON object.
    pub(crate) fn to_json(&self) -> String {
        let passage = |passage: &WhyPassage| {
            json!({
                "title": passage.title,
                "locator": passage.locator,
                "matched": passage.matched,
                "score": passage.score,
                "cosine": passage.cosine,
                "bm25": passage.bm25,
                "coverage": passage.coverage,
                "fate": passage.fate.name(),
            })
        };
        let sentence = |sentence: &WhySentence| {
            json!({
                "text": sentence.text,
                "supported": sentence.supported,
                "passage": sentence.passage,
                "share": sentence.share,
                "why": sentence.why,
            })
        };
        json!({
            "reason": self.reason,
            "searched": self.searched,
            "by_words_alone": self.by_words_alone,
            "thresholds": { "refuse_below": self.refuse_below, "answer_from": self.answer_from },
            "passages": self.passages.iter().map(passage).collect::<Vec<_>>(),
            "sentences": self.sentences.iter().map(sentence).collect::<Vec<_>>(),
            "choose_ms": self.times.choose.as_secs_f64() * 1000.0,
        })
        .to_string()
    }

    /// What a search alone tells: every passage is still left out.
    pub(crate) fn of_search(retrieval: &Retrieval, policy: &Policy, reason: &str) -> Self {
        Self {
            reason: reason.into(),
            searched: retrieval.question.clone(),
            by_words_alone: retrieval.keyword_only,
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
        matched: hit.matched.clone(),
        score: hit.score,
        cosine: hit.cosine,
        bm25: hit.bm25,
        coverage: None,
        fate: Fate::LeftOut,
    }
}
