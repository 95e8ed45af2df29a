//! Two readings of one page made into one: the words and their order from the plain one, headings,
//! tables and items from the structured one.
//!
//! Measured on files of six programs: plain text follows columns and joins words that were parted
//! at the end of a line, and the structured reading sometimes does neither; but only it knows what
//! is large, and what stands in cells.

use std::collections::HashMap;

/// Lines that a heading may take.
const HEADING_LINES: usize = 3;
/// A shorter text is found in too many places.
const KEY_LETTERS: usize = 3;
/// A line in bold letters up to this length is a heading.
const BOLD_CHARACTERS: usize = 90;

/// What the structured reading knows of a line, by its letters.
#[derive(Default)]
struct Structure<'a> {
    headings: HashMap<String, u8>,
    items: Vec<String>,
    /// Tables as Markdown, each with the letters of its rows.
    tables: Vec<(Vec<&'a str>, Vec<String>)>,
}

/// One page as Markdown.
pub(super) fn merge(structured: &str, plain: &[&str]) -> String {
    let mut structure = Structure::from(structured);
    let mut merged = String::new();
    let mut at = 0;
    while at < plain.len() {
        let line = plain[at].trim();
        let letters = key(line);
        if let Some((level, taken)) = structure.heading(&plain[at..]) {
            let text: Vec<&str> = plain[at..at + taken].iter().map(|line| line.trim()).collect();
            merged.push_str(&format!("\n\n{} ", "#".repeat(usize::from(level))));
            push_escaped(&mut merged, &text.join(" "));
            merged.push_str("\n\n");
            at += taken;
        } else if let Some(taken) = structure.table(&plain[at..], &mut merged) {
            at += taken;
        } else {
            if structure.is_item(&letters) {
                merged.push_str("\n- ");
                push_escaped(&mut merged, without_mark(line));
            } else {
                push_escaped(&mut merged, line);
            }
            merged.push('\n');
            at += 1;
        }
    }
    merged
}

impl<'a> Structure<'a> {
    fn from(structured: &'a str) -> Self {
        let mut structure = Self::default();
        let mut table: Vec<&str> = Vec::new();
        for line in structured.lines().map(str::trim).chain([""]) {
            if line.starts_with('|') {
                table.push(line);
                continue;
            }
            if table.len() > 2 {
                let rows = table.iter().filter(|row| !is_rule(row)).map(|row| key(row)).collect();
                structure.tables.push((std::mem::take(&mut table), rows));
            }
            table.clear();
            let marks = line.bytes().take_while(|byte| *byte == b'#').count();
            let letters = key(line);
            if letters.len() < KEY_LETTERS {
                continue;
            }
            if (1..=6).contains(&marks) {
                structure.headings.insert(letters, marks as u8);
            } else if let Some(bold) = bold_start(line) {
                structure.headings.insert(bold, 4);
            } else if line.starts_with("- ") || line.starts_with("* ") {
                structure.items.push(letters);
            }
        }
        structure
    }

    /// The level of a heading that these lines begin with, and how many of them it takes.
    fn heading(&self, lines: &[&str]) -> Option<(u8, usize)> {
        let mut letters = String::new();
        for (number, line) in lines.iter().take(HEADING_LINES).enumerate() {
            if line.trim().is_empty() {
                return None;
            }
            letters.push_str(&key(line));
            if let Some(level) = self.headings.get(&letters) {
                return Some((*level, number + 1));
            }
        }
        None
    }

    /// Writes the table that these lines begin with, and says how many of them it takes.
    fn table(&mut self, lines: &[&str], merged: &mut String) -> Option<usize> {
        let first = key(lines.first()?);
        let found = self.tables.iter().position(|(_, rows)| rows.first() == Some(&first))?;
        let rows = &self.tables[found].1;
        let mut taken = 0;
        let mut seen = 0;
        // A cell of several lines makes several lines of the plain page, so all letters count.
        let whole: String = rows.concat();
        let mut letters = String::new();
        for line in lines {
            letters.push_str(&key(line));
            if !whole.starts_with(&letters) {
                break;
            }
            taken += 1;
            seen = letters.len();
        }
        if seen < whole.len() || first.is_empty() {
            return None;
        }
        let (table, _) = self.tables.remove(found);
        merged.push_str("\n\n");
        merged.push_str(&table.join("\n"));
        merged.push_str("\n\n");
        Some(taken)
    }

    fn is_item(&self, letters: &str) -> bool {
        letters.len() >= KEY_LETTERS && self.items.iter().any(|item| item.starts_with(letters))
    }
}

