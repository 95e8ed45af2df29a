//! One turn, from the visitor's words to a saved answer. This file does the reading and writing;
//! every decision it takes is a pure function in a module beside it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use engine::Engine;
use knowledge::{Hit, HitKey, Knowledge, Retrieval, ScoredSentence};
use store::{CitationRow, Store, TurnRow};

use crate::AssistantError;
use crate::answer::{Answer, AnswerEvent, Citation, Question, Route, Timing, Tokens};
use crate::cues::wanted;
use crate::followup::standalone;
use crate::gate::{Gate, gate};
use crate::phrases::{Phrases, phrases};
use crate::policy::{DeskWords, Policy};
use crate::quote::{Passage, Quote, choose};
use crate::route::{Lane, lane};
use crate::speak::speak;

/// Characters of the longest question that is read.
pub const LONGEST_QUESTION: usize = 1000;

/// Hits asked of the knowledge.
const HITS: usize = 12;
/// Passages that may be quoted from or shown to a model.
const PASSAGES: usize = 3;
/// A passage takes part from this share of the best score on.
const NEAR_THE_BEST: f32 = 0.6;
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
        let mut answer = match lane(&text) {
            Lane::LookUp => self.look_up(&text, &question.conversation, &setting, tell)?,
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
            Gate::AskBack => self.ask_back(&retrieval, setting, tell),
            Gate::Faq => self.approved(&retrieval.hits[0], tell),
            Gate::Answer => self.from_evidence(text, &retrieval, setting, tell)?,
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
    fn from_evidence(
        &self,
        text: &str,
        retrieval: &Retrieval,
        setting: &Setting<'_>,
        tell: &mut dyn FnMut(AnswerEvent),
    ) -> Result<Answer, AssistantError> {
        let passages = self.passages(retrieval)?;
        let Some(quote) = choose(wanted(text), &passages) else {
            return Ok(self.refuse(retrieval, setting, tell));
        };
        let quoted = cite(1, &passages[quote.passage].hit, &quote.text);
        if let Ok(path) = std::env::var("K_DUMP") {
            use std::io::Write;
            let p = &passages[quote.passage];
            let hit = &p.hit;
            let best = quote.sentences.clone().map(|s| &p.sentences[s]).max_by(|a, b| a.score.total_cmp(&b.score)).unwrap();
            let mut f = std::fs::OpenOptions::new().append(true).create(true).open(path).unwrap();
            writeln!(f, "{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}", text, matches!(hit.key, HitKey::Faq(_)), retrieval.hits[0].score, hit.score, hit.cosine, hit.bm25, best.score, best.cosine, best.bm25,
                0, 0, p.coverage, 0).unwrap();
        }
        let p = &passages[quote.passage];
        if p.hit.score + knowledge::knob("GW", 0.7) * (p.coverage - 0.5) < knowledge::knob("GT", setting.policy.answer_from) || (!retrieval.keyword_only && p.hit.cosine < knowledge::knob("GC", 0.0)) {
            return Ok(self.ask_back(retrieval, setting, tell));
        }
        match &self.engine {
            Some(engine) if setting.policy.may_generate => {
                let evidence: Vec<_> = passages.iter().map(|p| cite(0, &p.hit, "")).collect();
                tell(AnswerEvent::Routed(Route::Documents));
                tell(AnswerEvent::Sources(evidence));
                let weight = |term: &str| self.knowledge.idf(term);
                let tokens = setting.policy.evidence_tokens;
                let mut say = |more: &str| tell(AnswerEvent::Text(more.into()));
                let spoken = speak(
                    &**engine, text, &passages, tokens, &weight, setting.stop, &mut say,
                );
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
        let near = retrieval.hits.iter().filter(|hit| hit.score >= knowledge::knob("NEAR", NEAR_THE_BEST) * best);
        let near: Vec<&Hit> = near.take(knowledge::knob("PASS", PASSAGES as f32) as usize).collect();
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
        let row = TurnRow {
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
        };
        Ok(self.store.save_turn(&row)?)
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

/// Turns what the model said into an answer: its supported sentences, or the quote instead.
fn finish_spoken(
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

fn said(route: Route, text: &str, tell: &mut dyn FnMut(AnswerEvent)) -> Answer {
    tell(AnswerEvent::Routed(route));
    tell(AnswerEvent::Text(text.into()));
    Answer { offers_person: route == Route::HandOff, ..blank(route, text.into()) }
}

fn blank(route: Route, text: String) -> Answer {
    Answer {
        turn_id: 0,
        route,
        text,
        score: 0.0,
        support: 0.0,
        citations: Vec::new(),
        suggestions: Vec::new(),
        offers_person: false,
        timing: Timing::default(),
        tokens: Tokens::default(),
        kb_version: 0,
        model: None,
        interrupted: false,
        engine_error: None,
    }
}

fn cite(n: u32, hit: &Hit, passage: &str) -> Citation {
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
fn whole(hit: &Hit) -> ScoredSentence {
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
fn choice(hit: &Hit) -> String {
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

fn faq_question(hit: &Hit) -> Option<String> {
    matches!(hit.key, HitKey::Faq(_)).then(|| hit.title.clone())
}

fn distinct(items: impl Iterator<Item = String>, most: usize) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for item in items {
        if kept.len() < most && !kept.contains(&item) {
            kept.push(item);
        }
    }
    kept
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
