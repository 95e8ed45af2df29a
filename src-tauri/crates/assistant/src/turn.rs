//! One turn, from the visitor's words to a saved answer. This file does the reading and writing;
//! every decision it takes is a pure function in a module beside it.

mod record;
mod reply;

use std::sync::Arc;
use std::time::Instant;

use engine::Engine;
use knowledge::{Hit, HitKey, Knowledge, Retrieval};
use store::Store;

use crate::AssistantError;
use crate::answer::{Answer, AnswerEvent, Question, Route};
use crate::cues::asked;
use crate::followup::standalone;
use crate::gate::{Gate, gate, may_answer};
use crate::order::ask_for_proof;
use crate::phrases::{Phrases, phrases};
use crate::policy::{DeskWords, Policy};
use crate::quote::{Passage, choose};
use crate::route::{Lane, lane};
use crate::speak::speak;

use record::row;
use reply::{blank, choice, cite, distinct, faq_question, finish_spoken, said, whole};

/// Characters of the longest question that is read.
pub const LONGEST_QUESTION: usize = 1000;

/// Hits asked of the knowledge.
const HITS: usize = 12;
/// Passages that may be quoted from (of 500 SQuAD 2 questions six find one more than three, eight
/// no more than six).
const PASSAGES: usize = 6;
/// Passages shown to a model.
const PROMPTED: usize = 3;
/// A passage takes part from this share of the best score on.
const NEAR_THE_BEST: f32 = 0.5;
/// Choices offered when the desk asks back.
const CHOICES: usize = 3;

/// Answers questions from one desk's knowledge.
pub struct Assistant {
    knowledge: Arc<Knowledge>,
    store: Store,
    engine: Option<Arc<dyn Engine>>,
    now: fn() -> i64,
}

/// What one turn is given besides the question.
struct Setting<'a> {
    policy: &'a Policy,
    desk: &'a DeskWords,
    phrases: &'static Phrases,
    stop: &'a dyn Fn() -> bool,
}

impl Assistant {
    /// An assistant over `knowledge`. Without an `engine` it quotes; `now` gives Unix seconds.
    pub fn new(
        knowledge: Arc<Knowledge>,
        store: Store,
        engine: Option<Arc<dyn Engine>>,
        now: fn() -> i64,
    ) -> Self {
        Self { knowledge, store, engine, now }
    }

    /// Answers one question and saves the turn; `tell` hears what happens on the way.
    ///
    /// `stop` is asked often; once it says yes, the turn ends with what there is. Fails on an
    /// empty or over-long question and when the store fails. A dead engine does not fail a turn.
    pub fn answer(
        &self,
        question: &Question,
        policy: &Policy,
        desk: &DeskWords,
        stop: &dyn Fn() -> bool,
        tell: &mut dyn FnMut(AnswerEvent),
    ) -> Result<Answer, AssistantError> {
        let started = Instant::now();
        let text = read(&question.text)?;
        let setting = Setting { policy, desk, phrases: phrases(&question.language), stop };
        let mut answer = match lane(&text, policy.order_masks.as_deref()) {
            Lane::LookUp => self.look_up(&text, &question.conversation, &setting, tell)?,
            Lane::Order => {
                let (reply, form) = ask_for_proof(&text, &question.language, policy);
                Answer { order_form: Some(form), ..said(Route::Order, &reply, tell) }
            }
            Lane::Person => said(Route::HandOff, setting.phrases.person, tell),
            small => {
                let reply = setting.phrases.small_talk(small).unwrap_or_default();
                said(Route::SmallTalk, reply, tell)
            }
        };
        answer.kb_version = self.knowledge.version();
        answer.timing.total = started.elapsed();
        answer.turn_id = self.save(&text, &question.conversation, &answer)?;
        Ok(answer)
    }

    fn look_up(
        &self,
        text: &str,
        conversation: &str,
        setting: &Setting<'_>,
        tell: &mut dyn FnMut(AnswerEvent),
    ) -> Result<Answer, AssistantError> {
        let retrieval = self.search(text, conversation, setting.policy)?;
        let mut answer = match gate(&retrieval, setting.policy) {
            Gate::Refuse => self.refuse(&retrieval, setting, tell),
            Gate::Faq => self.approved(&retrieval.hits[0], tell),
            Gate::Weigh => self.answer_from_evidence(text, &retrieval, setting, tell)?,
        };
        answer.score = retrieval.hits.first().map_or(0.0, |hit| hit.score);
        answer.timing.retrieve = retrieval.elapsed;
        Ok(answer)
    }

    /// Searches the question; where that is not enough and it leans on the one before, both.
    fn search(
        &self,
        text: &str,
        conversation: &str,
        policy: &Policy,
    ) -> Result<Retrieval, AssistantError> {
        let plain = self.knowledge.retrieve(text, HITS)?;
        let best = |retrieval: &Retrieval| retrieval.hits.first().map_or(0.0, |hit| hit.score);
        if conversation.is_empty() || best(&plain) >= policy.answer_from {
            return Ok(plain);
        }
        let previous = self.store.previous_question(conversation)?;
        match standalone(text, previous.as_deref()) {
            Some(longer) => {
                let joined = self.knowledge.retrieve(&longer, HITS)?;
                Ok(if best(&joined) > best(&plain) { joined } else { plain })
            }
            None => Ok(plain),
        }
    }

