//! From sections and FAQs to the pieces that are searched, none longer than the model reads.
//!
//! Small pieces match a question more sharply than whole sections; each carries its headings,
//! because "within 30 days" means nothing without "Returns > Footwear".

use std::ops::Range;

use documents::{Block, Document};
use engine::Embedder;
use sha2::{Digest, Sha256};
use store::{NewChunk, NewFaq, NewSection, Role};

use crate::count::{Counter, estimate};
use crate::section::{self, Draft, Unit, UnitKind};
use crate::{text, tokens};

/// No piece has more, its headings included: the English model was trained on 256.
pub(crate) const MOST_TOKENS: usize = 240;
const TARGET_TOKENS: usize = 180;
/// Headings beyond this are cut from the left.
const PREFIX_TOKENS: usize = 80;
/// A shorter last sentence is repeated at the start of the next piece.
const OVERLAP_TOKENS: usize = 40;
const ROWS: usize = 6;

/// A section of a document in `language` with everything it is found by.
pub(crate) fn section_to_save(draft: Draft, language: &str, counter: &Counter<'_>) -> NewSection {
    let language = text::section_language(&draft.text, language);
    let path = text::normalise(&draft.path);
    let prefix = short_prefix(&path, counter);
    let mut pieces = Vec::new();
    for (units, role) in pack(&draft.units, counter.count_one(&prefix)) {
        let from = line_start(&draft.text, units[0].bytes.start);
        let to = units[units.len() - 1].bytes.end;
        pieces.extend(
            fit(&draft.text, from..to, &prefix, counter)
                .into_iter()
                .map(|(bytes, text, tokens)| Piece { role, bytes: Some(bytes), text, tokens }),
        );
    }
    let contexts: Vec<String> = draft
        .units
        .iter()
        .map(|unit| format!("{prefix}: {}", text::normalise(&draft.text[unit.bytes.clone()])))
        .collect();
    for (unit, text) in draft.units.iter().zip(contexts) {
        let tokens = estimate(&text);
        pieces.push(Piece { role: Role::Sentence, bytes: Some(unit.bytes.clone()), text, tokens });
    }
    NewSection {
        heading_path: draft.path,
        pages: draft.pages,
        text: draft.text,
        tokens: draft.tokens as i64,
        chunks: pieces.into_iter().map(|piece| piece.save(&prefix, language)).collect(),
    }
}

/// The pieces an FAQ is found by: its question, each other wording, question and answer together.
pub(crate) fn faq_chunks(faq: &NewFaq, embedder: Option<&dyn Embedder>) -> Vec<NewChunk> {
    let counter = Counter::new(embedder);
    let language = faq.language.clone();
    let language = language
        .or_else(|| {
            text::language_of(&format!("{} {}", faq.question, faq.answer)).map(str::to_owned)
        })
        .unwrap_or_else(|| "en".to_owned());
    let mut pieces = Vec::new();
    let questions = std::iter::once((Role::FaqQuestion, &faq.question))
        .chain(faq.alternatives.iter().map(|text| (Role::FaqAlternative, text)));
    for (role, question) in questions {
        let whole = 0..question.len();
        let first = fit(question, whole, "", &counter).into_iter().next();
        pieces.extend(first.map(|(_, text, tokens)| Piece { role, bytes: None, text, tokens }));
    }
    let prefix = short_prefix(&text::normalise(&faq.question), &counter);
    let blocks = faq.answer.split("\n\n").map(|part| Block::Paragraph(part.to_owned())).collect();
    for draft in section::sections("", Document { blocks, ..Document::default() }, &counter) {
        for (units, _) in pack(&draft.units, counter.count_one(&prefix)) {
            let bytes = units[0].bytes.start..units[units.len() - 1].bytes.end;
            pieces.extend(fit(&draft.text, bytes, &prefix, &counter).into_iter().map(
                |(_, text, tokens)| Piece { role: Role::FaqWhole, bytes: None, text, tokens },
            ));
        }
    }
    pieces.into_iter().map(|piece| piece.save("", &language)).collect()
}

struct Piece {
    role: Role,
    bytes: Option<Range<usize>>,
    text: String,
    tokens: usize,
}

impl Piece {
    fn save(self, prefix: &str, language: &str) -> NewChunk {
        let (title_terms, body_terms) = tokens::piece_terms(prefix, &self.text, language);
        NewChunk {
            role: self.role,
            bytes: self.bytes,
            tokens: self.tokens as i64,
            hash: hash(self.role, &self.text),
            text: self.text,
            language: language.to_owned(),
            title_terms,
            body_terms,
        }
    }
}

/// Names a vector: the words, and on which side of a search they were embedded.
fn hash(role: Role, text: &str) -> [u8; 32] {
    let side: &[u8] = if is_question(role) { b"q\0" } else { b"p\0" };
    Sha256::new().chain_update(side).chain_update(text.as_bytes()).finalize().into()
}

/// Wordings of questions are embedded as questions: short to short is what the models do best.
pub(crate) fn is_question(role: Role) -> bool {
    match role {
        Role::FaqQuestion | Role::FaqAlternative => true,
        Role::Body | Role::TableRow | Role::FaqWhole | Role::Sentence => false,
    }
}

