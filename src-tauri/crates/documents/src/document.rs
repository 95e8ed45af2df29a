//! What every reader of documents makes: blocks of clean text, without any marks.

use serde::{Deserialize, Serialize};

/// A document as its reader understood it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// The title it gives itself.
    pub title: Option<String>,
    /// What it says, in its order.
    pub blocks: Vec<Block>,
    /// Questions and answers that it marks as such for machines.
    pub faqs: Vec<Faq>,
}

/// One block of a document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Block {
    /// What follows stands on this page, counted from 1. Formats without pages have none.
    Page(u32),
    /// A heading.
    Heading {
        /// 1 is the highest.
        level: u8,
        /// Its words, in one line.
        text: String,
    },
    /// Running text; a line end inside means something.
    Paragraph(String),
    /// A list.
    List(Vec<Item>),
    /// Rows of a table, each `Header: value; Header: value`.
    Rows(Vec<String>),
}

/// One item of a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// What stands before it, such as `• `.
    pub mark: String,
    /// Its words, in one line.
    pub text: String,
}

/// A question with its answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Faq {
    /// The question, in one line.
    pub question: String,
    /// The answer.
    pub answer: String,
}

/// The mark of an item without a number.
pub const BULLET: &str = "• ";

/// One row of a table in words. Cells without a value say nothing.
pub fn row_text(header: &[String], cells: &[String]) -> String {
    let parts = cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty());
    let parts: Vec<String> = parts
        .map(|(column, cell)| match header.get(column).filter(|name| !name.is_empty()) {
            Some(name) => format!("{name}: {cell}"),
            None => cell.clone(),
        })
        .collect();
    parts.join("; ")
}

/// The rows of a table in words, its first row being the header. A table of one row is a row.
pub(crate) fn rows_text(rows: &[Vec<String>]) -> Vec<String> {
    let (header, rows): (&[String], _) = match rows {
        [] => return Vec::new(),
        [only] => (&[], std::slice::from_ref(only)),
        [header, rows @ ..] => (header, rows),
    };
    rows.iter().map(|row| row_text(header, row)).filter(|row| !row.is_empty()).collect()
}

impl Document {
    /// Whether nothing in it can be read.
    pub fn is_empty(&self) -> bool {
        self.faqs.is_empty() && self.blocks.iter().all(|block| matches!(block, Block::Page(_)))
    }

    /// The bytes of its text.
    pub(crate) fn text_bytes(&self) -> usize {
        let blocks = self.blocks.iter().map(|block| match block {
            Block::Page(_) => 0,
            Block::Heading { text, .. } | Block::Paragraph(text) => text.len(),
            Block::List(items) => items.iter().map(|item| item.text.len()).sum(),
            Block::Rows(rows) => rows.iter().map(String::len).sum(),
        });
        let faqs = self.faqs.iter().map(|faq| faq.question.len() + faq.answer.len());
        blocks.sum::<usize>() + faqs.sum::<usize>()
    }
}

/// A document in short lines, for tests.
#[cfg(test)]
pub(crate) fn lines(document: &Document) -> Vec<String> {
    let line = |block: &Block| match block {
        Block::Page(number) => format!("page {number}"),
        Block::Heading { level, text } => format!("h{level} {text}"),
        Block::Paragraph(text) => format!("p {text}"),
        Block::List(items) => {
            let items: Vec<String> =
                items.iter().map(|item| format!("{}{}", item.mark, item.text)).collect();
            format!("l {}", items.join(" / "))
        }
        Block::Rows(rows) => format!("r {}", rows.join(" / ")),
    };
    document.blocks.iter().map(line).collect()
}
