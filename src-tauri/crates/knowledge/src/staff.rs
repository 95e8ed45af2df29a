//! What staff see and change: sources, answers, counts.

use store::{FaqOrigin, FaqStatus, NewFaq};

use crate::import::file::FAQ;
use crate::{Faq, Knowledge, KnowledgeError, chunk, text};

/// One imported file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceSummary {
    /// The source's number.
    pub id: i64,
    /// File name.
    pub source: String,
    /// The file's whole path.
    pub path: String,
    /// The document's title.
    pub title: String,
    /// Kind of file, such as `markdown`.
    pub kind: String,
    /// Searchable pieces.
    pub passages: i64,
    /// Of these, searchable by meaning.
    pub embedded: i64,
    /// Questions and answers.
    pub faqs: i64,
    /// What staff should know.
    pub warnings: Vec<String>,
}

/// How much a desk knows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Imported files.
    pub sources: i64,
    /// Of these, documents; the others are tables of answers.
    pub documents: i64,
    /// Searchable pieces of documents.
    pub passages: i64,
    /// Of these, searchable by meaning.
    pub embedded: i64,
    /// Answers visitors may see.
    pub faqs: i64,
}

impl Knowledge {
    /// Every imported file by name.
    pub fn sources(&self) -> Result<Vec<SourceSummary>, KnowledgeError> {
        let rows = self.store.sources(self.index().meaning.identity())?;
        Ok(rows
            .into_iter()
            .map(|row| SourceSummary {
                id: row.id,
                source: row.name,
                path: row.uri,
                title: row.title,
                kind: row.kind,
                passages: row.passages,
                embedded: row.embedded,
                faqs: row.faqs,
                warnings: row.warnings,
            })
            .collect())
    }

    /// How much the desk knows.
    pub fn counts(&self) -> Result<Counts, KnowledgeError> {
        let sources = self.store.sources(self.index().meaning.identity())?;
        Ok(Counts {
            sources: sources.len() as i64,
            documents: sources.iter().filter(|source| source.kind != FAQ).count() as i64,
            passages: sources.iter().map(|source| source.passages).sum(),
            embedded: sources.iter().map(|source| source.embedded).sum(),
            faqs: self.store.count_approved()?,
        })
    }

    /// Removes a file's knowledge; false when there is no such source.
    pub fn remove_source(&self, id: i64) -> Result<bool, KnowledgeError> {
        let removed = self.store.remove_source(id)?;
        if removed {
            self.reload()?;
        }
        Ok(removed)
    }

    /// FAQs whose question or answer contains a text, newest first, and how many there are.
    pub fn faqs(
        &self,
        contains: &str,
        offset: usize,
        limit: usize,
    ) -> Result<(Vec<Faq>, usize), KnowledgeError> {
        let page = self.store.faqs(contains.trim(), offset as i64, limit as i64)?;
        Ok((page.faqs.into_iter().map(Faq::from).collect(), page.total as usize))
    }

    /// Adds a draft; visitors see it once it is approved.
    pub fn add_faq(
        &self,
        question: &str,
        answer: &str,
        alternatives: &[String],
    ) -> Result<i64, KnowledgeError> {
        let question = text::normalise(question);
        let answer = text::clean(answer).text.trim().to_owned();
        if question.is_empty() || answer.is_empty() {
            return Err(KnowledgeError::EmptyFaq);
        }
        let alternatives: Vec<String> = alternatives
            .iter()
            .map(|alternative| text::normalise(alternative))
            .filter(|alternative| !alternative.is_empty() && *alternative != question)
            .collect();
        let mut faq = NewFaq {
            question,
            answer,
            alternatives,
            language: None,
            status: FaqStatus::Draft,
            origin: FaqOrigin::Manual,
            valid_until: None,
            chunks: Vec::new(),
        };
        faq.chunks = chunk::faq_chunks(&faq, self.embedder.as_deref());
        let id = self.store.add_faq(faq)?;
        self.reload()?;
        Ok(id)
    }

    /// Changes who may see an FAQ; false when there is no such FAQ.
    pub fn set_faq_status(&self, id: i64, status: FaqStatus) -> Result<bool, KnowledgeError> {
        let changed = self.store.set_faq_status(id, status)?;
        if changed {
            self.reload()?;
        }
        Ok(changed)
    }
}
