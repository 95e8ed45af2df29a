//! Reads the pages of a PDF, each as Markdown: headings by the size of letters, tables, lists.

use documents::{DocumentError, Limits};
use pdf_oxide::PdfDocument;
use pdf_oxide::converters::ConversionOptions;

/// The share of letters, in a hundred, that the better way of reading a page must have kept.
const KEPT: usize = 90;

/// The pages of a PDF in their order; one without text is empty.
pub(crate) fn pages(bytes: Vec<u8>, limits: &Limits) -> Result<Vec<String>, DocumentError> {
    let damaged = |error: pdf_oxide::Error| damaged(&error.to_string());
    let document = PdfDocument::from_bytes(bytes).map_err(damaged)?;
    // Many files are locked against printing only: the empty password opens them.
    if document.is_encrypted() && !document.authenticate(b"").unwrap_or(false) {
        return Err(DocumentError::Locked);
    }
    let count = document.page_count().map_err(damaged)?;
    if count == 0 {
        return Err(self::damaged("it has no pages"));
    }
    if count > limits.pages {
        return Err(DocumentError::Bomb { what: format!("has {count} pages") });
    }
    let mut text_bytes = 0;
    let mut pages = Vec::with_capacity(count);
    for number in 0..count {
        let page = page(&document, number);
        text_bytes += page.len();
        if text_bytes > limits.text_bytes {
            return Err(DocumentError::Bomb { what: "holds too much text".to_owned() });
        }
        pages.push(page);
    }
    Ok(pages)
}

/// One page: with its headings and tables, unless finding those cost words.
fn page(document: &PdfDocument, number: usize) -> String {
    let options = ConversionOptions {
        include_images: false,
        strip_running_headers_footers: true,
        ..ConversionOptions::default()
    };
    let structured = document.to_markdown(number, &options).unwrap_or_default();
    let plain = document.extract_text(number).unwrap_or_default();
    if letters(&structured) * 100 >= letters(&plain) * KEPT { structured } else { escape(&plain) }
}

/// Letters and digits, which both ways of reading must find. Characters without a meaning count
/// for nothing.
fn letters(text: &str) -> usize {
    text.chars().filter(|letter| letter.is_alphanumeric()).count()
}

/// Plain words as Markdown.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_ascii_punctuation() {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

fn damaged(reason: &str) -> DocumentError {
    let lower = reason.to_lowercase();
    if lower.contains("password") || lower.contains("encrypt") {
        return DocumentError::Locked;
    }
    DocumentError::Damaged { reason: reason.chars().take(160).collect() }
}
