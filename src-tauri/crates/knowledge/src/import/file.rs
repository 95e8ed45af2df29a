//! One file: read, understood, cut and saved, or rejected with a reason.

use std::path::Path;

use documents::{Block, Content, Document, Links, Table};
use store::{FaqOrigin, FaqStatus, NewFaq, NewSection, NewSource, RejectedRow, Role};

use super::faq_table::{self, FaqTable};
use super::plain_table;
use super::{FileProblem, FileReport, ImportKind, ImportState};
use crate::count::Counter;
use crate::{Knowledge, KnowledgeError, chunk, section, text};

/// Raise this when the meaning or the cutting changes: unchanged files are then read again.
const MEANING_VERSION: i64 = 1;
/// Both count: what a reader finds and what is made of it.
const PARSER_VERSION: i64 = documents::VERSION * 1_000 + MEANING_VERSION;
/// Text that is looked at to tell a document's language.
const LANGUAGE_CHARACTERS: usize = 2_000;

/// The kind of a table of questions and answers, which nobody would call a document.
pub(crate) const FAQ: &str = "faq";

/// What is to be saved of a file.
#[derive(Default)]
struct Digested {
    kind: &'static str,
    title: String,
    language: String,
    sections: Vec<NewSection>,
    faqs: Vec<NewFaq>,
    warnings: Vec<String>,
    is_partial: bool,
}

impl Knowledge {
    pub(super) fn import_file(
        &self,
        path: &Path,
        what: ImportKind,
    ) -> Result<FileReport, KnowledgeError> {
        let rejected = |kind, problem: FileProblem| Ok(FileReport::rejected(path, kind, problem));
        let (mut source, format) = match self.reader.open(path, Links::Followed) {
            Ok(opened) => opened,
            Err(error) => return rejected("", error.into()),
        };
        let hash = match source.hash() {
            Ok(hash) => hash.to_vec(),
            Err(error) => return rejected(format.kind, error.into()),
        };
        let uri = source.path.to_string_lossy().into_owned();
        let known = self.store.source_of(&uri)?;
        if let Some(known) = known
            && known.hash == hash
            && known.parser_version == PARSER_VERSION
        {
            return Ok(FileReport {
                path: path.to_owned(),
                kind: if known.kind == FAQ { FAQ } else { format.kind },
                state: ImportState::Unchanged,
                passages: known.passages as usize,
                faqs: known.faqs as usize,
                warnings: known.warnings,
                error: None,
            });
        }
        if let Some(row) = self.store.rejected(&hash, format.kind, documents::VERSION)? {
            let problem = FileProblem { message: row.message, hint: row.hint };
            return rejected(format.kind, problem);
        }
        let bytes = source.bytes as i64;
        let reading = match self.reader.read(source, format) {
            Ok(reading) => reading,
            Err(error) => {
                let is_lasting = error.is_lasting();
                let problem = FileProblem::from(error);
                if is_lasting {
                    let FileProblem { message, hint } = problem.clone();
                    let row = RejectedRow { message, hint };
                    self.store.save_rejected(&hash, format.kind, documents::VERSION, row)?;
                }
                return rejected(format.kind, problem);
            }
        };
        let digested = match reading.content {
            Content::Document(document) => self.digest_document(path, format.kind, document),
            Content::Table(table) => self.digest_table(path, format.kind, table, what),
        };
        let mut digested = match digested {
            Ok(digested) => digested,
            Err(problem) => return rejected(format.kind, problem),
        };
        digested.warnings.splice(0..0, reading.warnings);
        digested.is_partial |= reading.is_partial;
        let report = report(path, &digested);
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        let source = NewSource {
            uri,
            kind: digested.kind.to_owned(),
            name,
            title: digested.title,
            language: Some(digested.language),
            hash,
            bytes,
            parser_version: PARSER_VERSION,
            warnings: digested.warnings,
        };
        self.store.replace_source(source, digested.sections, digested.faqs)?;
        Ok(report)
    }

