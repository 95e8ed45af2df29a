//! A finished turn as the store keeps it.

use std::time::Duration;

use knowledge::{Asked, HitKey, Outcome};
use store::{CitationRow, TurnRow};

use crate::answer::{Answer, Route};

/// The row of a turn; the store gives it its number.
pub(super) fn row(question: &str, conversation: &str, answer: &Answer, at: i64) -> TurnRow {
    let citations = answer.citations.iter().map(|citation| CitationRow {
        n: i64::from(citation.n),
        source: citation.source.clone(),
        title: citation.title.clone(),
        locator: citation.locator.clone(),
        passage: citation.passage.clone(),
        score: citation.score,
        section_id: match citation.key {
            HitKey::Section(id) => Some(id),
            HitKey::Faq(_) => None,
        },
        faq_id: match citation.key {
            HitKey::Faq(id) => Some(id),
            HitKey::Section(_) => None,
        },
    });
    TurnRow {
        id: 0,
        conversation: conversation.into(),
        question: question.into(),
        answer: answer.text.clone(),
        route: answer.route.name().into(),
        score: answer.score,
        support: answer.support,
        kb_version: answer.kb_version,
        model: answer.model.clone(),
        at,
        retrieve_ms: milliseconds(answer.timing.retrieve),
        first_token_ms: milliseconds(answer.timing.first_token),
        total_ms: milliseconds(answer.timing.total),
        prompt_tokens: i64::from(answer.tokens.prompt),
        cached_tokens: i64::from(answer.tokens.cached),
        generated_tokens: i64::from(answer.tokens.generated),
        interrupted: answer.interrupted,
        helpful: None,
        citations: citations.collect(),
    }
}

/// What the desk learns from a saved turn.
pub(super) fn asked_and_got<'a>(
    turn_id: i64,
    conversation: &'a str,
    question: &'a str,
    answer: &'a Answer,
    at: i64,
) -> Asked<'a> {
    let outcome = if answer.route == Route::Refused {
        Outcome::Refused
    } else if answer.route == Route::DidYouMean {
        Outcome::AskedBack
    } else if answer.route == Route::HandOff {
        Outcome::WantsPerson
    } else {
        Outcome::Answered
    };
    Asked { turn_id, conversation, question, outcome, choices: &answer.suggestions, at }
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
