//! The decisions before any model runs: answer, ask back, or refuse. Pure.
//!
//! Two looks. The first, at the best score alone, refuses what is far away and serves what matches
//! an approved question. The second, at the words chosen for the answer, asks whether their passage
//! holds what was asked: "insurance for boats" is near "boots for boats", and holds no insurance.

use knowledge::text::content_terms;
use knowledge::{Hit, HitKey, Retrieval, confidence, first_look};

use crate::policy::Policy;

/// What the first look lets through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gate {
    /// An approved answer matches so well that it is served word for word.
    Faq,
    /// Approved questions are near, and nothing tells which is meant.
    AskBack,
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

/// Without an embedder, a passage that holds less of the question's words than this is not near.
const LEAST_WORDS: f32 = 0.1;

/// Without an embedder, an approved question this near to the best passage is offered instead of
/// quoting: words alone do not tell which is meant.
const FAQ_BESIDE: f32 = 0.5;

/// Decides on the best evidence alone.
pub(crate) fn gate(retrieval: &Retrieval, policy: &Policy) -> Gate {
    let Some(top) = retrieval.hits.first() else { return Gate::Refuse };
    if retrieval.keyword_only {
        by_words(retrieval, top)
    } else if first_look(top.score, retrieval.elsewhere) < policy.refuse_below {
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
/// meaning, `None` where there is no vector; `elsewhere` is the question's closeness to what the
/// desk is not about.
pub(crate) fn may_answer(
    score: f32,
    coverage: f32,
    closeness: Option<f32>,
    elsewhere: Option<f32>,
    policy: &Policy,
) -> bool {
    confidence(score, coverage, closeness, elsewhere) >= policy.answer_from
}

/// What a visitor may choose from when the desk asks back, nearest first.
pub(crate) fn offered(retrieval: &Retrieval) -> Vec<&Hit> {
    let mut offered: Vec<&Hit> = retrieval.hits.iter().collect();
    if retrieval.keyword_only {
        offered.sort_by_key(|hit| matches!(hit.key, HitKey::Section(_)));
    }
    offered
}

/// Words alone serve an approved answer only to its own words. Otherwise they offer.
fn by_words(retrieval: &Retrieval, top: &Hit) -> Gate {
    if top.bm25 < LEAST_WORDS {
        return Gate::Refuse;
    }
    // The piece that matched best may be the answer; the question itself counts as well.
    let wordings = [&top.title, &top.matched];
    if is_faq(top) && wordings.iter().any(|one| is_worded_like(&retrieval.question, one)) {
        return Gate::Faq;
    }
    let beside = |hit: &Hit| is_faq(hit) && hit.score >= FAQ_BESIDE * top.score;
    if retrieval.hits.iter().any(beside) { Gate::AskBack } else { Gate::Weigh }
}

/// Whether two questions hold the same content, in whatever order.
fn is_worded_like(question: &str, wording: &str) -> bool {
    let signature = |text: &str| {
        let mut terms = content_terms(text);
        terms.sort();
        terms.dedup();
        terms
    };
    signature(question) == signature(wording)
}

fn is_faq(hit: &Hit) -> bool {
    matches!(hit.key, HitKey::Faq(_))
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

    fn check_may_answer(score: f32, coverage: f32, near: Option<(f32, f32)>, expected: bool) {
        let policy = Policy::new(0.33, 0.48, Caution::Balanced, false);
        let (closeness, elsewhere) = near.unzip();
        let found = may_answer(score, coverage, closeness, elsewhere, &policy);
        assert_eq!(found, expected, "{score} {coverage} {near:?}");
    }

    #[test]
    fn a_passage_answers_by_its_score_and_by_what_it_holds() {
        check_may_answer(0.481, 0.5, Some((0.7, 0.4)), true);
        check_may_answer(0.479, 0.5, Some((0.7, 0.4)), false);
        check_may_answer(0.43, 0.7, Some((0.7, 0.4)), true);
        check_may_answer(0.41, 0.7, Some((0.7, 0.4)), false);
        check_may_answer(0.6, 0.05, Some((0.7, 0.4)), false);
        check_may_answer(0.6, 0.05, Some((0.9, 0.4)), true);
        check_may_answer(0.481, 0.5, None, true);
    }

    #[test]
    fn a_question_that_is_nearer_to_something_else_needs_more() {
        check_may_answer(0.5, 0.5, Some((0.7, 0.4)), true);
        check_may_answer(0.5, 0.5, Some((0.7, 0.5)), false);
        check_may_answer(0.6, 0.5, Some((0.7, 0.5)), true);
    }

    fn check_by_words(question: &str, hits: &[(HitKey, &str, f32)], expected: Gate) {
        let hits = hits.iter().map(|(key, matched, bm25)| Hit {
            matched: (*matched).to_owned(),
            bm25: *bm25,
            ..hit(*key, 0.7 * bm25)
        });
        let retrieval = Retrieval {
            question: question.to_owned(),
            hits: hits.collect(),
            keyword_only: true,
            ..Retrieval::default()
        };
        let policy = Policy::new(0.33, 0.48, Caution::Balanced, false);
        assert_eq!(gate(&retrieval, &policy), expected, "{question}");
    }

    #[test]
    fn words_alone_serve_only_the_same_words_and_offer_otherwise() {
        let (faq, other, section) = (HitKey::Faq(1), HitKey::Faq(2), HitKey::Section(1));
        let dogs = "Are dogs allowed?";
        check_by_words("dogs allowed??", &[(faq, dogs, 1.2), (other, "Dogs", 1.1)], Gate::Faq);
        check_by_words("are dogs not allowed", &[(faq, dogs, 1.2)], Gate::AskBack);
        check_by_words("are big dogs allowed", &[(faq, dogs, 0.9)], Gate::AskBack);
        check_by_words("big dogs", &[(section, "dogs", 1.0), (faq, dogs, 0.5)], Gate::AskBack);
        check_by_words("big dogs", &[(section, "dogs", 1.0), (faq, dogs, 0.49)], Gate::Weigh);
        check_by_words("big cats", &[(faq, dogs, 0.09)], Gate::Refuse);
    }
}
