//! The inbox of questions that were not answered: what flows in, and what staff see.

use std::sync::{Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use engine::Side;
use store::{GapNote, GapReason, GapRow, GapStatus};

use super::clusters::{Item, arrange};
use super::likeness::Reading;
use super::mask::mask;
use crate::sentences::coded_row;
use crate::vector::Coded;
use crate::{Knowledge, KnowledgeError, text};

/// Wordings that are kept; those asked longest ago make room.
const MOST_WORDINGS: usize = 5_000;
/// Wordings embedded while somebody waits for the inbox; the others are placed by words first.
const EMBEDDED_AT_ONCE: usize = 512;
const BATCH: usize = 32;

/// Two people who open the inbox at once must not both make a cluster of the same wordings.
static ARRANGING: Mutex<()> = Mutex::new(());

/// One finished turn, as far as learning needs to know it.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The saved turn.
    pub turn_id: i64,
    /// The visit it belongs to.
    pub conversation: &'a str,
    /// The visitor's words.
    pub question: &'a str,
    /// What came of it.
    pub outcome: Outcome,
    /// What could be chosen instead.
    pub choices: &'a [String],
    /// Unix seconds.
    pub at: i64,
}

/// What came of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was answered.
    Answered,
    /// The desk asked back.
    AskedBack,
    /// The desk refused.
    Refused,
    /// The visitor wants a person.
    WantsPerson,
}

/// Wordings that ask the same, and what became of them.
#[derive(Clone, Debug, PartialEq)]
pub struct GapCluster {
    /// The cluster's number.
    pub id: i64,
    /// Its most typical wording.
    pub label: String,
    /// What became of it.
    pub status: GapStatus,
    /// The answer that was written for it.
    pub faq_id: Option<i64>,
    /// How often it was asked.
    pub count: i64,
    /// Unix seconds of the first time.
    pub first_at: i64,
    /// Unix seconds of the last time.
    pub last_at: i64,
    /// How often refused, asked back, found unhelpful, handed over.
    pub reasons: [i64; 4],
    /// Each wording, the most asked first.
    pub wordings: Vec<Wording>,
}

/// One wording of a question without an answer, without personal data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wording {
    /// The words.
    pub question: String,
    /// How often it was asked.
    pub count: i64,
    /// Unix seconds of the last time.
    pub last_at: i64,
}

impl Knowledge {
    /// Learns from a finished turn: what was not answered is noted, and taken back once the visitor
    /// taps one of the choices.
    pub fn learn(&self, asked: &Asked<'_>) -> Result<(), KnowledgeError> {
        let before = self.store.turn_before(asked.conversation, asked.turn_id)?;
        if let Some((turn_id, _, route)) = &before
            && route == "did_you_mean"
        {
            let choices = self.store.choices_of(*turn_id)?;
            if choices.iter().any(|choice| key(choice) == key(asked.question)) {
                self.store.take_back_gap(*turn_id, GapReason::AskedBack)?;
            }
        }
        match asked.outcome {
            Outcome::Answered => Ok(()),
            Outcome::Refused => {
                self.note_gap(asked.turn_id, asked.question, GapReason::Refused, &[], asked.at)
            }
            Outcome::AskedBack => self.note_gap(
                asked.turn_id,
                asked.question,
                GapReason::AskedBack,
                asked.choices,
                asked.at,
            ),
            // A wish for a person is no gap; the question before it is.
            Outcome::WantsPerson => match before {
                Some((turn_id, question, route)) if is_about_knowledge(&route) => {
                    self.note_gap(turn_id, &question, GapReason::HandedOver, &[], asked.at)
                }
                _ => Ok(()),
            },
        }
    }

    /// Counts a question that was not answered, without personal data; clusters are made later.
    pub fn note_gap(
        &self,
        turn_id: i64,
        question: &str,
        reason: GapReason,
        choices: &[String],
        at: i64,
    ) -> Result<(), KnowledgeError> {
        let question = mask(&text::normalise(question));
        let normalised = key(&question);
        let choices = choices.to_vec();
        Ok(self.store.note_gap(GapNote { turn_id, reason, normalised, question, choices, at })?)
    }

    /// A thumb up or down: an answer that did not help is a gap, until the visitor thinks again.
    pub fn note_rating(&self, turn_id: i64, helpful: bool) -> Result<(), KnowledgeError> {
        if helpful {
            return Ok(self.store.take_back_gap(turn_id, GapReason::Unhelpful)?);
        }
        match self.store.turn(turn_id)? {
            Some(turn) if is_about_knowledge(&turn.route) => {
                self.note_gap(turn_id, &turn.question, GapReason::Unhelpful, &[], now())
            }
            _ => Ok(()),
        }
    }

