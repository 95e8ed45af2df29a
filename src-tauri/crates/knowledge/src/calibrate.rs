//! What a score means on this desk: thresholds measured on its own questions and on a bank of
//! utterances about anything else, without a label from anybody.
//!
//! Scores carry over from desk to desk, but not quite: a desk about everything is near to every
//! question. So each desk tries its own wordings, each against the rest of its answer, and the
//! bank, and answers from where hardly any of the bank gets through.

mod bank;
mod choose;
mod measure;

use std::collections::HashMap;
use std::sync::{Arc, PoisonError};

use engine::{Embedder, Side};
use sha2::{Digest, Sha256};
use store::CalibrationRow;

use crate::index::Index;
use crate::sentences::coded_row;
use crate::vector::Coded;
use crate::{Knowledge, KnowledgeError};
use bank::utterances;
use choose::choose;

/// Utterances embedded in one go; between two, a question may come first.
const BATCH: usize = 32;

/// What holding all of a question's words moves a score by, against holding none.
///
/// This and the two weights below were set together on CLINC150, the demo's hard questions and
/// SQuAD 2 with half of its articles held out: a plateau, .2 to .5 for each do about the same. At
/// 2 % of off-topic utterances let through they keep 66 of 100 hard questions and paraphrases; a
/// weight of .7 for words and none for the others kept 45.
const COVERAGE_WEIGHT: f32 = 0.3;
const USUAL_COVERAGE: f32 = 0.5;
/// What meaning counts beyond its part of the score: the gate trusts it more than the order does.
const CLOSENESS_WEIGHT: f32 = 0.3;
const USUAL_CLOSENESS: f32 = 0.7;
/// What being close to an utterance about anything else costs.
const ELSEWHERE_WEIGHT: f32 = 0.45;
/// The closeness to the nearest such utterance that leaves a score as it is: a real question's.
const USUAL_ELSEWHERE: f32 = 0.4;

/// From where on the desk asks back, and from where on it answers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Thresholds {
    /// Below this confidence the desk refuses.
    pub refuse_below: f32,
    /// From this confidence on it answers; between the two it asks back.
    pub answer_from: f32,
}

/// How sure a passage makes the desk: its score, moved by its meaning, by the share of the
/// question that it holds, and by how close the question is to utterances about anything else.
///
/// More of the question makes up for a lower score. A question that is as near to "how do I open
/// a savings account" as to the shop's own words is probably not the shop's.
pub fn confidence(
    score: f32,
    coverage: f32,
    closeness: Option<f32>,
    elsewhere: Option<f32>,
) -> f32 {
    let meaning = closeness.map_or(0.0, |near| CLOSENESS_WEIGHT * (near - USUAL_CLOSENESS));
    moved(score, elsewhere) + meaning + COVERAGE_WEIGHT * (coverage - USUAL_COVERAGE)
}

/// The same before any passage was read. Being far from everything else speaks for no question:
/// what nobody ever says is far from all.
pub fn first_look(score: f32, elsewhere: Option<f32>) -> f32 {
    score.min(moved(score, elsewhere))
}

fn moved(score: f32, elsewhere: Option<f32>) -> f32 {
    let elsewhere = elsewhere.unwrap_or(USUAL_ELSEWHERE);
    score - ELSEWHERE_WEIGHT * (elsewhere.max(0.0) - USUAL_ELSEWHERE)
}

impl Default for Thresholds {
    /// Those of the usual model, whose scale words alone are made to fit.
    fn default() -> Self {
        Self { refuse_below: 0.33, answer_from: 0.48 }
    }
}

/// What staff may know of a desk's calibration.
#[derive(Clone, Debug, PartialEq)]
pub struct CalibrationReport {
    /// The knowledge it was measured on.
    pub kb_version: i64,
    /// What holds on this desk.
    pub thresholds: Thresholds,
    /// What holds for the model in general.
    pub usual: Thresholds,
    /// Utterances about anything else that were tried, and how many of them would be answered.
    pub negatives: [usize; 2],
    /// The desk's own questions that were tried, and how many of them would be answered.
    pub positives: [usize; 2],
    /// FAQs that a visitor's own words hardly find: they need other wordings.
    pub weak_faqs: Vec<i64>,
}

/// What the desk measures with, and what it measured.
#[derive(Default)]
pub(crate) struct Calibrated {
    /// Utterances about anything else, by subject.
    elsewhere: Arc<Vec<Utterance>>,
    row: Option<CalibrationRow>,
}

/// One utterance of the bank.
pub(crate) struct Utterance {
    pub(crate) subject: &'static str,
    pub(crate) text: &'static str,
    vector: Coded,
}

impl Knowledge {
    /// The thresholds measured on this desk, or else the model's usual ones.
    pub fn thresholds(&self) -> Thresholds {
        let usual = self.calibration().usual;
        self.calibrated().row.as_ref().map_or(usual, |row| Thresholds {
            refuse_below: row.refuse_below,
            answer_from: row.answer_from,
        })
    }

    /// The thresholds of the embedding model in general.
    pub fn usual_thresholds(&self) -> Thresholds {
        self.calibration().usual
    }