    fn digest_document(
        &self,
        path: &Path,
        kind: &'static str,
        mut document: Document,
    ) -> Result<Digested, FileProblem> {
        let title = document.title.as_deref().map(text::normalise).unwrap_or_default();
        let title = if title.is_empty() { stem(path) } else { title };
        let language = document_language(&document.blocks);
        let marked = std::mem::take(&mut document.faqs);
        let counter = Counter::new(self.embedder.as_deref());
        let drafts = section::sections(&title, document, &counter);
        if drafts.is_empty() && marked.is_empty() {
            return Err(documents::DocumentError::NoText.into());
        }
        let sections = drafts
            .into_iter()
            .map(|draft| chunk::section_to_save(draft, &language, &counter))
            .collect();
        let faqs = marked.into_iter().map(|faq| {
            let faq = NewFaq {
                question: faq.question,
                answer: faq.answer,
                alternatives: Vec::new(),
                language: Some(language.clone()),
                status: FaqStatus::Approved,
                origin: FaqOrigin::Import,
                valid_until: None,
                chunks: Vec::new(),
            };
            self.with_chunks(faq)
        });
        Ok(Digested {
            kind,
            title,
            faqs: faqs.collect(),
            language,
            sections,
            ..Digested::default()
        })
    }

    /// A table of questions and answers, or any other whose rows may be told to visitors.
    fn digest_table(
        &self,
        path: &Path,
        kind: &'static str,
        table: Table,
        what: ImportKind,
    ) -> Result<Digested, FileProblem> {
        match faq_table::read(&table) {
            Some(faqs) => self.digest_faq(path, faqs),
            None if what == ImportKind::Faq => Err(faq_table::no_columns(&table)),
            None => self.digest_document(path, kind, plain_table::document(table)?),
        }
    }

    fn digest_faq(&self, path: &Path, table: FaqTable) -> Result<Digested, FileProblem> {
        if table.rows.is_empty() {
            return Err(FileProblem::new("no row has both a question and an answer"));
        }
        let mut sample = String::new();
        for row in table.rows.iter().take(50) {
            sample.push_str(&row.question);
            sample.push(' ');
        }
        let language = text::language_of(&sample).unwrap_or("en").to_owned();
        let faqs = table.rows.into_iter().map(|row| {
            self.with_chunks(NewFaq {
                question: row.question,
                answer: row.answer,
                alternatives: row.alternatives,
                language: Some(row.language.unwrap_or_else(|| language.clone())),
                status: row.status,
                origin: FaqOrigin::Import,
                valid_until: row.valid_until,
                chunks: Vec::new(),
            })
        });
        Ok(Digested {
            kind: FAQ,
            title: stem(path),
            faqs: faqs.collect(),
            is_partial: !table.warnings.is_empty(),
            warnings: table.warnings,
            language,
            ..Digested::default()
        })
    }

    fn with_chunks(&self, mut faq: NewFaq) -> NewFaq {
        faq.chunks = chunk::faq_chunks(&faq, self.embedder.as_deref());
        faq
    }
}

fn stem(path: &Path) -> String {
    text::normalise(&path.file_stem().unwrap_or(path.as_os_str()).to_string_lossy())
}

fn document_language(blocks: &[Block]) -> String {
    let mut sample = String::new();
    for block in blocks {
        match block {
            Block::Page(_) => {}
            Block::Heading { text, .. } | Block::Paragraph(text) => sample.push_str(text),
            Block::List(items) => items.iter().for_each(|item| sample.push_str(&item.text)),
            Block::Rows(rows) => rows.iter().for_each(|row| sample.push_str(row)),
        }
        sample.push(' ');
        if sample.len() > LANGUAGE_CHARACTERS {
            break;
        }
    }
    text::language_of(&sample).unwrap_or("en").to_owned()
}

fn report(path: &Path, digested: &Digested) -> FileReport {
    let chunks = digested.sections.iter().flat_map(|section| &section.chunks);
    let passages = chunks.filter(|chunk| matches!(chunk.role, Role::Body | Role::TableRow)).count();
    FileReport {
        path: path.to_owned(),
        kind: digested.kind,
        state: if digested.is_partial { ImportState::Partial } else { ImportState::Ready },
        passages,
        faqs: digested.faqs.len(),
        warnings: digested.warnings.clone(),
        error: None,
    }
}
