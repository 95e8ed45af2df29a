//! Answers from draft to retirement: edits that wait for approval, and the way back to any text
//! an answer ever had.

use store::{FaqBack, FaqEditRow, FaqOrigin, FaqStatus, NewFaq, RevisionRow, Signed};

use crate::{Faq, Knowledge, KnowledgeError, chunk, text};

/// The text of an answer as staff write it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FaqText {
    /// As a visitor would ask it.
    pub question: String,
    /// Shown word for word once approved.
    pub answer: String,
    /// Other wordings of the question.
    pub alternatives: Vec<String>,
    /// Unix seconds after which it is no longer shown.
    pub valid_until: Option<i64>,
    /// Unix seconds of its next review.
    pub review_by: Option<i64>,
}

/// What became of an edit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edited {
    /// The draft has the new text.
    Changed,
    /// Visitors get the old text until the new one is approved.
    Waits,
    /// There is no such answer.
    Missing,
}

/// One answer with everything staff may want to know of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaqDetail {
    /// The answer as it is.
    pub faq: Faq,
    /// Unix seconds of its next review.
    pub review_by: Option<i64>,
    /// Who wrote its text.
    pub changed_by: String,
    /// A new text that waits for approval.
    pub waiting: Option<FaqEditRow>,
    /// Everything it ever was, newest first.
    pub history: Vec<RevisionRow>,
}

impl Knowledge {
    /// Adds a draft; visitors see it once it is approved.
    pub fn draft_faq(&self, text: FaqText, who: &str) -> Result<i64, KnowledgeError> {
        let text = checked(text)?;
        let faq = self.new_faq(&text, FaqStatus::Draft, None);
        let id = self.store.add_faq(faq, who)?;
        if text.review_by.is_some() {
            let signed = Signed::new(who, "review set");
            self.store.set_faq_dates(id, text.review_by, text.valid_until, signed)?;
        }
        self.reload()?;
        Ok(id)
    }

    /// Changes the text of an answer. What visitors see changes only with an approval.
    pub fn edit_faq(&self, id: i64, text: FaqText, who: &str) -> Result<Edited, KnowledgeError> {
        let text = checked(text)?;
        let Some(row) = self.store.faq(id)? else { return Ok(Edited::Missing) };
        if row.status == FaqStatus::Approved {
            let edit = FaqEditRow {
                question: text.question,
                answer: text.answer,
                alternatives: text.alternatives,
                valid_until: text.valid_until,
                review_by: text.review_by,
                who: who.to_owned(),
            };
            self.store.set_faq_edit(id, Some(edit))?;
            return Ok(Edited::Waits);
        }
        let faq = self.new_faq(&text, row.status, row.language);
        self.store.rewrite_faq(id, faq, text.review_by, Signed::new(who, "edited"))?;
        self.reload()?;
        Ok(Edited::Changed)
    }

    /// Lets visitors see an answer, with the text that waits if one does; false when there is none.
    ///
    /// Where two people are needed, whoever wrote the text cannot approve it.
    pub fn approve_faq(
        &self,
        id: i64,
        who: &str,
        needs_second_person: bool,
    ) -> Result<bool, KnowledgeError> {
        let Some(row) = self.store.faq(id)? else { return Ok(false) };
        let waiting = self.store.faq_edit(id)?;
        let author = waiting.as_ref().map_or(&row.changed_by, |edit| &edit.who);
        if needs_second_person && author.trim().eq_ignore_ascii_case(who.trim()) {
            return Err(KnowledgeError::SecondPerson { who: who.to_owned() });
        }
        let answer = waiting.as_ref().map_or(&row.answer, |edit| &edit.answer);
        if let Some(blank) = super::blank(answer) {
            return Err(KnowledgeError::Blank { blank: blank.to_owned() });
        }
        let signed = Signed::new(who, "approved");
        match waiting {
            Some(edit) => {
                let text = FaqText {
                    question: edit.question,
                    answer: edit.answer,
                    alternatives: edit.alternatives,
                    valid_until: edit.valid_until,
                    review_by: edit.review_by,
                };
                let faq = self.new_faq(&text, FaqStatus::Approved, row.language);
                self.store.rewrite_faq(id, faq, text.review_by, signed)?;
            }
            None => {
                self.store.set_faq_status(id, FaqStatus::Approved, signed)?;
            }
        }
        self.reload()?;
        Ok(true)
    }