    fn refuse(
        &self,
        retrieval: &Retrieval,
        setting: &Setting<'_>,
        tell: &mut dyn FnMut(AnswerEvent),
    ) -> Answer {
        let own = setting.desk.refusal.as_str();
        let text = if own.is_empty() { setting.phrases.refusal } else { own };
        let mut answer = said(Route::Refused, text, tell);
        let near = retrieval.hits.iter().filter_map(faq_question);
        let usual = setting.desk.suggestions.iter().cloned();
        answer.suggestions = distinct(near.chain(usual), CHOICES);
        answer.offers_person = true;
        answer
    }

    fn ask_back(
        &self,
        retrieval: &Retrieval,
        setting: &Setting<'_>,
        tell: &mut dyn FnMut(AnswerEvent),
    ) -> Answer {
        let near = retrieval.hits.iter().filter(|hit| hit.score >= setting.policy.refuse_below);
        let choices = distinct(near.map(choice), CHOICES);
        let mut answer = said(Route::DidYouMean, setting.phrases.did_you_mean, tell);
        answer.suggestions = choices;
        answer.offers_person = true;
        answer
    }

    fn approved(&self, hit: &Hit, tell: &mut dyn FnMut(AnswerEvent)) -> Answer {
        let citations = vec![cite(1, hit, &hit.text)];
        tell(AnswerEvent::Routed(Route::Faq));
        tell(AnswerEvent::Sources(citations.clone()));
        tell(AnswerEvent::Text(hit.text.clone()));
        Answer { citations, support: 1.0, ..blank(Route::Faq, hit.text.clone()) }
    }

    /// Quotes the shop's own words; where a model may speak, its supported sentences come first.
    fn answer_from_evidence(
        &self,
        text: &str,
        retrieval: &Retrieval,
        setting: &Setting<'_>,
        tell: &mut dyn FnMut(AnswerEvent),
    ) -> Result<Answer, AssistantError> {
        let mut passages = self.passages(retrieval)?;
        let Some(mut quote) = choose(&asked(text), &passages) else {
            return Ok(self.refuse(retrieval, setting, tell));
        };
        let chosen = &passages[quote.passage];
        let closeness = self.closeness(&chosen.hit);
        if !may_answer(chosen.hit.score, chosen.coverage, closeness, setting.policy) {
            return Ok(self.ask_back(retrieval, setting, tell));
        }
        // A model reads few passages well: the quoted one first, then the best of the others.
        passages[..=quote.passage].rotate_right(1);
        passages.truncate(PROMPTED);
        quote.passage = 0;
        let quoted = cite(1, &passages[0].hit, &quote.text);
        match &self.engine {
            Some(engine) if setting.policy.may_generate => {
                let evidence: Vec<_> = passages.iter().map(|p| cite(0, &p.hit, "")).collect();
                tell(AnswerEvent::Routed(Route::Documents));
                tell(AnswerEvent::Sources(evidence));
                let weight = |term: &str| self.knowledge.idf(term);
                let tokens = setting.policy.evidence_tokens;
                let mut say = |more: &str| tell(AnswerEvent::Text(more.into()));
                let spoken =
                    speak(&**engine, text, &passages, tokens, &weight, setting.stop, &mut say);
                Ok(finish_spoken(engine.model_id(), spoken, &passages, quote, quoted, tell))
            }
            _ => {
                tell(AnswerEvent::Routed(Route::Quote));
                tell(AnswerEvent::Sources(vec![quoted.clone()]));
                tell(AnswerEvent::Text(quote.text.clone()));
                Ok(Answer {
                    citations: vec![quoted],
                    support: 1.0,
                    ..blank(Route::Quote, quote.text)
                })
            }
        }
    }

    fn passages(&self, retrieval: &Retrieval) -> Result<Vec<Passage>, AssistantError> {
        let best = retrieval.hits.first().map_or(0.0, |hit| hit.score);
        let near = retrieval.hits.iter().filter(|hit| hit.score >= NEAR_THE_BEST * best);
        let near: Vec<&Hit> = near.take(PASSAGES).collect();
        let whole_words: Vec<String> = near
            .iter()
            .map(|hit| format!("{}\n{}\n{}", hit.title, hit.locator, hit.text))
            .collect();
        let coverage = self.knowledge.coverage(&retrieval.question, &whole_words);
        near.into_iter()
            .zip(coverage)
            .map(|(hit, coverage)| {
                let sentences = match hit.key {
                    HitKey::Section(id) => self.knowledge.sentences(retrieval, id)?,
                    HitKey::Faq(_) => vec![whole(hit)],
                };
                Ok(Passage { hit: hit.clone(), sentences, coverage })
            })
            .collect()
    }

    /// How close the meaning of a hit is; `None` where it has no vector.
    fn closeness(&self, hit: &Hit) -> Option<f32> {
        (hit.cosine != 0.0).then(|| self.knowledge.closeness(hit.cosine))
    }

    fn save(
        &self,
        question: &str,
        conversation: &str,
        answer: &Answer,
    ) -> Result<i64, AssistantError> {
        let at = (self.now)();
        if matches!(answer.route, Route::Refused | Route::DidYouMean) {
            let key = knowledge::text::normalise(question).to_lowercase();
            self.store.record_gap(&key, question, at)?;
        }
        Ok(self.store.save_turn(&row(question, conversation, answer, at))?)
    }
}

/// Normalises the visitor's words.
fn read(text: &str) -> Result<String, AssistantError> {
    let characters = text.chars().count();
    if characters > LONGEST_QUESTION {
        return Err(AssistantError::QuestionTooLong { characters });
    }
    let text = knowledge::text::normalise(text);
    if !text.chars().any(char::is_alphanumeric) {
        return Err(AssistantError::EmptyQuestion);
    }
    Ok(text)
}
