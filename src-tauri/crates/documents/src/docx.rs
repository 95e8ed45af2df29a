//! Reads Word documents: headings by style, lists, tables. What was deleted stays deleted.

mod styles;

use styles::{Numbering, Styles};

use crate::document::{BULLET, Block, Document, Item, rows_text};
use crate::package::Package;
use crate::xml::{Element, Node};
use crate::{DocumentError, Limits, hygiene};

/// Reads a Word document.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<Document, DocumentError> {
    let mut package = Package::open(bytes, limits)?;
    let Some(root) = package.xml("word/document.xml")? else {
        return Err(DocumentError::OtherKind {
            found: "another packed file".to_owned(),
            named: "a Word document".to_owned(),
        });
    };
    let styles = package.xml("word/styles.xml")?.map(|root| Styles::from(&root));
    let numbering = package.xml("word/numbering.xml")?.map(|root| Numbering::from(&root));
    let mut reader = Reader {
        styles: styles.unwrap_or_default(),
        numbering: numbering.unwrap_or_default(),
        ..Reader::default()
    };
    if let Some(body) = root.child("body") {
        reader.blocks(body);
    }
    reader.end_list();
    if let Some(notes) = package.xml("word/footnotes.xml")? {
        reader.blocks_of(&notes, "footnote");
    }
    Ok(reader.document)
}

#[derive(Default)]
struct Reader {
    styles: Styles,
    numbering: Numbering,
    document: Document,
    items: Vec<Item>,
    /// How far each list has been counted, by its number and level.
    counted: Vec<((Box<str>, u8), u32)>,
}

impl Reader {
    fn blocks(&mut self, element: &Element) {
        for child in element.elements() {
            match &*child.name {
                "p" => self.paragraph(child),
                "tbl" => self.table(child),
                // Wrappers: content controls, accepted insertions, tagged parts.
                "sdt" | "sdtContent" | "ins" | "moveTo" | "customXml" | "smartTag" => {
                    self.blocks(child);
                }
                _ => {}
            }
        }
    }

    fn blocks_of(&mut self, root: &Element, name: &str) {
        for note in root.elements().filter(|element| &*element.name == name) {
            // Two of them only hold the line above the notes.
            if note.attribute("type").is_none() {
                self.blocks(note);
            }
        }
        self.end_list();
    }

    fn paragraph(&mut self, paragraph: &Element) {
        let mut words = String::new();
        let mut boxes = Vec::new();
        run_text(paragraph, &mut words, &mut boxes);
        let properties = paragraph.child("pPr");
        let style = properties.and_then(|it| it.child("pStyle")).and_then(|it| it.attribute("val"));
        let lines: Vec<String> =
            words.lines().map(hygiene::one_line).filter(|line| !line.is_empty()).collect();
        if !lines.is_empty() {
            let direct = properties
                .and_then(|it| it.child("outlineLvl"))
                .and_then(|it| it.attribute("val"))
                .and_then(|level| level.parse::<u8>().ok())
                .filter(|level| *level < 9);
            let level = direct.map(|level| level + 1).or_else(|| self.styles.level(style));
            if self.styles.is_title(style) && self.document.title.is_none() {
                let text = hygiene::normalise(&lines.join(" "));
                self.document.title = Some(text.clone());
                self.push(Block::Heading { level: 1, text });
            } else if let Some(level) = level {
                let text = hygiene::normalise(&lines.join(" "));
                self.push(Block::Heading { level, text });
            } else if let Some(mark) = self.mark(properties, style) {
                self.items.push(Item { mark, text: lines.join(" ") });
            } else {
                self.push(Block::Paragraph(lines.join("\n")));
            }
        }
        for text_box in boxes {
            self.blocks(text_box);
        }
    }

