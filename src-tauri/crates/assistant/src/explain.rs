//! Why a turn was answered as it was, as the JSON that is kept with it. Never part of what a
//! visitor gets.

use serde_json::{Value, json};

use crate::answer::Answer;
use crate::why::Why;

/// The reasons of an answer.
pub(crate) fn json(answer: &Answer) -> String {
    let why = &answer.why;
    let reason = match why.reason.as_str() {
        "" => format!("the lane is {}", answer.route.name()),
        told => told.to_owned(),
    };
    json!({
        "reason": reason,
        "thresholds": { "refuse_below": why.refuse_below, "answer_from": why.answer_from },
        "passages": passages(why),
        "sentences": sentences(why),
        "choose_ms": why.times.choose.as_secs_f64() * 1000.0,
    })
    .to_string()
}

fn passages(why: &Why) -> Vec<Value> {
    let one = |passage: &crate::why::WhyPassage| {
        json!({
            "title": passage.title,
            "locator": passage.locator,
            "score": passage.score,
            "cosine": passage.cosine,
            "bm25": passage.bm25,
            "coverage": passage.coverage,
            "fate": passage.fate.name(),
        })
    };
    why.passages.iter().map(one).collect()
}

fn sentences(why: &Why) -> Vec<Value> {
    let one = |sentence: &crate::why::WhySentence| {
        json!({
            "text": sentence.text,
            "supported": sentence.supported,
            "passage": sentence.passage,
            "share": sentence.share,
            "why": sentence.why,
        })
    };
    why.sentences.iter().map(one).collect()
}
