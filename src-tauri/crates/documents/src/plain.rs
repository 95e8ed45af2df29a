//! Reads plain text: blank lines part paragraphs; a line in capitals or underlined is a heading.

use crate::document::{BULLET, Block, Document, Item};
use crate::hygiene;

const HEADING_CHARACTERS: usize = 80;

/// Reads a plain text.
pub(crate) fn read(source: &str) -> Document {
    let lines: Vec<&str> = source.lines().map(str::trim).collect();
    let mut document = Document::default();
    let mut open = Open::default();
    let mut at = 0;
    while at < lines.len() {
        let line = lines[at];
        let under = lines.get(at + 1).copied().unwrap_or_default();
        let starts_block = at == 0 || lines[at - 1].is_empty();
        if let Some(level) = underline(line, under) {
            open.close(&mut document);
            push_heading(&mut document, level, line);
            at += 2;
            continue;
        }
        if line.is_empty() {
            open.close(&mut document);
        } else if starts_block && is_capitals(line) {
            open.close(&mut document);
            push_heading(&mut document, 2, line);
        } else if document.blocks.is_empty() && open.is_empty() && is_title(line, under) {
            push_heading(&mut document, 1, line);
        } else {
            open.push(line, &mut document);
        }
        at += 1;
    }
    open.close(&mut document);
    document
}

fn push_heading(document: &mut Document, level: u8, line: &str) {
    let text = hygiene::normalise(line);
    if document.title.is_none() && document.blocks.is_empty() {
        document.title = Some(text.clone());
        document.blocks.push(Block::Heading { level: 1, text });
    } else {
        document.blocks.push(Block::Heading { level, text });
    }
}

/// The level of a heading that the next line underlines.
fn underline(line: &str, under: &str) -> Option<u8> {
    let drawn = |mark: char| under.len() >= 3 && under.chars().all(|character| character == mark);
    if line.chars().count() > HEADING_CHARACTERS || !line.chars().any(char::is_alphabetic) {
        return None;
    }
    if drawn('=') {
        return Some(1);
    }
    drawn('-').then_some(2)
}

fn is_capitals(line: &str) -> bool {
    let letters = line.chars().filter(|character| character.is_alphabetic());
    let (capitals, others) = letters.fold((0, 0), |(capitals, others), letter| {
        if letter.is_uppercase() { (capitals + 1, others) } else { (capitals, others + 1) }
    });
    capitals >= 2
        && others == 0
        && line.chars().count() <= HEADING_CHARACTERS
        && !line.ends_with(['.', '!', ','])
        && item(line).is_none()
}

/// A short first line by itself names the document.
fn is_title(line: &str, under: &str) -> bool {
    under.is_empty()
        && line.chars().count() <= HEADING_CHARACTERS
        && !line.ends_with(['.', '!', '?', ':', ',', ';'])
        && item(line).is_none()
}

/// The item a line is, if it is one.
fn item(line: &str) -> Option<Item> {
    let bullet = line.strip_prefix(['-', '*', '•', '+', '–', '·']);
    if let Some(rest) = bullet.filter(|rest| rest.starts_with(char::is_whitespace)) {
        return Some(Item { mark: BULLET.to_owned(), text: hygiene::one_line(rest) });
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = line[digits..].strip_prefix(['.', ')'])?;
    let is_step = (1..=2).contains(&digits) && rest.starts_with(char::is_whitespace);
    is_step.then(|| Item { mark: format!("{}. ", &line[..digits]), text: hygiene::one_line(rest) })
}

/// The paragraph or list that the next line may continue.
#[derive(Default)]
struct Open {
    words: String,
    items: Vec<Item>,
}

impl Open {
    fn is_empty(&self) -> bool {
        self.words.is_empty() && self.items.is_empty()
    }

    fn push(&mut self, line: &str, document: &mut Document) {
        if let Some(item) = item(line) {
            if !self.words.is_empty() {
                self.close(document);
            }
            self.items.push(item);
            return;
        }
        // A line below an item goes on with it.
        let words = match self.items.last_mut() {
            Some(item) => &mut item.text,
            None => &mut self.words,
        };
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(&hygiene::one_line(line));
    }

    fn close(&mut self, document: &mut Document) {
        let items = std::mem::take(&mut self.items);
        if !items.is_empty() {
            document.blocks.push(Block::List(items));
        }
        let words = std::mem::take(&mut self.words);
        if !words.is_empty() {
            document.blocks.push(Block::Paragraph(words));
        }
    }
}

#[cfg(test)]
mod tests;
