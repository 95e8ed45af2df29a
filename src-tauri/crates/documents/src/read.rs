//! From the bytes of a file to what it holds. This is what runs inside the child.

use serde::{Deserialize, Serialize};

use crate::document::{Block, Document};
use crate::format::Way;
use crate::table::Table;
use crate::{
    DocumentError, Format, Limits, decode, delimited, docx, email, hygiene, odt, paged, pptx,
    workbook,
};

/// What a file holds, with what staff should know about it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// What it holds.
    pub content: Content,
    /// What was left out or guessed.
    pub warnings: Vec<String>,
    /// Whether something that should be there could not be read; a warning says what.
    pub is_partial: bool,
}

/// What a file holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Content {
    /// Text with headings.
    Document(Document),
    /// Rows with a header.
    Table(Table),
}

/// Reads the pages of a PDF, each as Markdown. The library for it is only in the reader program.
pub type ReadPdf = fn(Vec<u8>, &Limits) -> Result<Vec<String>, DocumentError>;

/// Reads the bytes of a file in this process, without any lock: what is hostile may end it.
pub fn read(
    bytes: Vec<u8>,
    format: &Format,
    limits: &Limits,
    read_pdf: Option<ReadPdf>,
) -> Result<Reading, DocumentError> {
    if bytes.is_empty() {
        return Err(DocumentError::Empty);
    }
    format.check(&bytes)?;
    let mut is_partial = false;
    let (content, mut warnings) = match format.way {
        Way::Text(read) => {
            let decoded = decode::decode(&bytes)?;
            within(decoded.text.len(), limits)?;
            (Content::Document(read(&decoded.text)), decoded.warnings)
        }
        Way::Delimited => {
            let decoded = decode::decode(&bytes)?;
            within(decoded.text.len(), limits)?;
            let (table, warnings) = delimited::read(&decoded.text);
            is_partial = !warnings.is_empty();
            (Content::Table(table), [decoded.warnings, warnings].concat())
        }
        Way::Workbook => {
            let (table, warnings, unreadable) = workbook::read(&bytes, limits)?;
            is_partial = unreadable > 0;
            (Content::Table(table), warnings)
        }
        Way::Docx => (Content::Document(docx::read(&bytes, limits)?), Vec::new()),
        Way::Odt => (Content::Document(odt::read(&bytes, limits)?), Vec::new()),
        Way::Pptx => {
            let (document, empty) = pptx::read(&bytes, limits)?;
            is_partial = !empty.is_empty();
            (Content::Document(document), paged::empty_pages(&empty))
        }
        Way::Email => {
            let (document, warnings) = email::read(&bytes)?;
            (Content::Document(document), warnings)
        }
        Way::Pdf => {
            let read_pdf = read_pdf.ok_or_else(|| DocumentError::NoReader {
                reason: "only frontdesk-reader reads PDF files".to_owned(),
            })?;
            let (document, warnings) = paged::read(read_pdf(bytes, limits)?)?;
            is_partial = !warnings.is_empty();
            (Content::Document(document), warnings)
        }
    };
    let mut hidden = 0;
    let content = cleaned(content, &mut hidden);
    warnings.extend(hygiene::warning(hidden));
    warnings.dedup();
    match &content {
        Content::Document(document) if document.is_empty() => Err(DocumentError::NoText),
        Content::Table(table) if table.sheets.is_empty() => Err(DocumentError::NoText),
        Content::Document(document) => within(document.text_bytes(), limits),
        Content::Table(table) => within(table.text_bytes(), limits),
    }?;
    Ok(Reading { content, warnings, is_partial })
}

fn within(text_bytes: usize, limits: &Limits) -> Result<(), DocumentError> {
    if text_bytes <= limits.text_bytes {
        return Ok(());
    }
    Err(DocumentError::Bomb { what: format!("holds {} MB of text", text_bytes >> 20) })
}

/// Every text without hidden characters. What was decoded as one text is clean already.
fn cleaned(content: Content, hidden: &mut usize) -> Content {
    let mut clean = |text: &mut String| {
        let cleaned = hygiene::clean(text);
        *hidden += cleaned.hidden;
        *text = cleaned.text;
    };
    match content {
        Content::Table(mut table) => {
            for sheet in &mut table.sheets {
                sheet.above.iter_mut().for_each(&mut clean);
                sheet.rows.iter_mut().flatten().for_each(&mut clean);
            }
            Content::Table(table)
        }
        Content::Document(mut document) => {
            for block in &mut document.blocks {
                match block {
                    Block::Page(_) => {}
                    Block::Heading { text, .. } | Block::Paragraph(text) => clean(text),
                    Block::List(items) => items.iter_mut().for_each(|item| clean(&mut item.text)),
                    Block::Rows(rows) => rows.iter_mut().for_each(&mut clean),
                }
            }
            for faq in &mut document.faqs {
                clean(&mut faq.question);
                clean(&mut faq.answer);
            }
            Content::Document(document)
        }
    }
}

#[cfg(test)]
mod tests;
