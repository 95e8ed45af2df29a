//! The exam a model must pass before it may speak: forty built-in questions over built-in
//! passages, and up to twenty drawn from the shop's own approved answers.
//!
//! The same prompt, the same sentence check and the same refusal word are used as in a real turn,
//! so the mark says how the model would do here. It is sat once per model and computer.

mod paper;

use std::time::Duration;

use engine::Engine;
use knowledge::{Faq, Hit, HitKey, Knowledge};
use store::FaqStatus;

use crate::AssistantError;
use crate::quote::Passage;
use crate::speak::{Spoken, Task, speak};
use crate::support::{Checker, Sense};
use paper::{Expected, PASSAGES, QUESTIONS};

/// From this mark on a model may speak, if it invented nothing.
pub const PASS_MARK: f32 = 0.7;

/// Questions drawn from the shop's own answers.
const OWN_QUESTIONS: usize = 20;
/// Tokens of evidence in a prompt of the exam.
const EVIDENCE_TOKENS: usize = 600;

/// The passages of the exam belong to no desk: every word weighs the same and none is known.
const SENSE: Sense<'static> =
    Sense { weight: &|_| 1.0, knows: &|_| false, closeness: &|_, _| None };

/// How a model did.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ExamResult {
    /// Questions asked.
    pub asked: usize,
    /// Questions answered, or refused, as they should be.
    pub right: usize,
    /// Sentences the model wrote with a number or name that the passages do not hold.
    pub invented: usize,
    /// Right and asked of the answerable questions.
    pub answerable: (usize, usize),
    /// Right and asked of the questions the passages do not answer.
    pub unanswerable: (usize, usize),
    /// Right and asked of the questions with a trap.
    pub traps: (usize, usize),
    /// Right and asked of the shop's own questions.
    pub own: (usize, usize),
    /// Time of all answers.
    pub took: Duration,
}

impl ExamResult {
    /// Share of right answers, 0 to 1.
    pub fn mark(&self) -> f32 {
        if self.asked == 0 { 0.0 } else { self.right as f32 / self.asked as f32 }
    }

    /// Whether the model may speak: a good mark, and nothing invented.
    pub fn passed(&self) -> bool {
        self.mark() >= PASS_MARK && self.invented == 0
    }
}

/// Lets the engine sit the exam. `on_progress` hears done and total.
///
/// Fails when the engine fails: a model that did not finish has no mark.
pub fn sit(
    engine: &dyn Engine,
    knowledge: &Knowledge,
    stop: &dyn Fn() -> bool,
    on_progress: &mut dyn FnMut(usize, usize),
) -> Result<ExamResult, AssistantError> {
    let own = own_questions(knowledge)?;
    let total = QUESTIONS.len() + own.len();
    let mut result = ExamResult::default();
    let started = std::time::Instant::now();
    for (question, numbers, expected) in QUESTIONS {
        if stop() {
            break;
        }
        let passages: Vec<Passage> = numbers.iter().map(|n| built_in(*n)).collect();
        let spoken = ask(engine, question, &passages, stop)?;
        result.count_inventions(&spoken, &passages);
        let right = is_right(&spoken, *expected);
        let part = match expected {
            Expected::Holds(_) => &mut result.answerable,
            Expected::Unknown => &mut result.unanswerable,
            Expected::Trap { .. } => &mut result.traps,
        };
        add(part, right);
        result.asked += 1;
        result.right += usize::from(right);
        on_progress(result.asked, total);
    }
    for (question, passages) in own {
        if stop() {
            break;
        }
        let spoken = ask(engine, &question, &passages, stop)?;
        result.count_inventions(&spoken, &passages);
        // The first passage is the right answer; the others are neighbours.
        let right = !spoken.unknown && spoken.passages == [0];
        add(&mut result.own, right);
        result.asked += 1;
        result.right += usize::from(right);
        on_progress(result.asked, total);
    }
    result.took = started.elapsed();
    Ok(result)
}

fn ask(
    engine: &dyn Engine,
    question: &str,
    passages: &[Passage],
    stop: &dyn Fn() -> bool,
) -> Result<Spoken, AssistantError> {
    let task = Task { question, passages, evidence_tokens: EVIDENCE_TOKENS, sense: SENSE, stop };
    let spoken = speak(engine, &task, &mut |_| {});
    match spoken.error {
        Some(error) => Err(error.into()),
        None => Ok(spoken),
    }
}

/// Whether a reply is what it should be.
fn is_right(spoken: &Spoken, expected: Expected) -> bool {
    let says = |fact: &str| spoken.text.to_lowercase().contains(&fact.to_lowercase());
    match expected {
        Expected::Holds(facts) => facts.iter().any(|fact| says(fact)),
        Expected::Unknown => spoken.unknown || spoken.text.is_empty(),
        Expected::Trap { right, wrong } => {
            let avoids = !wrong.iter().any(|fact| says(fact));
            avoids && (right.is_empty() || right.iter().any(|fact| says(fact)))
        }
    }
}

impl ExamResult {
    fn count_inventions(&mut self, spoken: &Spoken, passages: &[Passage]) {
        if spoken.unknown && spoken.text.is_empty() {
            return;
        }
        let evidence: Vec<(String, &str)> =
            passages.iter().map(|p| (p.hit.locator.clone(), p.hit.text.as_str())).collect();
        let checker = Checker::new("", &evidence, "", SENSE);
        let written = spoken.written();
        let sentences = knowledge::text::sentences(written);
        let inventions = sentences
            .iter()
            .filter(|range| checker.missing_fact(&written[(*range).clone()]).is_some());
        self.invented += inventions.count();
    }
}

fn add(part: &mut (usize, usize), right: bool) {
    part.0 += usize::from(right);
    part.1 += 1;
}

fn built_in(number: usize) -> Passage {
    let (locator, text) = PASSAGES[number];
    passage(HitKey::Section(number as i64), locator, text)
}

/// Every so-manieth approved answer with its two neighbours as distraction.
fn own_questions(knowledge: &Knowledge) -> Result<Vec<(String, Vec<Passage>)>, AssistantError> {
    let (faqs, _) = knowledge.faqs("", 0, 500)?;
    let approved: Vec<&Faq> = faqs.iter().filter(|faq| faq.status == FaqStatus::Approved).collect();
    if approved.len() < 3 {
        return Ok(Vec::new());
    }
    let step = approved.len().div_ceil(OWN_QUESTIONS).max(1);
    let drawn = (0..approved.len()).step_by(step).map(|i| {
        let near = [i, (i + 1) % approved.len(), (i + 2) % approved.len()];
        let passages = near.map(|n| {
            passage(HitKey::Faq(approved[n].id), &approved[n].question, &approved[n].answer)
        });
        (approved[i].question.clone(), passages.into())
    });
    Ok(drawn.take(OWN_QUESTIONS).collect())
}

fn passage(key: HitKey, locator: &str, text: &str) -> Passage {
    let hit = Hit {
        key,
        source: "exam".into(),
        title: locator.into(),
        locator: locator.into(),
        text: text.into(),
        score: 1.0,
        cosine: 1.0,
        bm25: 1.0,
        matched: String::new(),
    };
    Passage { hit, sentences: Vec::new(), coverage: 1.0 }
}

#[cfg(test)]
mod tests;
