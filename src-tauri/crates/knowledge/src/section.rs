//! From the blocks of a document to sections: one heading's worth of clean text each.
//!
//! A section is what a visitor reads when a source is opened, so it holds words and no marks. Its
//! units are what may be quoted: sentences, list items, table rows.

use std::ops::Range;

use documents::{Block, Document};
use store::Pages;

use crate::count::{Counter, estimate};
use crate::text;

/// A longer section is cut at the end of a paragraph.
const SECTION_TOKENS: usize = 500;
/// A longer unit is cut between words, so that one always fits into a piece with its headings.
pub(crate) const UNIT_TOKENS: usize = 150;
/// A list item up to this length is quoted whole.
const ITEM_WORDS: usize = 60;

/// One section before it is saved.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Draft {
    /// Title and headings, joined by ` > `.
    pub(crate) path: String,
    /// The first and the last page it stands on.
    pub(crate) pages: Option<Pages>,
    pub(crate) text: String,
    pub(crate) units: Vec<Unit>,
    pub(crate) tokens: usize,
}

/// A part of a section's text that is never cut.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Unit {
    pub(crate) kind: UnitKind,
    pub(crate) bytes: Range<usize>,
    pub(crate) tokens: usize,
    /// The block it is part of, counted through the document.
    pub(crate) block: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum UnitKind {
    Sentence,
    Item,
    Row,
}

/// The sections of a document, in its order. Headings without text give none.
pub(crate) fn sections(title: &str, document: Document, counter: &Counter<'_>) -> Vec<Draft> {
    let mut sections = Vec::new();
    let mut headings: Vec<(u8, String)> = Vec::new();
    let mut path = title.to_owned();
    let mut pieces = Vec::new();
    let mut page = None;
    for (number, block) in document.blocks.into_iter().enumerate() {
        let before = pieces.len();
        match block {
            Block::Page(number) => page = Some(number),
            Block::Heading { level, text } => {
                close(&mut sections, &path, std::mem::take(&mut pieces), counter);
                headings.retain(|(above, _)| *above < level);
                headings.push((level, text));
                path = join_path(title, &headings);
            }
            Block::Paragraph(text) => push_paragraph(&mut pieces, number, &text),
            Block::List(items) => {
                for item in items {
                    push_item(&mut pieces, number, &item.mark, &item.text);
                }
            }
            Block::Rows(rows) => {
                for row in rows {
                    push_line(&mut pieces, UnitKind::Row, number, "", &row);
                }
            }
        }
        pieces.iter_mut().skip(before).for_each(|piece| piece.page = page);
    }
    close(&mut sections, &path, pieces, counter);
    sections
}

/// Title and headings without repeating what was just said.
fn join_path(title: &str, headings: &[(u8, String)]) -> String {
    let mut parts = vec![title];
    for (_, heading) in headings {
        let said = parts.iter().any(|part| part.to_lowercase() == heading.to_lowercase());
        if !heading.is_empty() && !said {
            parts.push(heading);
        }
    }
    parts.join(" > ")
}

/// A unit with what stands before it.
struct Piece {
    kind: UnitKind,
    glue: &'static str,
    mark: String,
    text: String,
    block: usize,
    page: Option<u32>,
    tokens: usize,
}

fn push_paragraph(pieces: &mut Vec<Piece>, block: usize, text: &str) {
    let mut before: Option<usize> = None;
    for range in text::sentences(text) {
        let glue = match before {
            None => "\n\n",
            Some(end) if text[end..range.start].contains('\n') => "\n",
            Some(end) if end == range.start => "",
            Some(_) => " ",
        };
        before = Some(range.end);
        push_cut(pieces, UnitKind::Sentence, block, glue, "", &text[range]);
    }
}

fn push_item(pieces: &mut Vec<Piece>, block: usize, mark: &str, text: &str) {
    if text.split_whitespace().nth(ITEM_WORDS).is_none() {
        push_line(pieces, UnitKind::Item, block, mark, text);
        return;
    }
    for (number, range) in text::sentences(text).into_iter().enumerate() {
        match number {
            0 => push_line(pieces, UnitKind::Item, block, mark, &text[range]),
            _ => push_cut(pieces, UnitKind::Item, block, " ", "", &text[range]),
        }
    }
}

