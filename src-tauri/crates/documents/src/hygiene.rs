//! What you read is what was processed: which characters stay in a text.
//!
//! Hidden characters carry orders to a model past the person who checks a document, and make two
//! numbers look alike that are not. They go on the way in (files, questions, answers written by
//! staff) and on the way out. What goes is counted, so that staff can be told.

use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// Marks on one letter; no language writes more, and walls of them only hide other text.
const MARKS: usize = 10;

/// A text without hidden characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cleaned {
    /// The text; its lines are kept.
    pub text: String,
    /// How many characters were removed that nobody could see.
    pub hidden: usize,
}

/// Removes what nobody can see and keeps the lines; letters get their composed form (NFC).
///
/// Cleaning a clean text changes nothing. Joiners stay inside scripts that need them.
pub fn clean(text: &str) -> Cleaned {
    if text.bytes().all(|byte| byte == b'\n' || byte == b'\t' || (0x20..0x7f).contains(&byte)) {
        return Cleaned { text: text.to_owned(), hidden: 0 };
    }
    let mut hidden = 0;
    let mut text = composed(text);
    // Taking a character away lets its neighbours meet, which may compose or part a pair.
    loop {
        let (kept, removed) = filter(&text);
        hidden += removed;
        let again = composed(&kept);
        if again == text {
            return Cleaned { text, hidden };
        }
        text = again;
    }
}

/// The line about removed characters, when there were any.
pub fn warning(hidden: usize) -> Option<String> {
    (hidden > 0).then(|| format!("hidden characters removed: {hidden}"))
}

/// One line in compatibility form (NFKC), without hidden or control characters, blanks collapsed.
pub fn normalise(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    let mut blank = false;
    for character in clean(text).text.nfkc() {
        // NFKC can itself bring a blank, and once more a character nobody sees.
        if character.is_whitespace() || character.is_control() {
            blank = !line.is_empty();
        } else if !is_hidden(character) || is_joiner(character) {
            if blank {
                line.push(' ');
                blank = false;
            }
            line.push(character);
        }
    }
    line
}

/// One line with its blanks collapsed and its letters as they are, for text that people read.
pub fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}

fn composed(text: &str) -> String {
    if is_nfc(text) { text.to_owned() } else { text.nfc().collect() }
}

fn filter(text: &str) -> (String, usize) {
    let mut kept = String::with_capacity(text.len());
    let mut hidden = 0;
    let mut marks = 0;
    let mut before = '\0';
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let after = characters.peek().copied().unwrap_or('\0');
        marks = if is_mark(character) { marks + 1 } else { 0 };
        match character {
            '\n' | '\t' => kept.push(character),
            '\r' if after == '\n' => continue,
            '\r' | '\u{0b}' | '\u{0c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => kept.push('\n'),
            // A soft hyphen is an honest hint for line ends.
            '\u{ad}' => continue,
            _ if is_joiner(character) && joins(before, after) => kept.push(character),
            // One chooses between two shapes of a sign; a row of them is a message.
            _ if is_selector(character) && (is_selector(before) || before == '\0') => {
                hidden += 1;
                continue;
            }
            _ if marks > MARKS || character.is_control() || is_hidden(character) => {
                hidden += 1;
                continue;
            }
            _ => kept.push(character),
        }
        before = character;
    }
    (kept, hidden)
}

fn is_mark(character: char) -> bool {
    canonical_combining_class(character) != 0
}

fn is_selector(character: char) -> bool {
    matches!(character, '\u{fe00}'..='\u{fe0f}')
}

fn is_joiner(character: char) -> bool {
    matches!(character, '\u{200c}' | '\u{200d}')
}

/// Joiners mean something between letters of Indic and Arabic scripts, and between emoji.
fn joins(before: char, after: char) -> bool {
    let joinable = |character: char| {
        matches!(character, '\u{0600}'..='\u{1fff}' | '\u{2600}'..='\u{27bf}' | '\u{fe0f}'
            | '\u{1f000}'..='\u{1faff}')
            && !is_hidden(character)
    };
    joinable(before) && joinable(after)
}

fn is_hidden(character: char) -> bool {
    matches!(
        character,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'
            | '\u{1160}'
            | '\u{17b4}'
            | '\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{3164}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

#[cfg(test)]
mod tests;
