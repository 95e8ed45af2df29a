//! Reads the pages of a PDF, each in two ways: with headings by the size of letters, tables and
//! lists; and line by line. `documents` makes one of them.

use documents::{DocumentError, Limits, Page};
use pdf_oxide::PdfDocument;
use pdf_oxide::converters::ConversionOptions;

/// The pages of a PDF in their order; one without text is empty in both ways.
pub(crate) fn pages(bytes: Vec<u8>, limits: &Limits) -> Result<Vec<Page>, DocumentError> {
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
        text_bytes += page.structured.len().max(page.plain.len());
        if text_bytes > limits.text_bytes {
            return Err(DocumentError::Bomb { what: "holds too much text".to_owned() });
        }
        pages.push(page);
    }
    Ok(pages)
}

fn page(document: &PdfDocument, number: usize) -> Page {
    // The library would look for what repeats through all pages, for each of them: `documents` does.
    let options = ConversionOptions {
        include_images: false,
        strip_running_headers_footers: false,
        ..ConversionOptions::default()
    };
    // A page that one way of reading fails at may be readable in the other.
    Page {
        structured: document.to_markdown(number, &options).unwrap_or_default(),
        plain: document.extract_text(number).unwrap_or_default(),
    }
}

fn damaged(reason: &str) -> DocumentError {
    let lower = reason.to_lowercase();
    if lower.contains("password") || lower.contains("encrypt") {
        return DocumentError::Locked;
    }
    DocumentError::Damaged { reason: reason.chars().take(160).collect() }
}
