//! One file: read, understood, cut and saved, or rejected with a reason.

use std::fs;
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use sha2::{Digest, Sha256};
use store::{FaqOrigin, NewFaq, NewSection, NewSource, Role};

use super::document::{Block, Document};
use super::faq_table::FaqTable;
use super::formats::{self, Content, Format};
use super::walk::unreadable;
use super::{FileProblem, FileReport, ImportKind, ImportState};
use crate::count::Counter;
use crate::{Knowledge, KnowledgeError, chunk, section, text};

const MOST_BYTES: u64 = 50 << 20;
/// Raise this when a reader or the cutting changes: unchanged files are then read again.
const PARSER_VERSION: i64 = 1;
/// Text that is looked at to tell a document's language.
const LANGUAGE_CHARACTERS: usize = 2_000;

/// What is to be saved of a file.
#[derive(Default)]
struct Digested {
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
        let (whole_path, bytes) = match read(path) {
            Ok(read) => read,
            Err(problem) => return Ok(FileReport::rejected(path, "", problem)),
        };
        let format = match formats::find(path, &bytes) {
            Ok(format) => format,
            Err(problem) => return Ok(FileReport::rejected(path, "", problem)),
        };
        let hash = Sha256::digest(&bytes).to_vec();
        let known = self.store.source_of(&whole_path)?;
        if let Some(known) = known
            && known.hash == hash
            && known.parser_version == PARSER_VERSION
        {
            return Ok(FileReport {
                path: path.to_owned(),
                kind: format.kind,
                state: ImportState::Unchanged,
                passages: known.passages as usize,
                faqs: known.faqs as usize,
                warnings: known.warnings,
                error: None,
            });
        }
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        // A reader that fails on a strange file is a defect, and must cost that file only.
        let digested = catch_unwind(AssertUnwindSafe(|| self.digest(path, &bytes, format, what)))
            .unwrap_or_else(|_| Err(FileProblem::new("the file could not be understood")));
        let digested = match digested {
            Ok(digested) => digested,
            Err(problem) => return Ok(FileReport::rejected(path, format.kind, problem)),
        };
        let report = report(path, format.kind, &digested);
        let source = NewSource {
            uri: whole_path,
            kind: format.kind.to_owned(),
            name,
            title: digested.title,
            language: Some(digested.language),
            hash,
            bytes: bytes.len() as i64,
            parser_version: PARSER_VERSION,
            warnings: digested.warnings,
        };
        self.store.replace_source(source, digested.sections, digested.faqs)?;
        Ok(report)
    }

    fn digest(
        &self,
        path: &Path,
        bytes: &[u8],
        format: &Format,
        what: ImportKind,
    ) -> Result<Digested, FileProblem> {
        let read = formats::read(format, bytes, what)?;
        let mut digested = match read.content {
            Content::Document(document) => self.digest_document(path, document)?,
            Content::Faq(table) => self.digest_faq(path, table)?,
        };
        digested.warnings.splice(0..0, read.warnings);
        Ok(digested)
    }

    fn digest_document(&self, path: &Path, document: Document) -> Result<Digested, FileProblem> {
        let title = document.title.as_deref().map(text::normalise).unwrap_or_default();
        let title = if title.is_empty() { stem(path) } else { title };
        let language = document_language(&document.blocks);
        let counter = Counter::new(self.embedder.as_deref());
        let drafts = section::sections(&title, document, &counter);
        if drafts.is_empty() {
            return Err(FileProblem::new("there is no text in the file"));
        }
        let sections = drafts
            .into_iter()
            .map(|draft| chunk::section_to_save(draft, &language, &counter))
            .collect();
        Ok(Digested { title, language, sections, ..Digested::default() })
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
            let mut faq = NewFaq {
                question: row.question,
                answer: row.answer,
                alternatives: row.alternatives,
                language: Some(row.language.unwrap_or_else(|| language.clone())),
                status: row.status,
                origin: FaqOrigin::Import,
                valid_until: row.valid_until,
                chunks: Vec::new(),
            };
            faq.chunks = chunk::faq_chunks(&faq, self.embedder.as_deref());
            faq
        });
        Ok(Digested {
            title: stem(path),
            faqs: faqs.collect(),
            is_partial: !table.warnings.is_empty(),
            warnings: table.warnings,
            language,
            ..Digested::default()
        })
    }
}

/// The file's whole path and its bytes, or why there are none.
fn read(path: &Path) -> Result<(String, Vec<u8>), FileProblem> {
    let metadata = fs::metadata(path).map_err(|error| unreadable(&error))?;
    if !metadata.is_file() {
        return Err(FileProblem::new("it is not a file"));
    }
    if metadata.len() > MOST_BYTES {
        let message = format!(
            "the file has {} MB, at most {} are read",
            metadata.len().div_ceil(1 << 20),
            MOST_BYTES >> 20
        );
        return Err(FileProblem::new(message).hint("Split it into several files."));
    }
    // The system's own pseudo files say that they are empty, and some of them never end.
    if metadata.len() == 0 {
        return Err(FileProblem::new("the file is empty"));
    }
    let mut bytes = Vec::new();
    let mut file = fs::File::open(path).map_err(|error| unreadable(&error))?.take(MOST_BYTES);
    file.read_to_end(&mut bytes).map_err(|error| unreadable(&error))?;
    let whole = fs::canonicalize(path).map_err(|error| unreadable(&error))?;
    Ok((whole.to_string_lossy().into_owned(), bytes))
}

fn stem(path: &Path) -> String {
    text::normalise(&path.file_stem().unwrap_or(path.as_os_str()).to_string_lossy())
}

fn document_language(blocks: &[Block]) -> String {
    let mut sample = String::new();
    for block in blocks {
        match block {
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

fn report(path: &Path, kind: &'static str, digested: &Digested) -> FileReport {
    let chunks = digested.sections.iter().flat_map(|section| &section.chunks);
    let passages = chunks.filter(|chunk| matches!(chunk.role, Role::Body | Role::TableRow)).count();
    FileReport {
        path: path.to_owned(),
        kind,
        state: if digested.is_partial { ImportState::Partial } else { ImportState::Ready },
        passages,
        faqs: digested.faqs.len(),
        warnings: digested.warnings.clone(),
        error: None,
    }
}
