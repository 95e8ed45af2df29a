//! A finished turn as the store keeps it.

use std::time::Duration;

use knowledge::HitKey;
use store::{CitationRow, TurnRow};

use crate::answer::{Answer, Citation};
use crate::explain;

/// The row of a turn; the store gives it its number.
pub(super) fn row(question: &str, conversation: &str, answer: &Answer, at: i64) -> TurnRow {
    let citations = citations(answer);
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
        citations,
        why: explain::json(answer),
    }
}

/// Where an answer is from, as the store keeps it.
pub(super) fn citations(answer: &Answer) -> Vec<CitationRow> {
    let row = |citation: &Citation| CitationRow {
        n: i64::from(citation.n),
        source: citation.source.clone(),
        title: citation.title.clone(),
        locator: citation.locator.clone(),
        passage: citation.passage.clone(),
        score: citation.score,
        section_id: match citation.key {
            Some(HitKey::Section(id)) => Some(id),
            Some(HitKey::Faq(_)) | None => None,
        },
        faq_id: match citation.key {
            Some(HitKey::Faq(id)) => Some(id),
            Some(HitKey::Section(_)) | None => None,
        },
    };
    answer.citations.iter().map(row).collect()
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