/// Letters and digits alone: what both readings have in common.
fn key(line: &str) -> String {
    line.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The letters of what a paragraph begins with in bold, if that could be a heading. It is one where
/// it stands in a line of its own.
fn bold_start(line: &str) -> Option<String> {
    let mut bold = String::new();
    let mut rest = line;
    // Each word may be marked by itself.
    while let Some((words, later)) = rest.strip_prefix("**").and_then(|rest| rest.split_once("**"))
    {
        bold.push_str(words);
        rest = later.trim_start();
    }
    let is_short = bold.chars().count() <= BOLD_CHARACTERS;
    let is_sentence = bold.ends_with(['.', ':', ',', ';']);
    let letters = key(&bold);
    (is_short && !is_sentence && letters.len() >= KEY_LETTERS).then_some(letters)
}

fn is_rule(row: &str) -> bool {
    row.chars().all(|mark| matches!(mark, '|' | '-' | ':' | ' '))
}

/// A line without the sign before it; fonts of signs often give characters that mean nothing.
fn without_mark(line: &str) -> &str {
    let mut characters = line.chars();
    let is_mark = characters.next().is_some_and(|first| !first.is_alphanumeric());
    let rest = characters.as_str();
    if is_mark && rest.starts_with(char::is_whitespace) { rest.trim_start() } else { line }
}

/// Words that must not become marks of Markdown. A sentence that begins without a blank gets one.
fn push_escaped(merged: &mut String, line: &str) {
    let characters: Vec<char> = line.chars().collect();
    for (at, character) in characters.iter().enumerate() {
        let starts_list = at < 3 && matches!(character, '.' | ')' | '•') && line.len() > 2;
        if character.is_ascii_punctuation() && !starts_list {
            merged.push('\\');
        }
        // Some fonts number their bullets among characters of nobody.
        if *character == '•' && at == 0 || ('\u{e000}'..='\u{f8ff}').contains(character) {
            merged.push_str(if at == 0 { "\n- " } else { " " });
            continue;
        }
        merged.push(*character);
        if matches!(character, '.' | '!' | '?') && is_glued(&characters, at) {
            merged.push(' ');
        }
    }
}

/// Whether a sentence ends here and the next one begins at once: `the end.The next`.
fn is_glued(characters: &[char], at: usize) -> bool {
    let before = characters[..at].iter().rev().take(3);
    let after = characters.get(at + 1..at + 3).unwrap_or_default();
    before.clone().count() == 3
        && before.clone().all(|letter| letter.is_lowercase())
        && after.first().is_some_and(|letter| letter.is_uppercase())
        && after.get(1).is_some_and(|letter| letter.is_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::lines;
    use crate::markdown;

    fn check(structured: &str, plain: &str, expected: &[&str]) {
        let plain: Vec<&str> = plain.lines().collect();
        assert_eq!(lines(&markdown::read(&merge(structured, &plain))), expected);
    }

    #[test]
    fn order_comes_from_the_plain_page_and_structure_from_the_other() {
        check(
            "# Returns\n\nWithin 30 days, mul-ti part.\n\n- A receipt\n- Your card, which\n\n**Shop handbook**\n\n| Day | Opens |\n|---|---|\n| Monday | 9:00 |\n| Sunday | |",
            "Shop handbook\nReturns\nWithin 30 days,\nmulti part.\n• A receipt\n\u{f0b7} Your card, which\nyou paid with\n\nDay Opens\nMonday 9:00\nSunday\nAfter.",
            &[
                "h4 Shop handbook",
                "h1 Returns",
                "p Within 30 days, multi part.",
                "l • A receipt / • Your card, which you paid with",
                "r Day: Monday; Opens: 9:00 / Day: Sunday",
                "p After.",
            ],
        );
        check("**1** **Terms** We sell.", "1 Terms\nWe sell.", &["h4 1 Terms", "p We sell."]);
        check("**Note** that <b>.", "Note that <b>.", &["p Note that <b>."]);
        check("## A long\nheading", "A long\nheading\nText.", &["h2 A long", "p heading Text."]);
        check("## A long heading", "A long\nheading\nText.", &["h2 A long heading", "p Text."]);
    }

    #[test]
    fn words_are_no_marks() {
        check(
            "",
            "# not a heading\n*stars* & [links](x)",
            &["p # not a heading *stars* & [links](x)"],
        );
        check(
            "",
            "at the end.The next. See example.Com or v1.Two",
            &["p at the end. The next. See example. Com or v1.Two"],
        );
        check("", "1. first\n2. second", &["l 1. first / 2. second"]);
    }
}