/// The path, without its first headings where it is too long, and cut where even that is.
fn short_prefix(path: &str, counter: &Counter<'_>) -> String {
    let mut rest = path;
    while counter.count_one(rest) > PREFIX_TOKENS {
        match rest.split_once(" > ") {
            Some((_, later)) => rest = later,
            None => {
                let half: String = rest.chars().take(rest.chars().count() / 2).collect();
                return short_prefix(&half, counter);
            }
        }
    }
    rest.trim().to_owned()
}

/// A bullet belongs to its item.
fn line_start(text: &str, at: usize) -> usize {
    let line = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    if text[line..at].chars().any(char::is_alphabetic) { at } else { line }
}

/// Groups units into pieces near the target length, in their order.
fn pack(units: &[Unit], prefix_tokens: usize) -> Vec<(&[Unit], Role)> {
    let room = MOST_TOKENS.saturating_sub(prefix_tokens + 2);
    let target = TARGET_TOKENS.saturating_sub(prefix_tokens).max(room / 2);
    let mut packed: Vec<(Range<usize>, Role)> = Vec::new();
    let mut open = 0..0;
    for atom in atoms(units, room) {
        let is_row = units[atom.start].kind == UnitKind::Row;
        let length = |range: &Range<usize>| length(&units[range.clone()]);
        // A list stays with the sentence that announces it where the model can read both.
        let limit = if units[atom.start].kind == UnitKind::Item { room } else { target };
        let fits = length(&open) + length(&atom) <= limit
            && !is_row
            && (open.is_empty() || units[open.start].kind != UnitKind::Row);
        if !open.is_empty() && !fits {
            packed.push((open.clone(), Role::Body));
            open = overlap(units, &open, &atom, room)..atom.start;
        }
        if open.is_empty() {
            open = atom.clone();
        } else {
            open.end = atom.end;
        }
        if is_row {
            packed.push((open.clone(), Role::TableRow));
            open = atom.end..atom.end;
        }
    }
    if !open.is_empty() {
        packed.push((open, Role::Body));
    }
    packed.into_iter().map(|(range, role)| (&units[range], role)).collect()
}

/// Runs of units that are not cut: a short list, six rows of a table, a sentence.
fn atoms(units: &[Unit], room: usize) -> Vec<Range<usize>> {
    let mut atoms: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    while start < units.len() {
        let first = &units[start];
        let run = units[start..]
            .iter()
            .take_while(|unit| unit.block == first.block && unit.kind == first.kind)
            .count();
        let end = start + run;
        match first.kind {
            UnitKind::Sentence => atoms.extend((start..end).map(|at| at..at + 1)),
            UnitKind::Item if length(&units[start..end]) <= room => atoms.push(start..end),
            UnitKind::Item => atoms.extend((start..end).map(|at| at..at + 1)),
            UnitKind::Row => {
                let mut at = start;
                while at < end {
                    let mut stop = at + 1;
                    while stop < end && stop - at < ROWS && length(&units[at..=stop]) <= room {
                        stop += 1;
                    }
                    atoms.push(at..stop);
                    at = stop;
                }
            }
        }
        start = end;
    }
    atoms
}

/// Where the next piece starts: one short sentence back, where that leaves room.
fn overlap(units: &[Unit], open: &Range<usize>, atom: &Range<usize>, room: usize) -> usize {
    let last = open.end - 1;
    let short = units[last].kind == UnitKind::Sentence
        && units[atom.start].kind == UnitKind::Sentence
        && units[last].tokens <= OVERLAP_TOKENS
        && open.len() > 1;
    let fits = units[last].tokens + length(&units[atom.clone()]) <= room;
    if short && fits { last } else { atom.start }
}

fn length(units: &[Unit]) -> usize {
    units.iter().map(|unit| unit.tokens).sum()
}

/// The text behind its prefix, cut in halves until every part is short enough by the counter.
///
/// The sums of parts that led here are nearly always right; this makes the limit certain.
fn fit(
    text: &str,
    bytes: Range<usize>,
    prefix: &str,
    counter: &Counter<'_>,
) -> Vec<(Range<usize>, String, usize)> {
    let part = text::normalise_lines(&text[bytes.clone()]);
    let whole = if prefix.is_empty() { part } else { format!("{prefix}\n{part}") };
    let tokens = counter.count_one(&whole);
    if tokens <= MOST_TOKENS {
        return vec![(bytes, whole, tokens)];
    }
    let Some(middle) = middle(&text[bytes.clone()]) else {
        // A single character that is longer than the model reads: nothing worth finding.
        return Vec::new();
    };
    let middle = bytes.start + middle;
    let mut parts = fit(text, bytes.start..middle, prefix, counter);
    parts.extend(fit(text, middle..bytes.end, prefix, counter));
    parts
}

/// A place near the middle, after a blank if there is one, never at an end.
fn middle(text: &str) -> Option<usize> {
    let wanted = text.len() / 2;
    let blank = text
        .char_indices()
        .filter(|(_, character)| character.is_whitespace())
        .map(|(at, character)| at + character.len_utf8())
        .filter(|&at| at < text.len())
        .min_by_key(|at| at.abs_diff(wanted));
    blank.or_else(|| text.char_indices().map(|(at, _)| at).find(|&at| at > 0 && at >= wanted))
}

#[cfg(test)]
mod tests;