fn push_line(pieces: &mut Vec<Piece>, kind: UnitKind, block: usize, mark: &str, text: &str) {
    let follows = pieces.last().is_some_and(|last| last.block == block);
    push_cut(pieces, kind, block, if follows { "\n" } else { "\n\n" }, mark, text);
}

/// Adds a unit, in several parts when it is too long to be one.
fn push_cut(
    pieces: &mut Vec<Piece>,
    kind: UnitKind,
    block: usize,
    glue: &'static str,
    mark: &str,
    text: &str,
) {
    let mut start = 0;
    for end in cuts(text) {
        let part = text[start..end].trim();
        let glue = match start {
            0 => glue,
            _ if text[..start].ends_with(char::is_whitespace) => " ",
            _ => "",
        };
        let mark = if start == 0 { mark.to_owned() } else { String::new() };
        start = end;
        if !part.is_empty() {
            let text = part.to_owned();
            pieces.push(Piece { kind, glue, mark, text, block, page: None, tokens: 0 });
        }
    }
}

/// Where a text must end so that no part is estimated above the limit: the text's own end for
/// nearly all. A word longer than that is cut inside.
fn cuts(text: &str) -> Vec<usize> {
    let mut cuts = Vec::new();
    let (mut start, mut blank) = (0, 0);
    let mut tokens = 0;
    let mut letters = 0_usize;
    for (at, character) in text.char_indices() {
        if character.is_whitespace() {
            blank = at + character.len_utf8();
            letters = 0;
            continue;
        }
        let counts = !character.is_ascii_alphabetic() || letters.is_multiple_of(4);
        letters = if character.is_ascii_alphabetic() { letters + 1 } else { 0 };
        tokens += usize::from(counts);
        if tokens > UNIT_TOKENS {
            let cut = if blank > start { blank } else { at };
            cuts.push(cut);
            start = cut;
            tokens = estimate(&text[start..at + character.len_utf8()]);
        }
    }
    cuts.push(text.len());
    cuts
}

fn close(sections: &mut Vec<Draft>, path: &str, mut pieces: Vec<Piece>, counter: &Counter<'_>) {
    let texts: Vec<String> = pieces.iter().map(|piece| piece.text.clone()).collect();
    for (piece, tokens) in pieces.iter_mut().zip(counter.count(&texts)) {
        piece.tokens = tokens;
    }
    let mut rest = pieces.as_slice();
    while !rest.is_empty() {
        let (now, later) = rest.split_at(section_length(rest));
        sections.push(assemble(path, now));
        rest = later;
    }
}

/// How many units fit: all, or up to the last whole block, or up to the limit inside a block.
fn section_length(pieces: &[Piece]) -> usize {
    let mut tokens = 0;
    let mut block_end = 0;
    for (at, piece) in pieces.iter().enumerate() {
        if at > 0 && piece.block != pieces[at - 1].block {
            block_end = at;
        }
        tokens += piece.tokens;
        if tokens > SECTION_TOKENS && at > 0 {
            return if block_end > 0 { block_end } else { at };
        }
    }
    pieces.len()
}

fn assemble(path: &str, pieces: &[Piece]) -> Draft {
    let pages = pieces.iter().filter_map(|piece| piece.page);
    let pages = pages.clone().min().zip(pages.max());
    let mut draft = Draft { path: path.to_owned(), pages, ..Draft::default() };
    for piece in pieces {
        if !draft.text.is_empty() {
            draft.text.push_str(piece.glue);
        }
        draft.text.push_str(&piece.mark);
        let start = draft.text.len();
        draft.text.push_str(&piece.text);
        draft.units.push(Unit {
            kind: piece.kind,
            bytes: start..draft.text.len(),
            tokens: piece.tokens,
            block: piece.block,
        });
        draft.tokens += piece.tokens;
    }
    draft
}

#[cfg(test)]
mod tests;