    /// Every cluster, open ones first, then by how often it was asked.
    ///
    /// Wordings that came since are placed first; an embedder that does not answer costs only the
    /// meaning, and what was placed without it is placed again when it is back.
    pub fn gap_clusters(&self) -> Result<Vec<GapCluster>, KnowledgeError> {
        let _one = ARRANGING.lock().unwrap_or_else(PoisonError::into_inner);
        self.mask_old()?;
        self.store.trim_gaps(MOST_WORDINGS)?;
        self.embed_wordings()?;
        let rows = self.store.gap_wordings(&self.embedder_in_use())?;
        let clusters = self.store.gap_clusters()?;
        let has_work =
            |row: &GapRow| row.cluster_id.is_none() || (row.vector.is_some() && !row.by_meaning);
        if rows.iter().any(has_work) {
            let index = self.index();
            let items: Vec<Item> =
                rows.iter().map(|row| item(row, Reading::of(&index, &row.question))).collect();
            let changes = arrange(&items, &clusters, &|cosine| self.closeness(cosine));
            self.store.save_clusters(changes)?;
        }
        self.read_clusters()
    }

    /// One cluster.
    pub fn gap_cluster(&self, id: i64) -> Result<Option<GapCluster>, KnowledgeError> {
        Ok(self.gap_clusters()?.into_iter().find(|cluster| cluster.id == id))
    }

    /// Says what became of a cluster; false when there is none.
    pub fn set_gap_status(
        &self,
        id: i64,
        status: GapStatus,
        faq_id: Option<i64>,
    ) -> Result<bool, KnowledgeError> {
        Ok(self.store.set_gap_status(id, status, faq_id)?)
    }

    fn mask_old(&self) -> Result<(), KnowledgeError> {
        let rows = self.store.gap_wordings("")?;
        let old = rows.into_iter().filter(|row| !row.is_masked);
        let masked: Vec<(i64, String, String)> = old
            .map(|row| {
                let question = mask(&row.question);
                (row.id, key(&question), question)
            })
            .collect();
        if masked.is_empty() { Ok(()) } else { Ok(self.store.mask_gaps(masked)?) }
    }

    fn embed_wordings(&self) -> Result<(), KnowledgeError> {
        let index = self.index();
        let Some(embedder) = index.meaning.embedder.as_deref() else { return Ok(()) };
        let rows = self.store.gap_wordings(embedder.identity())?;
        let missing: Vec<&GapRow> =
            rows.iter().filter(|row| row.vector.is_none()).take(EMBEDDED_AT_ONCE).collect();
        for batch in missing.chunks(BATCH) {
            let texts: Vec<String> = batch.iter().map(|row| row.question.clone()).collect();
            let vectors = match embedder.embed(&texts, Side::Query) {
                Ok(vectors) => vectors,
                Err(error) => {
                    tracing::info!(%error, "clusters are made by words alone");
                    return Ok(());
                }
            };
            let coded = batch.iter().zip(&vectors);
            let coded = coded.map(|(row, vector)| (row.id, coded_row([0; 32], vector).0)).collect();
            self.store.save_gap_vectors(embedder.identity(), coded)?;
        }
        Ok(())
    }

    fn read_clusters(&self) -> Result<Vec<GapCluster>, KnowledgeError> {
        let mut rows = self.store.gap_wordings("")?;
        rows.sort_by_key(|row| (std::cmp::Reverse(row.count), row.first_at, row.id));
        let mut clusters: Vec<GapCluster> = Vec::new();
        for cluster in self.store.gap_clusters()? {
            let members: Vec<&GapRow> =
                rows.iter().filter(|row| row.cluster_id == Some(cluster.id)).collect();
            let sum = |of: &dyn Fn(&GapRow) -> i64| members.iter().map(|row| of(row)).sum::<i64>();
            clusters.push(GapCluster {
                id: cluster.id,
                label: cluster.label,
                status: cluster.status,
                faq_id: cluster.faq_id,
                count: sum(&|row| row.count),
                first_at: members.iter().map(|row| row.first_at).min().unwrap_or(0),
                last_at: members.iter().map(|row| row.last_at).max().unwrap_or(0),
                reasons: std::array::from_fn(|reason| sum(&|row| row.reasons[reason])),
                wordings: members
                    .iter()
                    .map(|row| Wording {
                        question: row.question.clone(),
                        count: row.count,
                        last_at: row.last_at,
                    })
                    .collect(),
            });
        }
        clusters.sort_by_key(|cluster| {
            let is_closed = cluster.status != GapStatus::Open;
            (is_closed, std::cmp::Reverse(cluster.count), std::cmp::Reverse(cluster.last_at))
        });
        Ok(clusters)
    }
}

fn item(row: &GapRow, reading: Reading) -> Item {
    let [refused, _, unhelpful, handed_over] = row.reasons;
    Item {
        id: row.id,
        question: row.question.clone(),
        cluster: row.cluster_id,
        count: row.count,
        by_meaning: row.by_meaning,
        in_vain: refused + unhelpful + handed_over > 0,
        vector: row.vector.as_ref().map(|(scale, bytes)| {
            let coded = Coded::from_bytes(*scale, bytes);
            coded.codes.iter().map(|code| f32::from(*code) * coded.scale).collect()
        }),
        reading,
    }
}

/// Makes two wordings the same one.
fn key(question: &str) -> String {
    let lower = text::normalise(question).to_lowercase();
    lower.trim_end_matches(|c: char| !c.is_alphanumeric() && c != ']').to_owned()
}

/// Small talk, orders and hand-overs say nothing about what the desk knows.
fn is_about_knowledge(route: &str) -> bool {
    matches!(route, "faq" | "documents" | "quote" | "cache" | "did_you_mean" | "refused")
}

fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs() as i64)
}
