//! What staff do with what the desk learns: gaps, histories, versions and the knowledge doctor.
//! The test bench is beside this file.

mod again;
mod testing;
mod views;

use knowledge::{Edited, Faq, FaqStatus, FaqText, GapStatus};

use crate::core::Core;
use crate::session::Session;
use crate::wire::{self, ApiError, FaqView, GapView, LearningCommand, LearningReply};
use crate::{convert, errors};

impl Core {
    /// Does one thing with what the desk learns. The caller has been checked.
    pub(crate) fn learning(
        &self,
        session: &Session,
        command: LearningCommand,
    ) -> Result<LearningReply, ApiError> {
        match command {
            LearningCommand::GapInbox => {
                let clusters = self.knowledge.gap_clusters()?;
                Ok(LearningReply::Inbox {
                    clusters: clusters.into_iter().map(views::cluster).collect(),
                })
            }
            LearningCommand::WriteAnswer { id, answer, question, alternatives, by } => {
                let text = FaqText {
                    answer,
                    question: question.unwrap_or_default(),
                    ..FaqText::default()
                };
                self.write_answer(id, text, alternatives, &signed(by, session))
            }
            LearningCommand::SetGapStatus { id, status } => {
                match self.knowledge.set_gap_status(id, views::gap_status_of(status), None)? {
                    true => Ok(LearningReply::Done),
                    false => Err(errors::not_found("gap", id)),
                }
            }
            LearningCommand::AskGapAgain { id } => {
                let cluster = self.knowledge.gap_cluster(id)?;
                let cluster = cluster.ok_or_else(|| errors::not_found("gap", id))?;
                Ok(LearningReply::AskedAgain { clusters: vec![self.ask_again(cluster, &[])?] })
            }
            LearningCommand::DraftFaq {
                question,
                answer,
                alternatives,
                valid_until,
                review_by,
                by,
            } => {
                let text = FaqText { question, answer, alternatives, valid_until, review_by };
                let alternatives = text.alternatives.clone();
                let faq_id = self.knowledge.draft_faq(text, &signed(by, session))?;
                self.indexer.wake();
                Ok(LearningReply::Drafted { faq_id, alternatives })
            }
            LearningCommand::EditFaq {
                id,
                question,
                answer,
                alternatives,
                valid_until,
                review_by,
                by,
            } => {
                let text = FaqText { question, answer, alternatives, valid_until, review_by };
                let edited = self.knowledge.edit_faq(id, text, &signed(by, session))?;
                self.edited(edited, "answer", id)
            }
            LearningCommand::ApproveFaq { id, by } => self.approve(id, &signed(by, session)),
            LearningCommand::RetireFaq { id, by } => {
                match self.knowledge.withdraw_faq(id, FaqStatus::Retired, &signed(by, session))? {
                    true => Ok(LearningReply::Done),
                    false => Err(errors::not_found("answer", id)),
                }
            }
            LearningCommand::SetReview { id, review_by, valid_until, by } => {
                let who = signed(by, session);
                match self.knowledge.set_faq_dates(id, review_by, valid_until, &who)? {
                    true => Ok(LearningReply::Done),
                    false => Err(errors::not_found("answer", id)),
                }
            }
            LearningCommand::FaqHistory { id } => {
                let detail = self.knowledge.faq_detail(id)?;
                let detail = detail.ok_or_else(|| errors::not_found("answer", id))?;
                let used = self.store.times_shown(&[id])?.remove(&id).unwrap_or(0);
                Ok(LearningReply::Faq(views::detail(detail, used)))
            }
            LearningCommand::RestoreFaq { revision, by } => {
                let second = self.settings().second_person;
                let edited = self.knowledge.restore_faq(revision, &signed(by, session), second)?;
                self.edited(edited, "revision", revision)
            }
            LearningCommand::Publish { name, anyway, by } => {
                let reply = self.publish(&name, anyway, &signed(by, session))?;
                if matches!(reply, LearningReply::Published { version: Some(_), .. }) {
                    self.publish_along();
                }
                Ok(reply)
            }
            LearningCommand::Versions => {
                let versions = self.knowledge.versions()?.into_iter().map(views::version).collect();
                Ok(LearningReply::Versions { versions })
            }
            LearningCommand::RollBack { version, by } => {
                if !self.knowledge.roll_back(version, &signed(by, session))? {
                    return Err(errors::not_found("version", version));
                }
                self.indexer.wake();
                self.catch_up();
                self.publish_along();
                Ok(LearningReply::RolledBack { run: self.run_tests("rolled back")? })
            }
            LearningCommand::KnowledgeDoctor => {
                let findings = self.knowledge.audit()?.into_iter().map(views::finding).collect();
                Ok(LearningReply::Findings { findings })
            }
            LearningCommand::TestCases
            | LearningCommand::SaveTestCase { .. }
            | LearningCommand::TestFromTurn { .. }
            | LearningCommand::RemoveTestCase { .. }
            | LearningCommand::ImportTests { .. }
            | LearningCommand::ExportTests
            | LearningCommand::RunTests
            | LearningCommand::TestRuns { .. } => self.testing(command),
        }
    }

