//! Published versions, and the way back to one in one step.

use store::{FaqBack, FaqOrigin, VersionRow};

use super::history::FaqText;
use crate::{Knowledge, KnowledgeError};

impl Knowledge {
    /// Keeps what visitors can find now under a name, with the run of the tests that was shown.
    pub fn publish(
        &self,
        name: &str,
        who: &str,
        run_id: Option<i64>,
    ) -> Result<i64, KnowledgeError> {
        Ok(self.store.publish(name, who, run_id)?)
    }

    /// Every version that is kept, newest first.
    pub fn versions(&self) -> Result<Vec<VersionRow>, KnowledgeError> {
        Ok(self.store.versions()?)
    }

    /// Makes documents and answers what they were in a version; false when it is not kept.
    ///
    /// What there was until now is kept as a version too, so the step can be taken back. Documents
    /// are found by words at once, and by meaning as soon as their vectors are made again.
    pub fn roll_back(&self, version_id: i64, who: &str) -> Result<bool, KnowledgeError> {
        let backs = self.store.revisions_of_version(version_id)?.into_iter().map(|revision| {
            let text = FaqText {
                question: revision.question,
                answer: revision.answer,
                alternatives: revision.alternatives,
                valid_until: revision.valid_until,
                review_by: revision.review_by,
            };
            let status = revision.status.unwrap_or_default();
            let mut faq = self.new_faq(&text, status, revision.language);
            if revision.source_id.is_some() {
                faq.origin = FaqOrigin::Import;
            }
            FaqBack {
                id: revision.faq_id,
                source_id: revision.source_id,
                faq,
                review_by: revision.review_by,
            }
        });
        let backs: Vec<FaqBack> = backs.collect();
        let found = self.store.roll_back(version_id, backs, who)?;
        self.reload()?;
        Ok(found)
    }

    /// Whether everything visitors may find can be found by meaning too.
    pub fn is_embedded(&self) -> bool {
        let index = self.index();
        let totals = &index.totals;
        index.meaning.embedder.is_none() || totals.embedded() >= totals.pieces()
    }
}