    /// Takes an answer back from visitors; false when there is no such answer.
    pub fn withdraw_faq(
        &self,
        id: i64,
        status: FaqStatus,
        who: &str,
    ) -> Result<bool, KnowledgeError> {
        let what = if status == FaqStatus::Retired { "retired" } else { "back to draft" };
        let changed = self.store.set_faq_status(id, status, Signed::new(who, what))?;
        if changed {
            self.reload()?;
        }
        Ok(changed)
    }

    /// Sets when an answer is to be read again and when it ends; false when there is none.
    pub fn set_faq_dates(
        &self,
        id: i64,
        review_by: Option<i64>,
        valid_until: Option<i64>,
        who: &str,
    ) -> Result<bool, KnowledgeError> {
        let signed = Signed::new(who, "review set");
        let changed = self.store.set_faq_dates(id, review_by, valid_until, signed)?;
        if changed {
            self.reload()?;
        }
        Ok(changed)
    }

    /// Gives an answer the text of one of its revisions again, one that was removed included.
    ///
    /// At once where that text was approved then and one person is enough; otherwise it waits for
    /// approval like any edit.
    pub fn restore_faq(
        &self,
        revision_id: i64,
        who: &str,
        needs_second_person: bool,
    ) -> Result<Edited, KnowledgeError> {
        let Some(revision) = self.store.revision(revision_id)? else { return Ok(Edited::Missing) };
        let text = FaqText {
            question: revision.question.clone(),
            answer: revision.answer.clone(),
            alternatives: revision.alternatives.clone(),
            valid_until: revision.valid_until,
            review_by: revision.review_by,
        };
        let now = self.store.faq(revision.faq_id)?;
        let was_approved = revision.status == Some(FaqStatus::Approved);
        let is_approved = now.as_ref().is_some_and(|row| row.status == FaqStatus::Approved);
        if is_approved && (needs_second_person || !was_approved) {
            return self.edit_faq(revision.faq_id, text, who);
        }
        let status = match &now {
            Some(row) => row.status,
            None => FaqStatus::Draft,
        };
        let back = FaqBack {
            id: revision.faq_id,
            source_id: now.and_then(|row| row.source_id),
            faq: self.new_faq(&text, status, revision.language),
            review_by: revision.review_by,
        };
        self.store.put_back_faq(back, Signed::new(who, "restored"))?;
        self.reload()?;
        Ok(Edited::Changed)
    }

    /// One answer with its history, removed ones included; `None` when there never was one.
    pub fn faq_detail(&self, id: i64) -> Result<Option<FaqDetail>, KnowledgeError> {
        let history = self.store.faq_history(id)?;
        let row = self.store.faq(id)?;
        let waiting = self.store.faq_edit(id)?;
        let (review_by, changed_by) = row
            .as_ref()
            .map_or((None, String::new()), |row| (row.review_by, row.changed_by.clone()));
        let faq = match row {
            Some(row) => Faq::from(row),
            None => match history.first() {
                Some(last) => Faq {
                    id,
                    question: last.question.clone(),
                    answer: last.answer.clone(),
                    alternatives: last.alternatives.clone(),
                    language: last.language.clone(),
                    status: FaqStatus::Retired,
                    valid_until: last.valid_until,
                    updated_at: last.at,
                },
                None => return Ok(None),
            },
        };
        Ok(Some(FaqDetail { faq, review_by, changed_by, waiting, history }))
    }

    /// A text with the pieces it is found by.
    pub(crate) fn new_faq(
        &self,
        text: &FaqText,
        status: FaqStatus,
        language: Option<String>,
    ) -> NewFaq {
        let mut faq = NewFaq {
            question: text.question.clone(),
            answer: text.answer.clone(),
            alternatives: text.alternatives.clone(),
            language,
            status,
            origin: FaqOrigin::Manual,
            valid_until: text.valid_until,
            ..NewFaq::default()
        };
        faq.chunks = chunk::faq_chunks(&faq, self.embedder.as_deref());
        faq
    }
}

/// The text clean, with each wording once.
fn checked(text: FaqText) -> Result<FaqText, KnowledgeError> {
    let question = text::normalise(&text.question);
    let answer = text::clean(&text.answer).text.trim().to_owned();
    if question.is_empty() || answer.is_empty() {
        return Err(KnowledgeError::EmptyFaq);
    }
    let mut alternatives: Vec<String> = Vec::new();
    for alternative in &text.alternatives {
        let alternative = text::normalise(alternative);
        if !alternative.is_empty()
            && alternative != question
            && !alternatives.contains(&alternative)
        {
            alternatives.push(alternative);
        }
    }
    Ok(FaqText { question, answer, alternatives, ..text })
}
