//! The parts of an answer: what is said, what it cites, what can be tapped instead.

use knowledge::{Hit, HitKey, ScoredSentence};

use crate::answer::{Answer, AnswerEvent, Citation, Route, Timing, Tokens};
use crate::quote::{Passage, Quote};

/// Turns what the model said into an answer: its supported sentences, or the quote instead.
pub(super) fn finish_spoken(
    model: &str,
    spoken: crate::speak::Spoken,
    passages: &[Passage],
    quote: Quote,
    quoted: Citation,
    tell: &mut dyn FnMut(AnswerEvent),
) -> Answer {
    let timing = Timing { first_token: spoken.first_token, ..Timing::default() };
    if spoken.text.is_empty() {
        tell(AnswerEvent::Routed(Route::Quote));
        tell(AnswerEvent::Sources(vec![quoted.clone()]));
        tell(AnswerEvent::Replaced(quote.text.clone()));
        return Answer {
            citations: vec![quoted],
            support: 1.0,
            timing,
            tokens: spoken.tokens,
            interrupted: spoken.stopped,
            engine_error: spoken.error,
            ..blank(Route::Quote, quote.text)
        };
    }
    let mut citations: Vec<Citation> = Vec::new();
    for index in &spoken.passages {
        let hit = &passages[*index].hit;
        let words = if *index == quote.passage { quoted.passage.as_str() } else { &hit.text };
        citations.push(cite(citations.len() as u32 + 1, hit, words));
    }
    Answer {
        citations,
        support: spoken.supported as f32 / spoken.written.max(1) as f32,
        timing,
        tokens: spoken.tokens,
        model: Some(model.into()),
        interrupted: spoken.stopped || spoken.error.is_some(),
        engine_error: spoken.error,
        ..blank(Route::Documents, spoken.text)
    }
}

pub(super) fn said(route: Route, text: &str, tell: &mut dyn FnMut(AnswerEvent)) -> Answer {
    tell(AnswerEvent::Routed(route));
    tell(AnswerEvent::Text(text.into()));
    Answer { offers_person: route == Route::HandOff, ..blank(route, text.into()) }
}

pub(super) fn blank(route: Route, text: String) -> Answer {
    Answer {
        turn_id: 0,
        route,
        text,
        score: 0.0,
        support: 0.0,
        citations: Vec::new(),
        suggestions: Vec::new(),
        offers_person: false,
        order_form: None,
        timing: Timing::default(),
        tokens: Tokens::default(),
        kb_version: 0,
        model: None,
        interrupted: false,
        engine_error: None,
    }
}

pub(super) fn cite(n: u32, hit: &Hit, passage: &str) -> Citation {
    Citation {
        n,
        key: hit.key,
        source: hit.source.clone(),
        title: hit.title.clone(),
        locator: hit.locator.clone(),
        passage: passage.into(),
        score: hit.score,
    }
}

/// An approved answer is one unit: it is never cut.
pub(super) fn whole(hit: &Hit) -> ScoredSentence {
    ScoredSentence {
        text: hit.text.clone(),
        start: 0,
        end: hit.text.len(),
        score: hit.score,
        cosine: hit.cosine,
        bm25: hit.bm25,
    }
}

/// What a visitor can tap instead of asking again.
pub(super) fn choice(hit: &Hit) -> String {
    match hit.key {
        HitKey::Faq(_) => hit.title.clone(),
        HitKey::Section(_) => {
            let locator = hit.locator.rsplit(" > ").next().unwrap_or_default();
            if locator.is_empty() || locator == hit.title {
                hit.title.clone()
            } else {
                format!("{}: {locator}", hit.title)
            }
        }
    }
}

pub(super) fn faq_question(hit: &Hit) -> Option<String> {
    matches!(hit.key, HitKey::Faq(_)).then(|| hit.title.clone())
}

pub(super) fn distinct(items: impl Iterator<Item = String>, most: usize) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for item in items {
        if kept.len() < most && !kept.contains(&item) {
            kept.push(item);
        }
    }
    kept
}
