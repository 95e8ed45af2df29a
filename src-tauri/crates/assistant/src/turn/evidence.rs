//! The answer from evidence: the shop's own words, or a model's supported sentences before them.

use std::time::Instant;

use knowledge::{Hit, HitKey, Retrieval};

use super::admitted::{Admitted, texts_under_way};
use super::reply::{blank, cite, whole};
use super::{Assistant, Setting};
use crate::AssistantError;
use crate::answer::{Answer, AnswerEvent, Citation, Route, Timing};
use crate::cues::asked;
use crate::gate::may_answer;
use crate::policy::Policy;
use crate::quote::{Passage, Quote, choose};
use crate::speak::{Spoken, Task, speak};
use crate::support::Sense;
use crate::why::{Fate, Why, WhySentence};

/// Passages that may be quoted from (of 500 SQuAD 2 questions six find one more than three, eight
/// no more than six).
pub(super) const PASSAGES: usize = 6;
/// Passages shown to a model.
const PROMPTED: usize = 3;
/// A passage takes part from this share of the best score on.
pub(super) const NEAR_THE_BEST: f32 = 0.5;
/// A passage may be near because of another of its sentences: the best one must be near itself. On
/// half A of SQuAD 2 it costs 5 of 1,154 right answers, and a third of the off-topic utterances that
/// were answered.
const LEAST_CLOSENESS_OF_WORDS: f32 = 0.37;
/// A quote so far above the answering score stands although a model says that nothing answers:
/// there the search is right more often than a small model.
const STRONG: f32 = 0.1;
/// With so many texts under way the next one is written from the quoted words alone.
const CROWD: usize = 2;
/// What staff read where an approved answer is not phrased anew because of those who wait.
const STANDS_FOR_ITSELF: &str =
    "others wait for the model just now; the approved answer is shown as it stands";
/// What staff read where a model was not asked because of all those who wait for it.
const TOO_MANY_WAIT: &str =
    "too many wait for the model just now; the documents answer in their own words";

impl Assistant {
    /// Quotes the shop's own words; where a model may speak, its supported sentences come first.
    pub(super) fn answer_from_evidence(
        &self,
        text: &str,
        retrieval: &Retrieval,
        setting: &Setting<'_>,
        tell: &mut dyn FnMut(AnswerEvent),
    ) -> Result<Answer, AssistantError> {
        let choosing = Instant::now();
        let mut passages = self.passages(retrieval)?;
        let Some(quote) = choose(&asked(text), &passages) else {
            return Ok(self.refuse(retrieval, setting, tell));
        };
        let chosen = &passages[quote.passage()];
        let closeness = self.closeness(chosen.hit.cosine);
        let (score, elsewhere) = (chosen.hit.score, retrieval.elsewhere);
        // An approved answer is found by its question; its own words need not be near.
        let is_approved = matches!(chosen.hit.key, HitKey::Faq(_));
        let words_are_near = is_approved
            || self
                .closeness(chosen.sentences[quote.best].cosine)
                .is_none_or(|closeness| closeness >= LEAST_CLOSENESS_OF_WORDS);
        let may = words_are_near
            && may_answer(score, chosen.coverage, closeness, elsewhere, setting.policy);
        let mut why = Why::of_search(retrieval, setting.policy, "");
        passages.iter().for_each(|p| why.note(p.hit.key, Fate::Read, Some(p.coverage)));
        why.times.choose = choosing.elapsed();
        if !may {
            why.reason = reason_of(Route::DidYouMean).into();
            return Ok(Answer { why, ..self.ask_back(retrieval, setting, tell) });
        }
        let is_strong = chosen.hit.score >= setting.policy.answer_from + STRONG;
        let quoted = Quoted::of(&quote, &passages);
        let asked_for = self.voice.as_ref().map_or(0, |voice| self.texts_asked_for(voice));
        let is_crowded = asked_for >= CROWD;
        if is_crowded {
            // The quoted words alone: half the work, and a small model is as often right.
            passages = quote.evidence(&passages);
        } else {
            // A model reads few passages well: the quoted one first, then the best of the others.
            passages[..=quote.passage()].rotate_right(1);
            passages.truncate(PROMPTED);
        }
        let answer = match &self.voice {
            Some(_) if setting.policy.may_generate && is_crowded && is_approved => {
                let answer = quoted.tell(&mut why, tell);
                why.reason = STANDS_FOR_ITSELF.into();
                return Ok(Answer { why, ..answer });
            }
            Some(voice) if setting.policy.may_generate => {
                let admitted = self.admit(voice, asked_for, setting, tell)?;
                let Admitted::Write(_slot) = admitted else {
                    let answer = quoted.tell(&mut why, tell);
                    why.reason = TOO_MANY_WAIT.into();
                    let interrupted = matches!(admitted, Admitted::Left);
                    return Ok(Answer { why, interrupted, ..answer });
                };
                let before = texts_under_way(voice.engine.health());
                let evidence: Vec<_> = passages.iter().map(|p| cite(0, &p.hit, "")).collect();
                tell(AnswerEvent::Routed(Route::Documents));
                tell(AnswerEvent::Sources(evidence));
                let (engine, pace) = (&voice.engine, &voice.pace);
                let usual = setting.policy.evidence_tokens;
                let task = Task {
                    question: text,
                    passages: &passages,
                    evidence_tokens: pace.evidence_tokens(usual),
                    sense: Sense {
                        weight: &|term| self.knowledge.idf(term),
                        knows: &|term| self.knowledge.knows(term),
                        closeness: &|a, b| self.knowledge.likeness(a, b),
                    },
                    stop: setting.stop,
                };
                let mut say = |more: &str| tell(AnswerEvent::Text(more.into()));
                let speaking = Instant::now();
                let spoken = speak(&**engine, &task, &mut say);
                if let Some(speed) = spoken.prefill {
                    pace.note(speed, &self.store);
                }
                if !spoken.stopped && spoken.error.is_none() {
                    let after = texts_under_way(engine.health());
                    pace.note_text(speaking.elapsed(), before, after);
                }
                spoken.between.iter().for_each(|time| self.meter.note_between(*time));
                if spoken.unknown && spoken.text.is_empty() && !is_strong {
                    why.reason =
                        "a model that may speak says that the documents do not answer".into();
                    return Ok(Answer { why, ..self.refuse(retrieval, setting, tell) });
                }
                finish_spoken(engine.model_id(), spoken, &passages, quoted, &mut why, tell)
            }
            _ => quoted.tell(&mut why, tell),
        };
        why.reason = reason_of(answer.route).into();
        Ok(Answer { why, ..answer })
    }

