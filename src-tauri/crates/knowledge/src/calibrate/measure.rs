//! Tries utterances on the desk as if visitors had asked them.

use engine::Side;

use super::choose::{Negative, Positive};
use super::{confidence, first_look};
use crate::index::Index;
use crate::retrieve::LeftOut;
use crate::{HitKey, Knowledge, KnowledgeError, Retrieval, text};

/// Passages weighed for each utterance, as a turn does.
const WEIGHED: usize = 6;
/// Hits among which a question's own answer is looked for.
const LOOKED_AT: usize = 12;
/// The desk's own questions that are tried at most, spread over all of them.
const MOST_QUESTIONS: usize = 400;
/// With fewer wordings than this, headings are tried as questions too.
const FEW_WORDINGS: usize = 50;
/// Headings that are tried at most.
const MOST_HEADINGS: usize = 100;

impl Knowledge {
    /// How sure the desk would be of each utterance about anything else, each left out of the bank.
    pub(super) fn try_bank(
        &self,
        index: &Index,
        stop: &dyn Fn() -> bool,
    ) -> Result<Vec<Negative>, KnowledgeError> {
        let calibrated = self.calibrated();
        let mut tried = Vec::new();
        for (number, utterance) in calibrated.elsewhere().iter().enumerate() {
            if stop() {
                break;
            }
            let left_out = LeftOut { utterance: Some(number), ..LeftOut::default() };
            let found = self.find(index, utterance.text, utterance.vector(), WEIGHED, left_out)?;
            let words: Vec<String> = found.hits.iter().map(crate::Hit::words).collect();
            let coverage = self.coverage(&found.question, &words);
            let sure = |elsewhere: Option<f32>| {
                let all = found.hits.iter().zip(&coverage).map(|(hit, coverage)| {
                    confidence(hit.score, *coverage, self.closeness_of(hit), elsewhere)
                });
                all.fold(f32::MIN, f32::max)
            };
            let best = found.hits.first().map_or(0.0, |hit| hit.score);
            tried.push(Negative {
                subject: utterance.subject,
                near: sure(None),
                first_look: first_look(best, found.elsewhere),
                confidence: sure(found.elsewhere),
            });
        }
        Ok(tried)
    }

    /// How sure the desk would be of its own questions, each without the row that holds it.
    pub(super) fn try_own_questions(
        &self,
        index: &Index,
        stop: &dyn Fn() -> bool,
    ) -> Result<Vec<Positive>, KnowledgeError> {
        let entries = index.entries().enumerate();
        let questions: Vec<usize> =
            entries.filter(|(_, entry)| entry.is_question).map(|(number, _)| number).collect();
        let step = questions.len().div_ceil(MOST_QUESTIONS).max(1);
        let mut tried = Vec::new();
        for &number in questions.iter().step_by(step) {
            if stop() {
                return Ok(tried);
            }
            tried.extend(self.try_wording(index, number)?);
        }
        if questions.len() < FEW_WORDINGS {
            tried.extend(self.try_headings(index, stop)?);
        }
        Ok(tried)
    }

    fn try_wording(
        &self,
        index: &Index,
        number: usize,
    ) -> Result<Option<Positive>, KnowledgeError> {
        let entry = index.entry(number);
        let HitKey::Faq(id) = entry.key else { return Ok(None) };
        let Some(vector) = index.vector_of(number) else { return Ok(None) };
        let Some(wording) = self.store.chunk_text(entry.chunk_id)? else { return Ok(None) };
        let Some(faq) = self.faq(id)? else { return Ok(None) };
        // Alone, a question has no other wording to be found by: that says nothing.
        if faq.alternatives.is_empty() {
            return Ok(None);
        }
        let left_out = LeftOut { entry: Some(number), ..LeftOut::default() };
        let found = self.find(index, &wording, vector, LOOKED_AT, left_out)?;
        let others = std::iter::once(&faq.question).chain(&faq.alternatives);
        let mut words: Vec<&str> =
            others.filter(|other| **other != wording).map(String::as_str).collect();
        words.push(&faq.answer);
        let coverage = self.coverage(&found.question, &[words.join("\n")])[0];
        Ok(Some(self.positive(Some(id), &found, entry.key, coverage)))
    }

    fn try_headings(
        &self,
        index: &Index,
        stop: &dyn Fn() -> bool,
    ) -> Result<Vec<Positive>, KnowledgeError> {
        let Some(embedder) = index.meaning.embedder.as_deref() else { return Ok(Vec::new()) };
        let mut sections: Vec<(HitKey, i64)> = index
            .entries()
            .filter_map(|entry| match entry.key {
                HitKey::Section(id) => Some((entry.key, id)),
                HitKey::Faq(_) => None,
            })
            .collect();
        sections.dedup();
        let step = sections.len().div_ceil(MOST_HEADINGS).max(1);
        let mut tried = Vec::new();
        for (key, id) in sections.into_iter().step_by(step) {
            if stop() {
                break;
            }
            let Some(section) = self.section(id)? else { continue };
            let heading = section.locator.rsplit(" > ").next().unwrap_or_default().to_owned();
            if text::content_terms(&heading).len() < 2 {
                continue;
            }
            let vector = embedder.embed(std::slice::from_ref(&heading), Side::Query)?;
            let Some(vector) = vector.into_iter().next() else { continue };
            let found = self.find(index, &heading, vector, LOOKED_AT, LeftOut::default())?;
            let coverage = self.coverage(&found.question, &[section.text])[0];
            tried.push(self.positive(None, &found, key, coverage));
        }
        Ok(tried)
    }

    /// What became of a question, by the hit that answers it.
    fn positive(
        &self,
        faq: Option<i64>,
        found: &Retrieval,
        own: HitKey,
        coverage: f32,
    ) -> Positive {
        let own = found.hits.iter().find(|hit| hit.key == own);
        let sure = own.map_or(f32::MIN, |hit| {
            confidence(hit.score, coverage, self.closeness_of(hit), found.elsewhere)
        });
        let best = found.hits.first().map_or(0.0, |hit| hit.score);
        let first_look = first_look(best, found.elsewhere);
        Positive { faq, first_look, confidence: sure }
    }
}