    /// What was measured, once it was.
    pub fn calibration_report(&self) -> Option<CalibrationReport> {
        let calibrated = self.calibrated();
        let row = calibrated.row.as_ref()?;
        Some(CalibrationReport {
            kb_version: row.kb_version,
            thresholds: self.thresholds(),
            usual: self.calibration().usual,
            negatives: [row.negatives as usize, row.let_through as usize],
            positives: [row.positives as usize, row.kept as usize],
            weak_faqs: row.weak_faqs.clone(),
        })
    }

    /// Measures the thresholds anew where the knowledge has changed since. Costs some seconds of
    /// one core and never a question's time; `stop` is asked often, and nothing is kept then.
    ///
    /// Returns whether there is something new. Fails when the embedder or the store does.
    pub fn calibrate(&self, stop: &dyn Fn() -> bool) -> Result<bool, KnowledgeError> {
        let index = self.index();
        let Some(embedder) = index.meaning.embedder.as_deref() else { return Ok(false) };
        let known = self.calibrated();
        let is_new = known.row.as_ref().is_some_and(|row| row.kb_version == index.version);
        if index.totals.pieces() == 0 || (is_new && !known.elsewhere.is_empty()) {
            return Ok(false);
        }
        self.embed_bank(embedder, &index, stop)?;
        if stop() {
            return Ok(false);
        }
        self.load_calibration(&index)?;
        if is_new {
            return Ok(true);
        }
        let negatives = self.try_bank(&index, stop)?;
        let positives = self.try_own_questions(&index, stop)?;
        if stop() || index.version != self.version() {
            return Ok(false);
        }
        let row = choose(index.meaning.calibration.usual, index.version, &negatives, &positives);
        tracing::info!(answer_from = row.answer_from, "calibrated");
        self.store.save_calibration(embedder.identity(), row)?;
        self.load_calibration(&index)?;
        Ok(true)
    }

    /// Reads what was measured before.
    pub(crate) fn load_calibration(&self, index: &Index) -> Result<(), KnowledgeError> {
        let identity = index.meaning.identity();
        if identity.is_empty() {
            return Ok(());
        }
        let row = self.store.calibration(identity)?;
        let rows = self.store.reference_vectors(identity)?;
        let mut saved: HashMap<[u8; 32], Coded> = rows
            .into_iter()
            .map(|row| (row.hash, Coded::from_bytes(row.scale, &row.codes)))
            .collect();
        let bank = utterances(&index.languages());
        let with_vector = bank.into_iter().filter_map(|(subject, text)| {
            Some(Utterance { subject, text, vector: saved.remove(&hash(text))? })
        });
        let fresh = Calibrated { elsewhere: Arc::new(with_vector.collect()), row };
        *self.calibrated.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(fresh);
        Ok(())
    }

    /// How close a question is to the nearest utterance about anything else, `but` that one.
    pub(crate) fn elsewhere(
        &self,
        index: &Index,
        vector: &[f32],
        but: Option<usize>,
    ) -> Option<f32> {
        let calibrated = self.calibrated();
        let question = Coded::of(vector);
        let others = calibrated.elsewhere.iter().enumerate();
        let cosines = others
            .filter(|(number, _)| Some(*number) != but)
            .map(|(_, one)| one.vector.cosine(&question));
        cosines.max_by(f32::total_cmp).map(|cosine| index.meaning.calibration.closeness(cosine))
    }

    pub(crate) fn calibrated(&self) -> Arc<Calibrated> {
        Arc::clone(&self.calibrated.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Makes the vectors of the bank that this model has not made yet.
    fn embed_bank(
        &self,
        embedder: &dyn Embedder,
        index: &Index,
        stop: &dyn Fn() -> bool,
    ) -> Result<(), KnowledgeError> {
        let saved = self.store.reference_vectors(embedder.identity())?;
        let saved: Vec<[u8; 32]> = saved.into_iter().map(|row| row.hash).collect();
        let missing: Vec<&str> = utterances(&index.languages())
            .into_iter()
            .map(|(_, text)| text)
            .filter(|text| !saved.contains(&hash(text)))
            .collect();
        for batch in missing.chunks(BATCH) {
            if stop() {
                break;
            }
            let texts: Vec<String> = batch.iter().map(|text| (*text).to_owned()).collect();
            let vectors = embedder.embed(&texts, Side::Query)?;
            let made = batch.iter().zip(&vectors);
            let rows = made.map(|(text, vector)| coded_row(hash(text), vector).0).collect();
            self.store.save_reference_vectors(embedder.identity(), rows)?;
        }
        Ok(())
    }
}

impl Calibrated {
    pub(crate) fn elsewhere(&self) -> &[Utterance] {
        &self.elsewhere
    }
}

impl Utterance {
    pub(crate) fn vector(&self) -> Vec<f32> {
        self.vector.decoded()
    }
}

/// Names the vector of a reference text, which is embedded as a question.
fn hash(text: &str) -> [u8; 32] {
    Sha256::new().chain_update(b"q\0").chain_update(text.as_bytes()).finalize().into()
}

#[cfg(test)]
mod tests;
