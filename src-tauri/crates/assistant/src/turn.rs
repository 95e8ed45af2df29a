//! One turn, from the visitor's words to a saved answer. This file does the reading and writing;
//! every decision it takes is a pure function in a module beside it.

mod admitted;
mod evidence;
mod handed;
mod known;
mod record;
mod rehearse;
mod reply;
mod shared;

use std::sync::{Arc, RwLock};
use std::time::Instant;

use engine::Engine;
use knowledge::{Hit, Knowledge, Retrieval};
use store::{Store, TalkState};

use crate::AssistantError;
use crate::answer::{Answer, AnswerEvent, Question, Route};
use crate::facts::Facts;
use crate::flight::Flights;
use crate::followup::{better, leaning, own_share};
use crate::gate::{Gate, gate, offered};
use crate::handover::Cause;
use crate::meter::Meter;
use crate::order::ask_for_proof;
use crate::phrases::{Phrases, phrases};
use crate::policy::{DeskWords, Policy};
use crate::room::Room;
use crate::route::{Lane, lane};
use crate::voice::{Seat, Voice};

use evidence::explain;
pub(crate) use reply::from_events;

use known::told;
use record::{asked_and_got, row};
use reply::{blank, choice, cite, distinct, faq_question, said};

/// Characters of the longest question that is read.
pub const LONGEST_QUESTION: usize = 1000;

/// Hits asked of the knowledge.
const HITS: usize = 20;
/// Hits of a question that leans on the one before: what both found is compared.
const LEANING_HITS: usize = 50;
/// Choices offered when the desk asks back.
const CHOICES: usize = 3;

/// Answers questions from one desk's knowledge. A clone is the same desk.
#[derive(Clone)]
pub struct Assistant {
    knowledge: Arc<Knowledge>,
    store: Store,
    /// Who phrases answers now; all clones share it.
    seat: Seat,
    /// Who phrases the turn that this clone was made for.
    voice: Option<Voice>,
    now: fn() -> i64,
    facts: Arc<RwLock<Arc<Facts>>>,
    flights: Flights,
    /// Who waits for the model; all clones share it.
    room: Room,
    meter: Arc<Meter>,
}

