//! The decision before any model runs: answer, ask back, or refuse. Pure.

use knowledge::{Hit, HitKey, Retrieval};

use crate::policy::Policy;

/// What the gate lets through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gate {
    /// An approved answer matches so well that it is served word for word.
    Faq,
    /// The evidence is good enough to answer from.
    Answer,
    /// Something is near, not near enough.
    AskBack,
    /// Nothing is near.
    Refuse,
}

/// Fused score from which an approved answer may be served word for word (measured on a public
/// FAQ set: .9 with agreement of both searches is right in 92 % of the cases it takes).
const VERBATIM_FROM: f32 = 0.9;

/// How far the next different hit must be behind.
const VERBATIM_MARGIN: f32 = 0.05;

/// Decides on the best evidence alone.
pub(crate) fn gate(retrieval: &Retrieval, policy: &Policy) -> Gate {
    let Some(top) = retrieval.hits.first() else { return Gate::Refuse };
    if top.score < policy.refuse_below {
        Gate::Refuse
    } else if top.score < knowledge::knob("TA", policy.answer_from) {
        Gate::AskBack
    } else if is_verbatim(retrieval, top) {
        Gate::Faq
    } else {
        Gate::Answer
    }
}

/// Both searches must agree, and the runner-up must be clearly behind.
fn is_verbatim(retrieval: &Retrieval, top: &Hit) -> bool {
    let agree =
        retrieval.best_keyword == Some(top.key) && retrieval.best_meaning == Some(top.key);
    let runner_up = retrieval
        .hits
        .iter()
        .skip(1)
        .find(|hit| matches!(hit.key, HitKey::Faq(_)))
        .map_or(0.0, |hit| hit.score);
    matches!(top.key, HitKey::Faq(_))
        && top.score >= VERBATIM_FROM
        && agree
        && top.score - runner_up >= VERBATIM_MARGIN
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::policy::Caution;

    fn hit(key: HitKey, score: f32) -> Hit {
        Hit {
            key,
            source: String::new(),
            title: String::new(),
            locator: String::new(),
            text: String::new(),
            score,
            cosine: 0.0,
            bm25: 0.0,
            matched: String::new(),
        }
    }

    fn check(hits: &[(HitKey, f32)], best: (HitKey, HitKey), expected: Gate) {
        let retrieval = Retrieval {
            question: String::new(),
            hits: hits.iter().map(|(key, score)| hit(*key, *score)).collect(),
            best_keyword: Some(best.0),
            best_meaning: Some(best.1),
            keyword_only: false,
            elapsed: Duration::ZERO,
            ..Retrieval::default()
        };
        let policy = Policy::new(0.33, 0.48, Caution::Balanced, false);
        assert_eq!(gate(&retrieval, &policy), expected, "{hits:?}");
    }

    #[test]
    fn thresholds_hold_on_and_just_below() {
        let (faq, section) = (HitKey::Faq(1), HitKey::Section(1));
        check(&[], (faq, faq), Gate::Refuse);
        check(&[(section, 0.329)], (section, section), Gate::Refuse);
        check(&[(section, 0.33)], (section, section), Gate::AskBack);
        check(&[(section, 0.479)], (section, section), Gate::AskBack);
        check(&[(section, 0.48)], (section, section), Gate::Answer);
        check(&[(faq, 0.899)], (faq, faq), Gate::Answer);
        check(&[(faq, 0.9)], (faq, faq), Gate::Faq);
    }

    #[test]
    fn word_for_word_needs_agreement_and_distance() {
        let (one, two, section) = (HitKey::Faq(1), HitKey::Faq(2), HitKey::Section(1));
        check(&[(one, 1.0)], (one, two), Gate::Answer);
        check(&[(one, 1.0)], (two, one), Gate::Answer);
        check(&[(one, 1.0), (two, 0.96)], (one, one), Gate::Answer);
        check(&[(one, 1.0), (two, 0.94)], (one, one), Gate::Faq);
        check(&[(section, 1.0)], (section, section), Gate::Answer);
    }

    #[test]
    fn caution_moves_the_answering_score_only() {
        let careful = Policy::new(0.33, 0.48, Caution::Careful, false);
        let talkative = Policy::new(0.33, 0.48, Caution::Talkative, false);
        assert!(careful.answer_from > 0.5 && talkative.answer_from < 0.45);
        assert_eq!(careful.refuse_below, talkative.refuse_below);
        assert!(Policy::new(0.33, 0.35, Caution::Talkative, false).answer_from >= 0.33);
    }
}
