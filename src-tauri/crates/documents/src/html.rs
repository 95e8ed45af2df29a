//! Reads HTML: what a page says, without its menus, forms and scripts.
//!
//! The page is first reduced to plain tags that are closed in order and never nest deeply; then
//! htmd turns it into Markdown. The parser behind htmd is recursive and takes quadratic time on
//! deep nesting, so a hostile page must never reach it as it is.

mod questions;
mod reduce;

use reduce::Skip;

use crate::document::{Block, Document};
use crate::hygiene;
use crate::markdown;

/// Reads an HTML page.
pub(crate) fn read(source: &str) -> Document {
    let mut page = reduce::reduce(source, Skip::Surroundings);
    if words(&page.body).trim().is_empty() {
        // Some sites put the whole page into one form.
        page = reduce::reduce(source, Skip::Code);
    }
    // The reduced page is small, flat and well formed; htmd has no reason to fail on it.
    let markdown = htmd::convert(&page.body).unwrap_or_default();
    let mut document = markdown::read(&markdown);
    let title = hygiene::normalise(&page.title);
    if document.title.is_none() && !title.is_empty() {
        document.title = Some(title);
    }
    document.faqs = questions::find(source);
    document
}

/// The words alone, for HTML inside other documents.
pub(crate) fn words_of(source: &str) -> String {
    words(&reduce::reduce(source, Skip::Code).body)
}

/// The text of a short piece of HTML as people read it, line by line.
fn lines_of(source: &str) -> String {
    let page = reduce::reduce(source, Skip::Code);
    let document = markdown::read(&htmd::convert(&page.body).unwrap_or_default());
    let lines = document.blocks.into_iter().flat_map(|block| match block {
        Block::Page(_) => Vec::new(),
        Block::Heading { text, .. } | Block::Paragraph(text) => vec![text],
        Block::List(items) => {
            items.into_iter().map(|item| format!("{}{}", item.mark, item.text)).collect()
        }
        Block::Rows(rows) => rows,
    });
    lines.collect::<Vec<_>>().join("\n")
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
