//! What spares a model's work: an answer kept from before, or one that is being made just now.

use std::sync::Arc;

use engine::Engine;
use knowledge::{Hit, HitKey, Retrieval};
use store::{CacheSource, CachedRow, CitationRow, TalkRow};

use super::evidence::{NEAR_THE_BEST, PASSAGES};
use super::reply::blank;
use super::{Assistant, Setting};
use crate::AssistantError;
use crate::answer::{Answer, AnswerEvent, Citation, Question, Route};
use crate::cache::{self, Key};
use crate::flight::{End, Flight, Ride};
use crate::followup::leaning;
use crate::gate::{Gate, gate};
use crate::phrases::phrases;
use crate::policy::{DeskWords, Policy};
use crate::why::Why;

/// Kept answers are made anew after this time, whatever has changed.
const KEPT_SECONDS: i64 = 30 * 24 * 3_600;
/// Hits asked of the knowledge, as in a turn.
const HITS: usize = super::HITS;

impl Assistant {
    /// Answers a question that is looked up: by the clock, from what is kept, together with whoever
    /// asks the same, or alone.
    pub(super) fn find_answer(
        &self,
        text: &str,
        question: &Question,
        talk: &TalkRow,
        setting: &Setting<'_>,
        tell: &mut dyn FnMut(AnswerEvent),
    ) -> Result<Answer, AssistantError> {
        if let Some(answer) = self.by_the_clock(text, &question.language, tell) {
            return Ok(answer);
        }
        let previous = question.previous.as_deref().or(talk.last_question.as_deref());
        let alone =
            |tell: &mut dyn FnMut(AnswerEvent)| Ok(self.look_up(text, previous, setting, tell)?.0);
        let leans = previous.is_some() && leaning(text).is_some();
        let engine = match &self.voice {
            Some(voice) if setting.policy.may_generate && !leans && !cache::is_personal(text) => {
                &voice.engine
            }
            // Quotes and approved answers take milliseconds and are always of today.
            _ => return alone(tell),
        };
        let key = self.key(text, question, setting.policy, &**engine);
        if let Some(answer) = self.kept(key, text, setting.policy, tell)? {
            return Ok(answer);
        }
        let (flight, is_first) = self.flights.join(key);
        if is_first && !self.take_off(key, &flight, text, question, setting) {
            return alone(tell);
        }
        match flight.ride(setting.stop, tell) {
            Ride::Arrived(mut answer) => {
                if !is_first {
                    answer.tokens = Default::default();
                }
                Ok(*answer)
            }
            // For everybody who asked the same: asking alone would find the room as full.
            Ride::Full { waiting, retry_seconds } => {
                Err(AssistantError::Full { waiting, retry_seconds })
            }
            Ride::Left(answer) => Ok(*answer),
            Ride::Lost => alone(tell),
        }
    }

    /// Starts the work that others may join; false where there is no thread to be had.
    fn take_off(
        &self,
        key: Key,
        flight: &Arc<Flight>,
        text: &str,
        question: &Question,
        setting: &Setting<'_>,
    ) -> bool {
        let own = self.clone();
        let (text, language) = (text.to_owned(), question.language.clone());
        // The first to ask is the one who waits.
        let party = question.conversation.clone();
        let policy: Policy = setting.policy.clone();
        let desk: DeskWords = setting.desk.clone();
        let shared = flight.clone();
        let work = move || {
            own.flights.fly(key, &shared, |flight| {
                let setting = Setting {
                    policy: &policy,
                    desk: &desk,
                    language: &language,
                    phrases: phrases(&language),
                    party: &party,
                    stop: &|| flight.is_empty(),
                };
                let version = own.knowledge.version();
                // No conversation: what several people hear must not hang on one of them.
                let found = own.look_up(&text, None, &setting, &mut |event| flight.tell(event));
                match found {
                    Ok((answer, retrieval)) => {
                        own.keep(key, version, &answer, &retrieval);
                        End::Answered(Box::new(answer))
                    }
                    Err(AssistantError::Full { waiting, retry_seconds }) => {
                        End::Full { waiting, retry_seconds }
                    }
                    Err(error) => {
                        tracing::info!(%error, "a shared answer could not be made");
                        End::Lost
                    }
                }
            });
        };
        let started = std::thread::Builder::new().name("answer".into()).spawn(work);
        if started.is_err() {
            self.flights.fly(key, flight, |_| End::Lost);
        }
        started.is_ok()
    }

