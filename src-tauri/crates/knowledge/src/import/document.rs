//! What every reader of documents makes: blocks of clean text, without any marks.

/// A document as its reader understood it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Document {
    /// The title it gives itself.
    pub(crate) title: Option<String>,
    pub(crate) blocks: Vec<Block>,
}

/// One block of a document.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Block {
    Heading {
        /// 1 is the highest.
        level: u8,
        text: String,
    },
    /// Running text; a line end inside means something.
    Paragraph(String),
    List(Vec<Item>),
    /// Rows of a table, each `Header: value; Header: value`.
    Rows(Vec<String>),
}

/// One item of a list.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Item {
    /// What stands before it, such as `• `.
    pub(crate) mark: String,
    pub(crate) text: String,
}

pub(crate) const BULLET: &str = "• ";

/// One row of a table in words. Cells without a value say nothing.
pub(crate) fn row_text(header: &[String], cells: &[String]) -> String {
    let parts = cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty());
    let parts: Vec<String> = parts
        .map(|(column, cell)| match header.get(column).filter(|name| !name.is_empty()) {
            Some(name) => format!("{name}: {cell}"),
            None => cell.clone(),
        })
        .collect();
    parts.join("; ")
}

/// A document in short lines, for tests.
#[cfg(test)]
pub(crate) fn lines(document: &Document) -> Vec<String> {
    let line = |block: &Block| match block {
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
