//! From the pages of a PDF, each as Markdown, to one document with page numbers.

use crate::document::{Block, Document};
use crate::{DocumentError, hygiene, markdown};

/// A heading is no longer than this.
const HEADING_CHARACTERS: usize = 90;

/// Puts pages together, with what staff should know about them.
pub(crate) fn read(pages: Vec<String>) -> Result<(Document, Vec<String>), DocumentError> {
    let mut document = Document::default();
    let mut empty = Vec::new();
    for (number, page) in (1_u32..).zip(&pages) {
        let read = markdown::read(&hygiene::clean(page).text);
        let mut blocks: Vec<Block> = read.blocks.into_iter().map(settle).collect();
        blocks.retain(|block| !is_page_number(block, number));
        if blocks.is_empty() {
            empty.push(number);
            continue;
        }
        document.title = document.title.or(read.title);
        join(&mut document.blocks, &mut blocks);
        document.blocks.push(Block::Page(number));
        document.blocks.append(&mut blocks);
    }
    if empty.len() == pages.len() {
        return Err(DocumentError::Scan { pages: pages.len() });
    }
    Ok((document, empty_pages(&empty)))
}

/// The line about pages without text; a few by number, many by their count.
pub(crate) fn empty_pages(empty: &[u32]) -> Vec<String> {
    let warning = match empty {
        [] => return Vec::new(),
        [page] => format!("page {page} has no text: is it a scan?"),
        [first, .., last] if empty.len() > 10 => {
            let count = empty.len();
            format!("{count} pages between {first} and {last} have no text: are they scans?")
        }
        pages => {
            let numbers: Vec<String> = pages.iter().map(u32::to_string).collect();
            format!("pages {} have no text: are they scans?", numbers.join(", "))
        }
    };
    vec![warning]
}

/// A short paragraph that is a numbered heading in all but its size, such as `2.1 Returns`.
fn settle(block: Block) -> Block {
    let Block::Paragraph(text) = block else { return block };
    let (number, words) = text.split_once(' ').unwrap_or((&text, ""));
    let parts = number.trim_end_matches('.').split('.');
    let is_number = number.starts_with(|first: char| first.is_ascii_digit())
        && (number.contains('.'))
        && parts.clone().all(|part| {
            (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
        });
    let is_short = text.chars().count() <= HEADING_CHARACTERS
        && !text.contains('\n')
        && words.starts_with(char::is_uppercase)
        && !words.ends_with(['.', ',', ';', ':', '!', '?']);
    if is_number && is_short {
        let level = 1 + parts.count().min(4) as u8;
        return Block::Heading { level, text: hygiene::normalise(&text) };
    }
    Block::Paragraph(text)
}

fn is_page_number(block: &Block, page: u32) -> bool {
    let Block::Paragraph(text) = block else { return false };
    let digits = text.trim_matches(|mark: char| !mark.is_alphanumeric());
    let digits = digits.strip_prefix("Page ").unwrap_or(digits);
    // Numbering often begins after a cover, but never runs ahead by much.
    digits.parse::<u32>().is_ok_and(|number| number.abs_diff(page) <= 20)
}

/// A paragraph that goes on on the next page belongs to the page where it began.
fn join(before: &mut [Block], after: &mut Vec<Block>) {
    let Some(Block::Paragraph(first)) = before.last_mut() else { return };
    let Some(Block::Paragraph(rest)) = after.first() else { return };
    let is_open = !first.ends_with(['.', '!', '?', ':', '…', '"', '”', '。']);
    if is_open && rest.starts_with(char::is_lowercase) {
        if first.ends_with('-') {
            first.pop();
        } else {
            first.push(' ');
        }
        first.push_str(rest);
        after.remove(0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::lines;

    fn check(pages: &[&str], expected: &[&str], warnings: &[&str]) {
        let (document, found) = read(pages.iter().map(|page| page.to_string()).collect()).unwrap();
        assert_eq!(lines(&document), expected);
        assert_eq!(found, warnings);
    }

    #[test]
    fn pages_are_numbered_and_empty_ones_named() {
        check(
            &[
                "# Returns\n\nWithin 30 days, if they",
                "have been kept dry.\n\nNext.\n\n2",
                "",
                "| A | B |\n|---|---|\n| 1 | 2 |",
            ],
            &[
                "page 1",
                "h1 Returns",
                "p Within 30 days, if they have been kept dry.",
                "page 2",
                "p Next.",
                "page 4",
                "r A: 1; B: 2",
            ],
            &["page 3 has no text: is it a scan?"],
        );
        check(&["a", "", " "], &["page 1", "p a"], &["pages 2, 3 have no text: are they scans?"]);
        let refused = read(vec![String::new(); 2]).unwrap_err();
        assert_eq!(refused, DocumentError::Scan { pages: 2 });
    }

    #[test]
    fn numbered_lines_are_headings() {
        check(
            &["**1.1.** **Version**\n\n2.5 kilos are the limit.\n\n3.50\n\n1. Introduction"],
            &[
                "page 1",
                "h3 1.1. Version",
                "p 2.5 kilos are the limit.",
                "p 3.50",
                "l 1. Introduction",
            ],
            &[],
        );
    }
}
