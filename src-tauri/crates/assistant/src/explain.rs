//! Why a turn was answered as it was, for staff, as JSON. Never part of what a visitor gets.

use knowledge::{HitKey, Retrieval};
use serde_json::{Value, json};

use crate::answer::Answer;
use crate::policy::Policy;

/// The reasons of a turn that was looked up.
pub(crate) fn searched(retrieval: &Retrieval, policy: &Policy, answer: &Answer) -> String {
    let best = retrieval.hits.first().map_or(0.0, |hit| hit.score);
    let cited = |key: HitKey| answer.citations.iter().any(|citation| citation.key == Some(key));
    let passages: Vec<Value> = retrieval
        .hits
        .iter()
        .map(|hit| {
            json!({
                "source": hit.source,
                "title": hit.title,
                "locator": hit.locator,
                "matched": hit.matched,
                "score": hit.score,
                "cosine": hit.cosine,
                "bm25": hit.bm25,
                "chosen": cited(hit.key),
            })
        })
        .collect();
    json!({
        "reason": reason(answer, best, policy),
        "searched": retrieval.question,
        "by_words_alone": retrieval.keyword_only,
        "thresholds": {
            "refuse_below": policy.refuse_below,
            "answer_from": policy.answer_from,
        },
        "best_by_words": place(retrieval, retrieval.best_keyword),
        "best_by_meaning": place(retrieval, retrieval.best_meaning),
        "passages": passages,
        "may_generate": policy.may_generate,
        "support": answer.support,
    })
    .to_string()
}

/// The reason of a turn that needed no search.
pub(crate) fn because(reason: &str) -> String {
    json!({ "reason": reason }).to_string()
}

/// Where a passage stands among those shown, from 1.
fn place(retrieval: &Retrieval, key: Option<HitKey>) -> Option<usize> {
    let key = key?;
    retrieval.hits.iter().position(|hit| hit.key == key).map(|at| at + 1)
}

fn reason(answer: &Answer, best: f32, policy: &Policy) -> String {
    use crate::answer::Route;
    let (low, high) = (policy.refuse_below, policy.answer_from);
    match answer.route {
        Route::Faq => "an approved question matches by words and by meaning".into(),
        Route::Documents => {
            "a model that may speak phrased it; every sentence shown is supported".into()
        }
        Route::Quote if answer.model.is_none() && policy.may_generate => {
            "nothing the model wrote was supported, so the best sentences are quoted".into()
        }
        Route::Quote => "the best sentences are quoted; no model may speak here".into(),
        Route::DidYouMean => {
            format!("something is near ({best:.2}), but does not hold enough of the question")
        }
        Route::Refused if best < low => {
            format!("the best passage scores {best:.2}, and below {low:.2} the desk refuses")
        }
        Route::Refused => {
            format!("the best passage scores {best:.2} of {high:.2}, and no sentence of it answers")
        }
        other => format!("the lane is {}", other.name()),
    }
}