    fn passages(&self, retrieval: &Retrieval) -> Result<Vec<Passage>, AssistantError> {
        let best = retrieval.hits.first().map_or(0.0, |hit| hit.score);
        let near = retrieval.hits.iter().filter(|hit| hit.score >= NEAR_THE_BEST * best);
        let near: Vec<&Hit> = near.take(PASSAGES).collect();
        let whole_words: Vec<String> = near.iter().map(|hit| hit.words()).collect();
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

    /// How close a cosine is; `None` where there was no vector.
    fn closeness(&self, cosine: f32) -> Option<f32> {
        (cosine != 0.0).then(|| self.knowledge.closeness(cosine))
    }
}

/// The chosen words and where each of their places is from.
struct Quoted {
    text: String,
    citations: Vec<Citation>,
}

impl Quoted {
    fn of(quote: &Quote, passages: &[Passage]) -> Self {
        let cited = (1..).zip(&quote.places);
        let cited = cited.map(|(n, place)| cite(n, &passages[place.passage].hit, &place.text));
        Self { text: quote.text(), citations: cited.collect() }
    }

    /// Shows the quote.
    fn tell(self, why: &mut Why, tell: &mut dyn FnMut(AnswerEvent)) -> Answer {
        tell(AnswerEvent::Routed(Route::Quote));
        tell(AnswerEvent::Sources(self.citations.clone()));
        tell(AnswerEvent::Text(self.text.clone()));
        self.into_answer(why)
    }

    fn into_answer(self, why: &mut Why) -> Answer {
        let told = self.citations.iter().map(|citation| WhySentence {
            text: citation.passage.clone(),
            supported: true,
            passage: citation.key.and_then(|key| why.place_of(key)),
            share: 1.0,
            why: String::new(),
        });
        let told: Vec<WhySentence> = told.collect();
        why.sentences.extend(told);
        Answer { citations: self.citations, support: 1.0, ..blank(Route::Quote, self.text) }
    }
}

/// Turns what the model said into an answer: its supported sentences, or the quote instead.
fn finish_spoken(
    model: &str,
    spoken: Spoken,
    passages: &[Passage],
    quoted: Quoted,
    why: &mut Why,
    tell: &mut dyn FnMut(AnswerEvent),
) -> Answer {
    let place = |index: usize| why.place_of(passages[index].hit.key);
    let told = spoken
        .sentences
        .iter()
        .map(|said| WhySentence { passage: said.passage.and_then(place), ..said.clone() });
    let told: Vec<WhySentence> = told.collect();
    why.sentences.extend(told);
    let timing = Timing { first_token: spoken.first_token, ..Timing::default() };
    if spoken.text.is_empty() {
        tell(AnswerEvent::Routed(Route::Quote));
        tell(AnswerEvent::Sources(quoted.citations.clone()));
        tell(AnswerEvent::Replaced(quoted.text.clone()));
        return Answer {
            timing,
            tokens: spoken.tokens,
            interrupted: spoken.stopped,
            engine_error: spoken.error,
            ..quoted.into_answer(why)
        };
    }
    let mut citations: Vec<Citation> = Vec::new();
    for index in &spoken.passages {
        let hit = &passages[*index].hit;
        let words = match quoted.citations.iter().find(|citation| citation.key == Some(hit.key)) {
            Some(quoted) => quoted.passage.as_str(),
            None => &hit.text,
        };
        citations.push(cite(citations.len() as u32 + 1, hit, words));
    }
    Answer {
        citations,
        support: spoken.supported_share(),
        timing,
        tokens: spoken.tokens,
        model: Some(spoken.writer.unwrap_or_else(|| model.into())),
        interrupted: spoken.stopped || spoken.error.is_some(),
        engine_error: spoken.error,
        ..blank(Route::Documents, spoken.text)
    }
}

/// Completes the story of an answer: what the lanes themselves did not tell.
pub(super) fn explain(answer: &mut Answer, retrieval: &Retrieval, policy: &Policy) {
    if answer.why.passages.is_empty() {
        answer.why = Why::of_search(retrieval, policy, reason_of(answer.route));
    }
    for key in answer.citations.iter().filter_map(|citation| citation.key) {
        answer.why.note(key, Fate::Chosen, None);
    }
    answer.why.times.first_token = answer.timing.first_token;
}

/// What staff read where nothing closer is known.
fn reason_of(route: Route) -> &'static str {
    match route {
        Route::Faq => "an approved answer matched the question closely, by words and by meaning",
        Route::Refused => "nothing that was found is near enough to the question",
        Route::DidYouMean => "what was found is near, but does not hold enough of the question",
        Route::Documents => "a model that may speak phrased what the documents say",
        Route::Quote => "the documents answer in their own words",
        _ => "",
    }
}
