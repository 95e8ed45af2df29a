//! Reads Markdown. Marks go, words stay: what a link says and not where it leads.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::document::{BULLET, Block, Document, Item, row_text};
use crate::html;
use crate::hygiene;

/// Reads a Markdown document.
pub(crate) fn read(source: &str) -> Document {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let mut reader = Reader::default();
    for event in Parser::new_ext(source, options) {
        reader.take(event);
    }
    reader.end_list();
    reader.document
}

/// What is open at this place of the document.
#[derive(Default)]
struct Reader {
    document: Document,
    /// Words of the innermost open block.
    words: String,
    /// Numbers of the open lists; `None` for bullets.
    lists: Vec<Option<u64>>,
    items: Vec<Item>,
    /// The mark of the open item that has no words yet.
    mark: Option<String>,
    header: Vec<String>,
    cells: Vec<String>,
    rows: Vec<String>,
    in_table: bool,
    is_skipped: bool,
}

impl Reader {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(words) | Event::Code(words) => self.push(&words),
            Event::InlineMath(words) | Event::DisplayMath(words) => self.push(&words),
            Event::SoftBreak => self.push(" "),
            Event::HardBreak => self.push(if self.in_table { " " } else { "\n" }),
            // `<br>` is the one tag that people write for its effect on words.
            Event::InlineHtml(tag) => {
                if tag.to_ascii_lowercase().starts_with("<br") {
                    self.push(" ");
                }
            }
            Event::Html(line) => self.push(&line),
            Event::FootnoteReference(_) | Event::Rule | Event::TaskListMarker(_) => {}
        }
    }

    fn push(&mut self, words: &str) {
        if !self.is_skipped {
            self.words.push_str(words);
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Heading { .. } => self.end_list(),
            Tag::List(first) => {
                self.end_words();
                self.lists.push(first);
            }
            Tag::Item => {
                self.end_words();
                self.mark = Some(self.next_mark());
            }
            Tag::Table(_) => {
                self.end_list();
                self.in_table = true;
            }
            Tag::TableHead | Tag::TableRow => self.cells.clear(),
            Tag::TableCell => self.words.clear(),
            Tag::MetadataBlock(_) => self.is_skipped = true,
            Tag::Paragraph | Tag::CodeBlock(_) | Tag::BlockQuote(_) | Tag::HtmlBlock => {
                self.end_words();
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(level) => {
                let text = hygiene::normalise(&std::mem::take(&mut self.words));
                if !text.is_empty() {
                    // The first heading is the document's name, whatever its level.
                    self.document.title.get_or_insert_with(|| text.clone());
                    self.document.blocks.push(Block::Heading { level: level as u8, text });
                }
            }
            TagEnd::List(_) => {
                self.end_words();
                self.lists.pop();
                if self.lists.is_empty() {
                    self.end_list();
                }
            }
            TagEnd::HtmlBlock => {
                self.words = html::words_of(&std::mem::take(&mut self.words));
                self.end_words();
            }
            TagEnd::Paragraph | TagEnd::CodeBlock | TagEnd::Item => self.end_words(),
            TagEnd::TableCell => {
                self.cells.push(hygiene::normalise(&std::mem::take(&mut self.words)));
            }
            TagEnd::TableHead => self.header = std::mem::take(&mut self.cells),
            TagEnd::TableRow => {
                let row = row_text(&self.header, &self.cells);
                if !row.is_empty() {
                    self.rows.push(row);
                }
            }
            TagEnd::Table => {
                self.in_table = false;
                let rows = std::mem::take(&mut self.rows);
                if !rows.is_empty() {
                    self.document.blocks.push(Block::Rows(rows));
                }
            }
            TagEnd::MetadataBlock(_) => self.is_skipped = false,
            _ => {}
        }
    }

    fn next_mark(&mut self) -> String {
        match self.lists.last_mut() {
            Some(Some(number)) => {
                let mark = format!("{number}. ");
                *number += 1;
                mark
            }
            Some(None) | None => BULLET.to_owned(),
        }
    }

    /// Closes the open words: a paragraph, or an item of the open list.
    fn end_words(&mut self) {
        let words = std::mem::take(&mut self.words);
        let lines: Vec<String> =
            words.lines().map(hygiene::one_line).filter(|line| !line.is_empty()).collect();
        if lines.is_empty() {
            return;
        }
        if self.lists.is_empty() {
            self.document.blocks.push(Block::Paragraph(lines.join("\n")));
            return;
        }
        let text = lines.join(" ");
        match (self.mark.take(), self.items.last_mut()) {
            // A second paragraph of the same item goes on in its line.
            (None, Some(item)) => {
                item.text.push(' ');
                item.text.push_str(&text);
            }
            (mark, _) => {
                let mark = mark.unwrap_or_else(|| BULLET.to_owned());
                self.items.push(Item { mark, text });
            }
        }
    }

    fn end_list(&mut self) {
        self.end_words();
        let items = std::mem::take(&mut self.items);
        if !items.is_empty() {
            self.document.blocks.push(Block::List(items));
        }
    }
}

#[cfg(test)]
mod tests;