    /// Answers as the list of staff shows them.
    pub(crate) fn faq_views(&self, faqs: Vec<Faq>) -> Result<Vec<FaqView>, ApiError> {
        let ids: Vec<i64> = faqs.iter().map(|faq| faq.id).collect();
        let waits = self.store.with_faq_edit(&ids)?;
        let used = self.store.times_shown(&ids)?;
        let view = |faq: Faq| {
            let (id, shown) = (faq.id, used.get(&faq.id).copied());
            convert::faq(faq, waits.contains(&id), shown.unwrap_or(0))
        };
        Ok(faqs.into_iter().map(view).collect())
    }

    /// Open clusters in the short form of the page of gaps.
    pub(crate) fn open_gaps(&self) -> Result<Vec<GapView>, ApiError> {
        let clusters = self.knowledge.gap_clusters()?.into_iter();
        let open = clusters.filter(|cluster| cluster.status == GapStatus::Open);
        Ok(open
            .map(|cluster| GapView {
                question: cluster.label,
                count: cluster.count as u32,
                last_at: cluster.last_at,
            })
            .collect())
    }

    /// Changes who may see an answer, in the name of the caller.
    pub(crate) fn set_faq_status(
        &self,
        session: &Session,
        id: i64,
        status: wire::FaqStatus,
    ) -> Result<(), ApiError> {
        let status = convert::faq_status(status);
        if status == FaqStatus::Approved {
            return self.approve(id, &session.client).map(|_| ());
        }
        match self.knowledge.withdraw_faq(id, status, &session.client)? {
            true => Ok(()),
            false => Err(errors::not_found("answer", id)),
        }
    }

    fn edited(&self, edited: Edited, what: &str, id: i64) -> Result<LearningReply, ApiError> {
        self.indexer.wake();
        match edited {
            Edited::Changed => Ok(LearningReply::Edited { waits: false }),
            Edited::Waits => Ok(LearningReply::Edited { waits: true }),
            Edited::Missing => Err(errors::not_found(what, id)),
        }
    }

    /// Shows what the tests say, and keeps the version unless one of them fails.
    fn publish(&self, name: &str, anyway: bool, who: &str) -> Result<LearningReply, ApiError> {
        self.catch_up();
        let run = self.run_tests("publishing")?;
        let is_red = run.as_ref().is_some_and(|run| run.passed < run.asked);
        if is_red && !anyway {
            return Ok(LearningReply::Published { version: None, run });
        }
        let name = knowledge::text::normalise(name);
        let id = self.knowledge.publish(&name, who, run.as_ref().map(|run| run.id))?;
        let versions = self.knowledge.versions()?.into_iter();
        let version = versions.map(views::version).find(|version| version.id == id);
        Ok(LearningReply::Published { version, run })
    }
}

/// Who is kept as the author of a change.
fn signed(by: String, session: &Session) -> String {
    if by.trim().is_empty() { session.client.clone() } else { by.trim().to_owned() }
}
