//! Reads HTML: what a page says, without its menus, forms and scripts.
//!
//! The page is first reduced to plain tags that are closed in order and never nest deeply; then
//! htmd turns it into Markdown. The parser behind htmd is recursive and takes quadratic time on
//! deep nesting, so a hostile page must never reach it as it is.

mod reduce;

use reduce::Skip;

use super::document::Document;
use super::markdown;
use crate::text;

/// Reads an HTML page.
pub(super) fn read(source: &str) -> Document {
    let mut page = reduce::reduce(source, Skip::Surroundings);
    if words(&page.body).trim().is_empty() {
        // Some sites put the whole page into one form.
        page = reduce::reduce(source, Skip::Code);
    }
    // The reduced page is small, flat and well formed; htmd has no reason to fail on it.
    let markdown = htmd::convert(&page.body).unwrap_or_default();
    let mut document = markdown::read(&markdown);
    let title = text::normalise(&page.title);
    if document.title.is_none() && !title.is_empty() {
        document.title = Some(title);
    }
    document
}

/// The words alone, for HTML inside other documents.
pub(super) fn words_of(source: &str) -> String {
    words(&reduce::reduce(source, Skip::Code).body)
}

/// What is left when the few tags of a reduced page go as well.
fn words(body: &str) -> String {
    let mut words = String::new();
    for part in body.split('<') {
        words.push_str(part.split_once('>').map_or(part, |(_, rest)| rest));
        words.push(' ');
    }
    reduce::unescape(&words)
}

#[cfg(test)]
mod tests;
