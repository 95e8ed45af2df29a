//! A finished turn as the store keeps it.

use std::time::Duration;

use knowledge::{Asked, HitKey, Outcome};
use store::{CitationRow, TurnRow};

use crate::answer::{Answer, Citation, Route};

/// The row of a turn; the store gives it its number. `screen` is the language of the visitor's
/// screen, which counts where the words are too few to tell.
pub(super) fn row(
    question: &str,
    conversation: &str,
    screen: &str,
    answer: &Answer,
    at: i64,
) -> TurnRow {
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
        language: spoken(question, screen),
        why: answer.why.to_json(),
    }
}

/// The language of a question without its region, such as `de`.
fn spoken(question: &str, screen: &str) -> String {
    let told = knowledge::text::language_of(question).unwrap_or(screen);
    let language = told.split(['-', '_']).next().unwrap_or_default().to_lowercase();
    let is_code =
        (2..=3).contains(&language.len()) && language.chars().all(|c| c.is_ascii_lowercase());
    if is_code { language } else { String::new() }
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

/// What the desk learns from a saved turn.
pub(super) fn asked_and_got<'a>(
    turn_id: i64,
    conversation: &'a str,
    question: &'a str,
    answer: &'a Answer,
    at: i64,
) -> Asked<'a> {
    let outcome = match answer.route {
        Route::Refused => Outcome::Refused,
        Route::DidYouMean => Outcome::AskedBack,
        Route::HandOff => Outcome::WantsPerson,
        _ => Outcome::Answered,
    };
    Asked { turn_id, conversation, question, outcome, choices: &answer.suggestions, at }
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
