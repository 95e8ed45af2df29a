//! From a cluster to an approved answer, and whether its questions are answered then.

use std::time::{Duration, Instant};

use assistant::{Answer, Route};
use knowledge::{FaqText, GapCluster, GapStatus, HitKey};

use super::views;
use crate::core::Core;
use crate::wire::{self, ApiError, AskedAgain, GapOutcome, LearningReply};
use crate::{convert, errors};

/// Wordings of a cluster that become other wordings of its answer.
const WORDINGS: usize = 12;
/// Questions of a cluster that are asked again.
const ASKED_AGAIN: usize = 40;
/// How long an approval waits until its answer is found by meaning; questions are embedded first.
const CATCH_UP: Duration = Duration::from_secs(5);

impl Core {
    /// Drafts an answer with the visitors' words.
    pub(super) fn write_answer(
        &self,
        id: i64,
        mut text: FaqText,
        alternatives: Option<Vec<String>>,
        who: &str,
    ) -> Result<LearningReply, ApiError> {
        let cluster = self.knowledge.gap_cluster(id)?;
        let cluster = cluster.ok_or_else(|| errors::not_found("gap", id))?;
        if text.question.trim().is_empty() {
            text.question = cluster.label.clone();
        }
        let visitors = cluster.wordings.iter().map(|wording| wording.question.clone());
        text.alternatives = alternatives.unwrap_or_else(|| {
            let usable = visitors.filter(|one| *one != text.question && !one.contains('['));
            usable.take(WORDINGS).collect()
        });
        let alternatives = text.alternatives.clone();
        let faq_id = self.knowledge.draft_faq(text, who)?;
        self.knowledge.set_gap_status(id, GapStatus::Open, Some(faq_id))?;
        self.indexer.wake();
        Ok(LearningReply::Drafted { faq_id, alternatives })
    }

    /// Lets visitors see an answer, and asks the questions it was written for again.
    pub(super) fn approve(&self, id: i64, who: &str) -> Result<LearningReply, ApiError> {
        let clusters = self.knowledge.gap_clusters()?.into_iter();
        let clusters: Vec<GapCluster> =
            clusters.filter(|cluster| cluster.faq_id == Some(id)).collect();
        let before: Vec<Vec<Route>> = clusters
            .iter()
            .map(|cluster| Ok(self.ask_all(cluster)?.into_iter().map(|one| one.route).collect()))
            .collect::<Result<_, ApiError>>()?;
        if !self.knowledge.approve_faq(id, who, self.settings().second_person)? {
            return Err(errors::not_found("answer", id));
        }
        self.indexer.wake();
        if clusters.is_empty() {
            return Ok(LearningReply::AskedAgain { clusters: Vec::new() });
        }
        self.catch_up();
        let outcomes = clusters.into_iter().zip(before);
        let outcomes = outcomes.map(|(cluster, before)| self.ask_again(cluster, &before));
        Ok(LearningReply::AskedAgain { clusters: outcomes.collect::<Result<_, _>>()? })
    }

    /// Asks the questions of a cluster again; it closes when all of them are answered.
    pub(super) fn ask_again(
        &self,
        cluster: GapCluster,
        before: &[Route],
    ) -> Result<GapOutcome, ApiError> {
        let answer = match cluster.faq_id {
            Some(id) => self.knowledge.faq(id)?,
            None => None,
        };
        let is_answered = |found: &Answer| match &answer {
            Some(faq) => {
                let cites = found.citations.iter().any(|one| one.key == Some(HitKey::Faq(faq.id)));
                let offers =
                    found.route == Route::DidYouMean && found.suggestions.contains(&faq.question);
                cites || offers
            }
            None => !found.citations.is_empty(),
        };
        let questions: Vec<AskedAgain> = self
            .ask_all(&cluster)?
            .into_iter()
            .zip(&cluster.wordings)
            .enumerate()
            .map(|(at, (found, wording))| AskedAgain {
                question: wording.question.clone(),
                before: before.get(at).map(|route| convert::route(*route)),
                after: convert::route(found.route),
                is_answered: is_answered(&found),
                answer: found.text,
            })
            .collect();
        let mut status = cluster.status;
        if status == GapStatus::Open && questions.iter().all(|one| one.is_answered) {
            status = GapStatus::Answered;
            self.knowledge.set_gap_status(cluster.id, status, None)?;
        }
        let status: wire::GapStatus = views::gap_status(status);
        Ok(GapOutcome { id: cluster.id, label: cluster.label, status, questions })
    }

    fn ask_all(&self, cluster: &GapCluster) -> Result<Vec<Answer>, ApiError> {
        let wordings = cluster.wordings.iter().take(ASKED_AGAIN);
        wordings.map(|wording| self.bench.ask(&wording.question)).collect()
    }

    /// Waits for the vectors of what was just changed, as far as an embedder works and it is quick.
    pub(super) fn catch_up(&self) {
        let started = Instant::now();
        let stop = || started.elapsed() >= CATCH_UP;
        if let Err(error) = self.knowledge.embed_pending(&stop, &mut |_, _| {}) {
            tracing::info!(%error, "going on by words alone");
        }
    }
}
