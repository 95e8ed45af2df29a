//! An audit of what the desk knows: what is twice there, contradicts itself, is out of date, or
//! is never used.
//!
//! A finding that is none costs more trust than one that is missed, so every rule here asks for
//! strong evidence. The rules are pure; this file gathers their rows.

mod answers;
mod dates;
mod figures;
mod statements;

use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use sha2::{Digest, Sha256};
use store::{FaqRow, FaqStatus, SourceRow};

use crate::import::file::FAQ;
use crate::{Knowledge, KnowledgeError, text};
use statements::{Statement, contradictions};

/// Days back in which a document may have been used.
const USED_DAYS: i64 = 90;
const DAY_SECONDS: i64 = 24 * 60 * 60;

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FindingKind {
    /// Two answers to one question, or one answer twice.
    Duplicate,
    /// Two sources give different figures for the same.
    Contradiction,
    /// Somebody should read it again.
    ReviewDue,
    /// It ends soon, or has ended.
    Expiring,
    /// It states prices or hours, and nobody is asked to check them.
    NoExpiry,
    /// The file is different from what was read.
    FileChanged,
    /// The file is not there any more.
    FileMissing,
    /// No answer was taken from it.
    NeverUsed,
    /// It says nothing.
    EmptyAnswer,
    /// It is too long to be read at a counter.
    LongAnswer,
}

/// One thing to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What is wrong.
    pub kind: FindingKind,
    /// What was found, with the passages quoted.
    pub message: String,
    /// What to do about it.
    pub hint: String,
    /// What it is about: `faq:7`, `source:3`.
    pub keys: Vec<String>,
}

impl Knowledge {
    /// Looks at everything the desk knows; the worst findings first.
    pub fn audit(&self) -> Result<Vec<Finding>, KnowledgeError> {
        let now = SystemTime::now().duration_since(UNIX_EPOCH);
        self.audit_at(now.map_or(0, |since| since.as_secs() as i64))
    }

    /// The same at a time of the caller's choice, in Unix seconds.
    pub fn audit_at(&self, now: i64) -> Result<Vec<Finding>, KnowledgeError> {
        let faqs: Vec<FaqRow> = self.store.faqs("", 0, i64::MAX)?.faqs;
        let faqs: Vec<FaqRow> =
            faqs.into_iter().filter(|faq| faq.status == FaqStatus::Approved).rev().collect();
        let sources = self.store.sources(&self.embedder_in_use())?;
        let (uses, turns) = self.store.document_uses(now - USED_DAYS * DAY_SECONDS)?;
        let index = self.index();
        let mut findings = self.contradictions(&faqs, &sources)?;
        findings.extend(answers::duplicates(&index, &faqs));
        findings.extend(answers::lengths(&faqs));
        findings.extend(dates::due(&faqs, now));
        findings.extend(sources.iter().filter_map(|source| {
            let bytes = uses.get(&source.id).map_or(0, |used| used.bytes);
            changed_on_disk(source, bytes)
        }));
        let documents: Vec<&SourceRow> =
            sources.iter().filter(|source| source.kind != FAQ).collect();
        findings.extend(dates::never_used(&documents, &uses, turns, now));
        findings.extend(dates::no_expiry(&faqs));
        Ok(findings)
    }

    fn contradictions(
        &self,
        faqs: &[FaqRow],
        sources: &[SourceRow],
    ) -> Result<Vec<Finding>, KnowledgeError> {
        let index = self.index();
        let mut statements = Vec::new();
        let mut keys = Vec::new();
        for faq in faqs {
            for range in text::sentences(&faq.answer) {
                let place = format!("answer {} ({})", faq.id, faq.question);
                let sentence = &faq.answer[range];
                if let Some(read) = Statement::of(&index, &place, &faq.question, sentence) {
                    statements.push(read);
                    keys.push(format!("faq:{}", faq.id));
                }
            }
        }
        for source in sources {
            for section in self.store.sections_of(source.id)? {
                let heading = section.heading_path.rsplit(" > ").next().unwrap_or_default();
                for range in text::sentences(&section.text) {
                    let sentence = &section.text[range];
                    if let Some(read) = Statement::of(&index, &source.name, heading, sentence) {
                        statements.push(read);
                        keys.push(format!("source:{}", source.id));
                    }
                }
            }
        }
        let pairs = contradictions(&statements).into_iter();
        Ok(pairs
            .map(|(left, right)| {
                let (one, other) = (&statements[left], &statements[right]);
                Finding {
                    kind: FindingKind::Contradiction,
                    message: format!(
                        "{} says \"{}\", {} says \"{}\"",
                        one.place, one.quote, other.place, other.quote
                    ),
                    hint: "Decide which is right and change the other.".into(),
                    keys: vec![keys[left].clone(), keys[right].clone()],
                }
            })
            .collect())
    }
}

/// Compares a file with what was read from it.
fn changed_on_disk(source: &SourceRow, bytes: i64) -> Option<Finding> {
    let finding = |kind, message: String, hint: &str| Finding {
        kind,
        message,
        hint: hint.into(),
        keys: vec![format!("source:{}", source.id)],
    };
    let path = Path::new(&source.uri);
    let Ok(found) = std::fs::metadata(path) else {
        return Some(finding(
            FindingKind::FileMissing,
            format!("{} is not where it was: {}", source.name, source.uri),
            "Its text is still used. Import it from its new place, or remove the document.",
        ));
    };
    // The size tells most changes without reading the file.
    let is_same = found.len() as i64 == bytes
        && std::fs::read(path).is_ok_and(|read| Sha256::digest(read).to_vec() == source.hash);
    (!is_same).then(|| {
        finding(
            FindingKind::FileChanged,
            format!("{} was changed since it was read", source.name),
            "Import it again.",
        )
    })
}
