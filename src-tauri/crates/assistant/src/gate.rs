//! The decisions before any model runs: answer, ask back, or refuse. Pure.
//!
//! Two looks. The first, at the best score alone, refuses what is far away and serves what matches
//! an approved question. The second, at the words chosen for the answer, asks whether their passage
//! holds what was asked: "insurance for boats" is near "boots for boats", and holds no insurance.

use knowledge::{Hit, HitKey, Retrieval};

use crate::policy::Policy;

/// What the first look lets through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gate {
    /// An approved answer matches so well that it is served word for word.
    Faq,
    /// Something is near: choose words, then look again.
    Weigh,
    /// Nothing is near.
    Refuse,
}

/// Fused score from which an approved answer may be served word for word (measured on a public
/// FAQ set: .9 with agreement of both searches is right in 92 % of the cases it takes).
const VERBATIM_FROM: f32 = 0.9;

/// How far the next different hit must be behind.
const VERBATIM_MARGIN: f32 = 0.05;

/// What holding all of a question's words moves a score by, against holding none. Measured on
/// SQuAD 2, CLINC150 and the demo's hard questions: .5 to 1 do about the same.
const COVERAGE_WEIGHT: f32 = 0.7;

/// The coverage that leaves a score as it is. Half of a question's weight was set with the weight
/// above: together they keep SQuAD 2 where it was and halve what CLINC150's off-topic utterances
/// get answered.
const USUAL_COVERAGE: f32 = 0.5;

/// Shared words do not carry an answer whose meaning is further off than this: "are there any
/// messages" meets the one passage with its word. Of 1,000 off-topic utterances it stops four, of
/// 500 SQuAD 2 questions it costs about four; .5 would cost forty.
const LEAST_CLOSENESS: f32 = 0.25;

/// Decides on the best evidence alone.
pub(crate) fn gate(retrieval: &Retrieval, policy: &Policy) -> Gate {
    let Some(top) = retrieval.hits.first() else { return Gate::Refuse };
    if top.score < policy.refuse_below {
        Gate::Refuse
    } else if top.score >= policy.answer_from && is_verbatim(retrieval, top) {
        Gate::Faq
    } else {
        Gate::Weigh
    }
}

/// Whether the passage of the chosen words may answer.
///
/// `coverage` is the share of the question that the passage holds, `closeness` its calibrated
/// meaning, `None` where there is no vector. More of the question makes up for a lower score, and
/// less of it asks for a higher one.
pub(crate) fn may_answer(
    score: f32,
    coverage: f32,
    closeness: Option<f32>,
    policy: &Policy,
) -> bool {
    let weighed = score + COVERAGE_WEIGHT * (coverage - USUAL_COVERAGE);
    weighed >= policy.answer_from && closeness.is_none_or(|closeness| closeness >= LEAST_CLOSENESS)
}

/// Both searches must agree, and the runner-up must be clearly behind.
fn is_verbatim(retrieval: &Retrieval, top: &Hit) -> bool {
    let agree = retrieval.best_keyword == Some(top.key) && retrieval.best_meaning == Some(top.key);
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
        check(&[(section, 0.33)], (section, section), Gate::Weigh);
        check(&[(faq, 0.899)], (faq, faq), Gate::Weigh);
        check(&[(faq, 0.9)], (faq, faq), Gate::Faq);
    }

    #[test]
    fn word_for_word_needs_agreement_and_distance() {
        let (one, two, section) = (HitKey::Faq(1), HitKey::Faq(2), HitKey::Section(1));
        check(&[(one, 1.0)], (one, two), Gate::Weigh);
        check(&[(one, 1.0)], (two, one), Gate::Weigh);
        check(&[(one, 1.0), (two, 0.96)], (one, one), Gate::Weigh);
        check(&[(one, 1.0), (two, 0.94)], (one, one), Gate::Faq);
        check(&[(section, 1.0)], (section, section), Gate::Weigh);
    }

    #[test]
    fn caution_moves_the_answering_score_only() {
        let careful = Policy::new(0.33, 0.48, Caution::Careful, false);
        let talkative = Policy::new(0.33, 0.48, Caution::Talkative, false);
        assert!(careful.answer_from > 0.5 && talkative.answer_from < 0.45);
        assert_eq!(careful.refuse_below, talkative.refuse_below);
        assert!(Policy::new(0.33, 0.35, Caution::Talkative, false).answer_from >= 0.33);
    }

    fn check_may_answer(score: f32, coverage: f32, closeness: Option<f32>, expected: bool) {
        let policy = Policy::new(0.33, 0.48, Caution::Balanced, false);
        let found = may_answer(score, coverage, closeness, &policy);
        assert_eq!(found, expected, "{score} {coverage} {closeness:?}");
    }

    #[test]
    fn a_passage_answers_by_its_score_and_by_what_it_holds() {
        check_may_answer(0.48, 0.5, Some(0.5), true);
        check_may_answer(0.479, 0.5, Some(0.5), false);
        check_may_answer(0.35, 0.7, Some(0.5), true);
        check_may_answer(0.33, 0.7, Some(0.5), false);
        check_may_answer(0.7, 0.1, Some(0.5), false);
        check_may_answer(0.84, 0.0, Some(1.0), true);
        check_may_answer(0.9, 1.0, Some(0.25), true);
        check_may_answer(0.9, 1.0, Some(0.249), false);
        check_may_answer(0.9, 1.0, None, true);
    }
}
