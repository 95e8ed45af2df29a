//! The parts of an answer: what is said, what it cites, what can be tapped instead.

use knowledge::{Hit, HitKey, ScoredSentence};

use crate::answer::{Answer, AnswerEvent, Citation, Route, Timing, Tokens};
use crate::handover::Talk;
use crate::why::Why;

pub(super) fn said(route: Route, text: &str, tell: &mut dyn FnMut(AnswerEvent)) -> Answer {
    tell(AnswerEvent::Routed(route));
    tell(AnswerEvent::Text(text.into()));
    Answer { offers_person: route == Route::HandOff, ..blank(route, text.into()) }
}

/// What somebody has who leaves in the middle of an answer.
pub(crate) fn from_events(events: &[AnswerEvent]) -> Answer {
    let mut answer = Answer { interrupted: true, ..blank(Route::Quote, String::new()) };
    for event in events {
        match event {
            AnswerEvent::Waiting(_) => {}
            AnswerEvent::Routed(route) => answer.route = *route,
            AnswerEvent::Sources(citations) => answer.citations = citations.clone(),
            AnswerEvent::Text(text) => answer.text.push_str(text),
            AnswerEvent::Replaced(text) => answer.text = text.clone(),
        }
    }
    answer
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
        why: Why::default(),
        tokens: Tokens::default(),
        kb_version: 0,
        model: None,
        interrupted: false,
        talk: Talk::default(),
        engine_error: None,
    }
}

pub(super) fn cite(n: u32, hit: &Hit, passage: &str) -> Citation {
    Citation {
        n,
        key: Some(hit.key),
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
        held: Vec::new(),
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
