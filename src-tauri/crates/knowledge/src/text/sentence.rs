//! Where sentences begin and end.
//!
//! Cutting too little is better than cutting too much: half a sentence can say the opposite.

use std::ops::Range;

/// The sentences of a text as byte ranges, without the blanks and bullets around them.
///
/// A line never continues a sentence of the line before: list items and table rows are lines.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        cut_line(text, start..start + line.len(), &mut found);
        start += line.len();
    }
    found
}

fn cut_line(text: &str, line: Range<usize>, found: &mut Vec<Range<usize>>) {
    let mut start = line.start;
    let mut characters = text[line.clone()].char_indices().peekable();
    while let Some((offset, character)) = characters.next() {
        if !is_end(character) {
            continue;
        }
        let mut end = line.start + offset + character.len_utf8();
        while let Some((_, next)) = characters.peek().copied()
            && (is_end(next) || is_closing(next))
        {
            end += next.len_utf8();
            characters.next();
        }
        if ends_sentence(&text[start..end], character, &text[end..line.end]) {
            push(text, start..end, found);
            start = end;
        }
    }
    push(text, start..line.end, found);
}

fn push(text: &str, range: Range<usize>, found: &mut Vec<Range<usize>>) {
    let part = &text[range.clone()];
    let kept = part.trim_start_matches(|character: char| {
        character.is_whitespace() || matches!(character, '•' | '◦' | '▪')
    });
    let start = range.end - kept.len();
    let end = start + kept.trim_end().len();
    if text[start..end].chars().any(char::is_alphanumeric) {
        found.push(start..end);
    }
}

fn is_end(character: char) -> bool {
    matches!(character, '.' | '!' | '?' | '…' | '。' | '！' | '？' | '؟' | '۔' | '।' | '॥')
}

fn is_closing(character: char) -> bool {
    matches!(character, '"' | '\'' | ')' | ']' | '»' | '”' | '’' | '」' | '』' | '）')
}

fn ends_sentence(before: &str, end: char, after: &str) -> bool {
    if matches!(end, '。' | '！' | '？') {
        return true;
    }
    let rest = after.trim_start();
    if rest.len() == after.len() || rest.is_empty() {
        return rest.is_empty();
    }
    let opens = rest.trim_start_matches(['"', '\'', '(', '[', '«', '“', '‘', '¿', '¡']);
    let Some(first) = opens.chars().next() else { return true };
    if first.is_lowercase() {
        return false;
    }
    if end != '.' {
        return true;
    }
    let word = before.trim_end_matches(is_closing).rsplit(char::is_whitespace).next();
    let word = word.unwrap_or_default().trim_start_matches(['(', '[', '"', '“', '‘']);
    let next = opens.split(|character: char| !character.is_alphanumeric()).next();
    !is_abbreviation(word, next.unwrap_or_default(), before)
}

/// Whether a dot belongs to the word before it.
fn is_abbreviation(word: &str, next: &str, before: &str) -> bool {
    let word = word.to_lowercase();
    let stem = word.trim_end_matches('.');
    if matches!(word.as_str(), "a.m." | "p.m.") {
        return TIME_WORDS.contains(&next.to_lowercase().as_str());
    }
    if NEVER_LAST.contains(&word.as_str()) {
        return true;
    }
    if MAY_BE_LAST.contains(&word.as_str()) {
        return next.starts_with(|character: char| character.is_numeric());
    }
    let mut letters = stem.chars();
    let single = letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none();
    // "J. Smith"; but "vitamin C. Then" is rare enough to pay for it. "I" does end sentences.
    if single && stem != "i" {
        return true;
    }
    // "1. Open the lid": the number of a step, not a sentence.
    stem.chars().all(char::is_numeric) && before.trim_start().len() == word.len()
}

const TIME_WORDS: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
    "sun",
    "gmt",
    "utc",
    "cet",
    "bst",
    "est",
    "pst",
];

const NEVER_LAST: &[&str] = &[
    "e.g.", "eg.", "i.e.", "ie.", "dr.", "mr.", "mrs.", "ms.", "prof.", "st.", "vs.", "cf.", "ca.",
    "approx.", "fig.", "art.", "nr.", "tel.", "z.b.", "d.h.", "u.a.", "bzw.", "hr.", "fr.",
    "p.ex.", "sr.", "sra.", "sig.", "dhr.", "mevr.", "bijv.", "t.ex.", "bl.a.", "mme.", "mlle.",
    "resp.", "incl.", "inkl.", "excl.", "exkl.", "z.", "d.",
];

const MAY_BE_LAST: &[&str] = &[
    "no.", "p.", "pp.", "sec.", "jan.", "feb.", "mar.", "apr.", "jun.", "jul.", "aug.", "sep.",
    "sept.", "oct.", "nov.", "dec.", "abs.", "kap.", "vol.",
];