/// What one turn is given besides the question.
struct Setting<'a> {
    policy: &'a Policy,
    desk: &'a DeskWords,
    language: &'a str,
    phrases: &'static Phrases,
    /// Whose turn it is while others wait; empty where nobody asked.
    party: &'a str,
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
        let (facts, flights) = (Arc::default(), Flights::default());
        let (seat, voice) = (Seat::default(), None);
        let (room, meter) = (Room::default(), Arc::default());
        let assistant = Self { knowledge, store, seat, voice, now, facts, flights, room, meter };
        assistant.speak_with(engine);
        assistant
    }

    /// From now on `engine` phrases answers, on every clone; without one the desk quotes.
    ///
    /// A turn that has begun ends with the engine it began with, so nobody waits and nothing is
    /// lost, and the old engine is let go of with the last of these turns.
    pub fn speak_with(&self, engine: Option<Arc<dyn Engine>>) {
        self.seat.give(engine.map(|engine| Voice::of(engine, &self.store)));
    }

    /// Who waits for the model.
    pub fn room(&self) -> &Room {
        &self.room
    }

    /// What was counted since the start.
    pub fn meter(&self) -> &Meter {
        &self.meter
    }

    /// One turn has one engine from its first word to the answer that is kept.
    fn for_one_turn(&self) -> Self {
        Self { voice: self.seat.taken(), ..self.clone() }
    }

    /// Answers one question and saves the turn; `tell` hears what happens on the way.
    ///
    /// `stop` is asked often; once it says yes, the turn ends with what there is. Fails on an
    /// empty or over-long question, when too many wait, and when the store fails. A dead engine does
    /// not fail a turn.
    pub fn answer(
        &self,
        question: &Question,
        policy: &Policy,
        desk: &DeskWords,
        stop: &dyn Fn() -> bool,
        tell: &mut dyn FnMut(AnswerEvent),
    ) -> Result<Answer, AssistantError> {
        let language = question.language.as_str();
        let (phrases, party) = (phrases(language), question.conversation.as_str());
        let setting = Setting { policy, desk, language, phrases, party, stop };
        self.meter.turn(tell, |tell| self.for_one_turn().answer_in(question, setting, tell))
    }

    fn answer_in(
        &self,
        question: &Question,
        setting: Setting<'_>,
        tell: &mut dyn FnMut(AnswerEvent),
    ) -> Result<Answer, AssistantError> {
        let started = Instant::now();
        let text = read(&question.text)?;
        let (policy, language) = (setting.policy, setting.language);
        let talk = self.talk(&question.conversation)?;
        let mut answer = match lane(&text, policy.order_masks.as_deref()) {
            _ if talk.state == TalkState::Human => {
                said(Route::HandOff, setting.phrases.silent, tell)
            }
            Lane::LookUp => self.find_answer(&text, question, &talk, &setting, tell)?,
            Lane::Order => {
                let (reply, form) = ask_for_proof(&text, language, policy);
                Answer { order_form: Some(form), ..said(Route::Order, &reply, tell) }
            }
            Lane::Person => self.to_a_person(Cause::Asked, question, tell)?,
            Lane::Complaint => self.to_a_person(Cause::Complaint, question, tell)?,
            Lane::Emergency => self.to_a_person(Cause::Emergency, question, tell)?,
            small => {
                let reply = setting.phrases.small_talk(small).unwrap_or_default();
                said(Route::SmallTalk, reply, tell)
            }
        };
        self.hand_over_after(&mut answer, question, &talk, tell)?;
        if answer.why.reason.is_empty() {
            answer.why.reason = format!("the lane is {}", answer.route.name());
        }
        answer.kb_version = self.knowledge.version();
        answer.timing.total = started.elapsed();
        answer.why.times.total = answer.timing.total;
        answer.turn_id = self.save(&text, question, &answer)?;
        Ok(answer)
    }

    fn look_up(
        &self,
        text: &str,
        previous: Option<&str>,
        setting: &Setting<'_>,
        tell: &mut dyn FnMut(AnswerEvent),
    ) -> Result<(Answer, Retrieval), AssistantError> {
        let retrieval = self.search(text, previous)?;
        let found = gate(&retrieval, setting.policy);
        if let Some(fact) = self.fact(text, &retrieval, found, setting) {
            return Ok((told(fact, tell), retrieval));
        }
        let mut answer = match found {
            Gate::Refuse => self.refuse(&retrieval, setting, tell),
            Gate::Faq => self.approved(&retrieval.hits[0], tell),
            Gate::AskBack => self.ask_back(&retrieval, setting, tell),
            Gate::Weigh => self.answer_from_evidence(text, &retrieval, setting, tell)?,
        };
        answer.score = retrieval.hits.first().map_or(0.0, |hit| hit.score);
        answer.timing.retrieve = retrieval.elapsed;
        explain(&mut answer, &retrieval, setting.policy);
        Ok((answer, retrieval))
    }

    /// Searches the question; where it leans on the one before, both, and keeps the better.
    fn search(&self, text: &str, previous: Option<&str>) -> Result<Retrieval, AssistantError> {
        let (Some(leans), Some(previous)) = (leaning(text), previous) else {
            return Ok(self.knowledge.retrieve(text, HITS)?);
        };
        let alone = self.knowledge.retrieve(text, LEANING_HITS)?;
        let joined = self.knowledge.retrieve(&format!("{previous} {text}"), LEANING_HITS)?;
        let mut found = better(alone, joined, leans, own_share(text, previous));
        found.hits.truncate(HITS);
        Ok(found)
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
        let choices = distinct(offered(retrieval).into_iter().map(choice), CHOICES);
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

    fn save(
        &self,
        text: &str,
        question: &Question,
        answer: &Answer,
    ) -> Result<i64, AssistantError> {
        let at = (self.now)();
        let Question { conversation, language, .. } = question;
        let turn_id = self.store.save_turn(&row(text, conversation, language, answer, at))?;
        self.knowledge.learn(&asked_and_got(turn_id, conversation, text, answer, at))?;
        Ok(turn_id)
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
