//! Answers from the facts that staff typed.

use std::sync::{Arc, PoisonError};

use jiff::Timestamp;
use jiff::civil::DateTime;
use knowledge::{HitKey, Retrieval};

use super::reply::blank;
use super::{Assistant, Setting};
use crate::answer::{Answer, AnswerEvent, Citation, Route};
use crate::cache::signature;
use crate::facts::{self, Clock, Facts, Stated};
use crate::gate::Gate;
use crate::why::Why;

/// What facts are cited as.
const SOURCE: &str = "facts";

impl Assistant {
    /// Sets the facts that are answered from now on.
    pub fn set_facts(&self, facts: Facts) {
        *self.facts.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(facts);
    }

    /// Answers what hangs on the clock: no fixed text can know what today is.
    pub(super) fn by_the_clock(
        &self,
        text: &str,
        language: &str,
        tell: &mut dyn FnMut(AnswerEvent),
    ) -> Option<Answer> {
        let (clock, stated) = self.stated(text, language)?;
        (clock == Clock::Relative).then(|| told(stated, tell))
    }

    /// A fact that answers a question which was looked up.
    ///
    /// What staff wrote as an answer to this question goes before a fact that is put together; for
    /// a date only an answer that is served word for word does, and for the whole week only one to
    /// exactly this question: "in summer" is no answer in winter.
    pub(super) fn fact(
        &self,
        text: &str,
        retrieval: &Retrieval,
        found: Gate,
        setting: &Setting<'_>,
    ) -> Option<Stated> {
        let (clock, stated) = self.stated(text, setting.language)?;
        let best = retrieval.hits.first().filter(|hit| matches!(hit.key, HitKey::Faq(_)));
        let written = best.is_some_and(|hit| hit.score >= setting.policy.answer_from);
        let asked_so = best.is_some_and(|hit| signature(&hit.matched) == signature(text));
        match clock {
            Clock::Relative => Some(stated),
            Clock::Date => (found != Gate::Faq).then_some(stated),
            Clock::Week => (!asked_so).then_some(stated),
            Clock::Fixed => (found != Gate::Faq && !written).then_some(stated),
        }
    }

    fn stated(&self, text: &str, language: &str) -> Option<(Clock, Stated)> {
        let facts = self.facts.read().unwrap_or_else(PoisonError::into_inner).clone();
        let now = self.wall_clock(&facts)?;
        let asked = facts::read(text, language, &facts, now)?;
        Some((asked.clock, facts::state(&facts, &asked, now)?))
    }

    fn wall_clock(&self, facts: &Facts) -> Option<DateTime> {
        let now = Timestamp::from_second((self.now)()).ok()?;
        Some(facts.zone.to_datetime(now))
    }
}

/// Tells a fact, with the fact itself as its source.
pub(super) fn told(stated: Stated, tell: &mut dyn FnMut(AnswerEvent)) -> Answer {
    let citations = vec![Citation {
        n: 1,
        key: None,
        source: SOURCE.into(),
        title: stated.title.into(),
        locator: stated.place,
        passage: stated.passage,
        score: 1.0,
    }];
    tell(AnswerEvent::Routed(Route::Quote));
    tell(AnswerEvent::Sources(citations.clone()));
    tell(AnswerEvent::Text(stated.text.clone()));
    Answer {
        citations,
        score: 1.0,
        support: 1.0,
        why: Why::because("every word of the question is about the desk's facts"),
        ..blank(Route::Quote, stated.text)
    }
}
