//! How the sentences of a passage stand beside each other: paragraphs, lists, rows. Pure.

use std::ops::Range;

use knowledge::HitKey;

use super::{Passage, count_words};

/// Words of a list that is still shown whole.
const SHORT_LIST: usize = 60;

/// Runs of sentences between blank lines.
pub(super) fn paragraphs(passage: &Passage) -> Vec<Range<usize>> {
    let mut paragraphs: Vec<Range<usize>> = Vec::new();
    for at in 0..passage.sentences.len() {
        match paragraphs.last_mut() {
            Some(last) if !gap(passage, at).contains("\n\n") => last.end += 1,
            _ => paragraphs.push(at..at + 1),
        }
    }
    paragraphs
}

/// A row of a table, as import writes it: `Header: value; Header: value`.
pub(super) fn is_row(sentence: &str) -> bool {
    let fields = sentence.split("; ");
    fields.filter(|field| field.contains(": ")).count() >= 2
}

/// The place with the list it is part of: a sentence that announces a list brings the list, and
/// items of a short list bring the whole of it.
pub(super) fn with_its_list(passage: &Passage, place: Range<usize>) -> Range<usize> {
    let first_item = if is_in_list(passage, place.start) {
        place.start
    } else if announces(passage, place.end - 1) {
        place.end
    } else {
        return place;
    };
    let mut list = first_item..first_item;
    while list.start > 0 && is_in_list(passage, list.start - 1) {
        list.start -= 1;
    }
    while list.end < passage.sentences.len() && is_in_list(passage, list.end) {
        list.end += 1;
    }
    if list.start > 0 && announces(passage, list.start - 1) {
        list.start -= 1;
    }
    let whole = list.start.min(place.start)..list.end.max(place.end);
    let texts = passage.sentences[whole.clone()].iter().map(|sentence| &sentence.text);
    let words: usize = texts.map(|text| count_words(text)).sum();
    if words <= SHORT_LIST { whole } else { place }
}

/// The chosen words exactly as they stand in the source, line breaks and bullets included.
pub(super) fn words_of(passage: &Passage, sentences: &Range<usize>) -> String {
    let (first, last) =
        (&passage.sentences[sentences.start], &passage.sentences[sentences.end - 1]);
    let mark = match is_item(passage, sentences.start) && sentences.len() > 1 {
        true => gap(passage, sentences.start).trim_start(),
        false => "",
    };
    let whole = passage.hit.text.get(first.start..last.end);
    match (passage.hit.key, whole) {
        (HitKey::Faq(_), _) => passage.hit.text.trim().to_string(),
        (HitKey::Section(_), Some(words)) => format!("{mark}{}", words.trim()),
        // Positions that do not fit the text would be a defect of the splitter: show the words.
        (HitKey::Section(_), None) => {
            let texts = passage.sentences[sentences.clone()].iter().map(|s| s.text.trim());
            texts.collect::<Vec<_>>().join(" ")
        }
    }
}

/// What stands between a sentence and the one before it.
fn gap(passage: &Passage, at: usize) -> &str {
    let Some(sentence) = passage.sentences.get(at) else { return "" };
    let before = at.checked_sub(1).map_or(0, |before| passage.sentences[before].end);
    passage.hit.text.get(before..sentence.start).unwrap_or_default()
}

/// An item of a list: a line of its own behind a mark such as `•` or `2.`.
fn is_item(passage: &Passage, at: usize) -> bool {
    let gap = gap(passage, at);
    let mark = gap.rsplit('\n').next().unwrap_or_default();
    !mark.trim().is_empty() && (at == 0 || gap.contains('\n'))
}

/// An item, or a later sentence of one.
fn is_in_list(passage: &Passage, at: usize) -> bool {
    let goes_on = at > 0 && !gap(passage, at).contains('\n');
    is_item(passage, at) || goes_on && is_in_list(passage, at - 1)
}

/// Whether a sentence announces the list that follows it.
fn announces(passage: &Passage, at: usize) -> bool {
    passage.sentences[at].text.trim_end().ends_with(':') && is_item(passage, at + 1)
}