    fn key(&self, text: &str, question: &Question, policy: &Policy, engine: &dyn Engine) -> Key {
        let embedder = self.knowledge.embedder_in_use();
        cache::key(text, &question.language, policy, engine.model_id(), &embedder)
    }

    /// An answer from before, if it would be made from the same passages today.
    fn kept(
        &self,
        key: Key,
        text: &str,
        policy: &Policy,
        tell: &mut dyn FnMut(AnswerEvent),
    ) -> Result<Option<Answer>, AssistantError> {
        let now = (self.now)();
        let Some(entry) = self.store.cached(key, now)? else { return Ok(None) };
        let version = self.knowledge.version();
        if entry.kb_version != version {
            let retrieval = self.knowledge.retrieve(text, HITS)?;
            let same = gate(&retrieval, policy) == Gate::Weigh
                && cache::evidence(near(&retrieval)) == entry.evidence;
            if !same {
                self.store.uncache(entry.id)?;
                return Ok(None);
            }
        }
        self.store.cache_used(&entry, version, now)?;
        let citations: Vec<Citation> = entry.citations.iter().map(citation).collect();
        tell(AnswerEvent::Routed(Route::Cache));
        tell(AnswerEvent::Sources(citations.clone()));
        tell(AnswerEvent::Text(entry.answer.clone()));
        Ok(Some(Answer {
            citations,
            score: entry.score,
            support: entry.support,
            model: entry.model,
            why: Why::because("the same question was answered from the same passages"),
            ..blank(Route::Cache, entry.answer)
        }))
    }

    /// Keeps an answer that a model worked on, with what it was made from.
    ///
    /// A store that fails costs the keeping, not the answer.
    fn keep(&self, key: Key, version: i64, answer: &Answer, retrieval: &Retrieval) {
        let asked_a_model = answer.tokens.generated > 0 || !answer.timing.first_token.is_zero();
        let whole = !answer.interrupted && answer.engine_error.is_none();
        let fits = matches!(answer.route, Route::Documents | Route::Quote);
        if !(fits && whole && asked_a_model) || retrieval.keyword_only {
            return;
        }
        let now = (self.now)();
        let mut valid_until = now + KEPT_SECONDS;
        let mut from = Vec::new();
        for hit in near(retrieval) {
            from.push(match hit.key {
                HitKey::Section(id) => CacheSource::Section(id),
                HitKey::Faq(id) => {
                    let faq = self.knowledge.faq(id).ok().flatten();
                    if let Some(end) = faq.and_then(|faq| faq.valid_until) {
                        valid_until = valid_until.min(end);
                    }
                    CacheSource::Faq(id)
                }
            });
        }
        let entry = CachedRow {
            id: 0,
            key,
            evidence: cache::evidence(near(retrieval)),
            kb_version: version,
            answer: answer.text.clone(),
            score: retrieval.hits.first().map_or(0.0, |hit| hit.score),
            support: answer.support,
            model: answer.model.clone(),
            made_at: now,
            valid_until: Some(valid_until),
            citations: super::record::citations(answer),
        };
        if let Err(error) = self.store.cache(&entry, &from) {
            tracing::warn!(%error, "an answer could not be kept");
        }
    }
}

/// The hits that an answer is made from.
fn near(retrieval: &Retrieval) -> impl Iterator<Item = &Hit> {
    let best = retrieval.hits.first().map_or(0.0, |hit| hit.score);
    retrieval.hits.iter().filter(move |hit| hit.score >= NEAR_THE_BEST * best).take(PASSAGES)
}

fn citation(row: &CitationRow) -> Citation {
    Citation {
        n: row.n as u32,
        key: row.section_id.map(HitKey::Section).or(row.faq_id.map(HitKey::Faq)),
        source: row.source.clone(),
        title: row.title.clone(),
        locator: row.locator.clone(),
        passage: row.passage.clone(),
        score: row.score,
    }
}