    /// What stands before a paragraph that is an item of a list.
    fn mark(&mut self, properties: Option<&Element>, style: Option<&str>) -> Option<String> {
        let own = properties.and_then(|it| it.child("numPr"));
        let value = |name: &str| own?.child(name)?.attribute("val").map(str::to_owned);
        let number = value("numId").or_else(|| self.styles.list(style).map(str::to_owned))?;
        if number == "0" {
            return None;
        }
        let level = value("ilvl").and_then(|level| level.parse().ok()).unwrap_or(0);
        if !self.numbering.counts(&number, level) {
            return Some(BULLET.to_owned());
        }
        let key = (number.into_boxed_str(), level);
        // An outer item starts the inner ones again.
        self.counted.retain(|((list, inner), _)| *list != key.0 || *inner <= level);
        let count = match self.counted.iter_mut().find(|(known, _)| *known == key) {
            Some((_, count)) => {
                *count += 1;
                *count
            }
            None => {
                self.counted.push((key, 1));
                1
            }
        };
        Some(format!("{count}. "))
    }

    fn table(&mut self, table: &Element) {
        let mut rows: Vec<Vec<String>> = Vec::new();
        let mut found = Vec::new();
        rows_of(table, &mut found);
        for row in found {
            let mut cells: Vec<String> = Vec::new();
            for cell in row.elements().filter(|cell| &*cell.name == "tc") {
                let properties = cell.child("tcPr");
                let property = |name: &str| properties.and_then(|it| it.child(name));
                let goes_on = property("vMerge")
                    .is_some_and(|merge| merge.attribute("val").unwrap_or("continue") != "restart");
                let above = rows.last().and_then(|row| row.get(cells.len()));
                let text = match above.filter(|_| goes_on) {
                    Some(above) => above.clone(),
                    None => cell_text(cell),
                };
                let span = property("gridSpan").and_then(|it| it.attribute("val")?.parse().ok());
                cells.push(text);
                // What spans columns stands in the first; the others keep the rest in line.
                for _ in 1..span.unwrap_or(1_usize).min(64) {
                    cells.push(String::new());
                }
            }
            rows.push(cells);
        }
        let rows = rows_text(&rows);
        if !rows.is_empty() {
            self.push(Block::Rows(rows));
        }
    }

    fn push(&mut self, block: Block) {
        self.end_list();
        self.document.blocks.push(block);
    }

    fn end_list(&mut self) {
        let items = std::mem::take(&mut self.items);
        if !items.is_empty() {
            self.document.blocks.push(Block::List(items));
        }
    }
}

fn rows_of<'a>(element: &'a Element, found: &mut Vec<&'a Element>) {
    for child in element.elements() {
        match &*child.name {
            "tr" => found.push(child),
            "sdt" | "sdtContent" | "ins" | "customXml" => rows_of(child, found),
            _ => {}
        }
    }
}

fn cell_text(cell: &Element) -> String {
    let mut paragraphs = Vec::new();
    cell.all("p", &mut paragraphs);
    let mut text = String::new();
    for paragraph in paragraphs {
        run_text(paragraph, &mut text, &mut Vec::new());
        text.push(' ');
    }
    hygiene::normalise(&text)
}

/// The words of a paragraph, without what was deleted, what is only code, and what stands in
/// boxes: those are blocks of their own.
fn run_text<'a>(element: &'a Element, words: &mut String, boxes: &mut Vec<&'a Element>) {
    for child in element.elements() {
        match &*child.name {
            "t" => child.children.iter().for_each(|node| {
                if let Node::Text(text) = node {
                    words.push_str(text);
                }
            }),
            "tab" | "ptab" => words.push(' '),
            "br" | "cr" => words.push('\n'),
            "noBreakHyphen" => words.push('-'),
            "txbxContent" => boxes.push(child),
            // The same content again for older programs; and what is no text of this document.
            "Fallback" | "del" | "moveFrom" | "delText" | "instrText" | "pPr" | "rPr" => {}
            _ => run_text(child, words, boxes),
        }
    }
}

#[cfg(test)]
mod tests;
