//! Which characters stay: no hidden ones, no control codes, one spelling for each letter.

use unicode_normalization::UnicodeNormalization;

/// A text without hidden characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cleaned {
    /// The text; its lines are kept.
    pub text: String,
    /// How many characters were removed that nobody could see.
    pub hidden: usize,
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

/// Removes what nobody can see and keeps the lines; letters get their composed form (NFC).
///
/// Hidden characters carry orders to a model past the person who checks a document, so they are
/// counted. Joiners stay inside scripts that need them.
pub fn clean(text: &str) -> Cleaned {
    let mut kept = String::with_capacity(text.len());
    let mut hidden = 0;
    let mut characters = text.nfc().peekable();
    let mut before = '\0';
    while let Some(character) = characters.next() {
        let after = characters.peek().copied().unwrap_or('\0');
        match character {
            '\n' | '\t' => kept.push(character),
            '\r' if after == '\n' => continue,
            '\r' | '\u{0b}' | '\u{0c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => kept.push('\n'),
            // A soft hyphen is an honest hint for line ends.
            '\u{ad}' => continue,
            _ if is_joiner(character) && joins(before, after) => kept.push(character),
            _ if character.is_control() || is_hidden(character) => {
                hidden += 1;
                continue;
            }
            _ => kept.push(character),
        }
        before = character;
    }
    Cleaned { text: kept, hidden }
}

fn is_joiner(character: char) -> bool {
    matches!(character, '\u{200c}' | '\u{200d}')
}

/// Joiners mean something between letters of Indic and Arabic scripts, and between emoji.
fn joins(before: char, after: char) -> bool {
    let joinable = |character: char| {
        matches!(character, '\u{0600}'..='\u{1fff}' | '\u{2600}'..='\u{27bf}' | '\u{fe0f}'
            | '\u{1f000}'..='\u{1faff}')
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

/// Each line by itself as [`normalise`] makes it; for pieces, whose lines mean something.
pub(crate) fn normalise_lines(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(normalise).collect();
    lines.join("\n").trim().to_owned()
}

/// One line with its blanks collapsed and its letters as they are, for text that people read.
pub(crate) fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}
