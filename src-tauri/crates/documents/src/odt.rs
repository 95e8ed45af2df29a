//! Reads OpenDocument texts: headings, lists, tables.

use crate::document::{BULLET, Block, Document, Item, rows_text};
use crate::package::Package;
use crate::xml::{Element, Node};
use crate::{DocumentError, Limits, hygiene};

/// Cells and columns that a file says are repeated, at most.
const REPEATED: usize = 64;

/// Reads an OpenDocument text.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<Document, DocumentError> {
    let mut package = Package::open(bytes, limits)?;
    let manifest = package.member("META-INF/manifest.xml")?.unwrap_or_default();
    if manifest.windows(15).any(|part| part == b"encryption-data") {
        return Err(DocumentError::Locked);
    }
    let root = package.xml("content.xml")?;
    let text = root.as_ref().and_then(|root| root.at(&["body", "text"]));
    let Some(text) = text else {
        return Err(DocumentError::OtherKind {
            found: "another packed file".to_owned(),
            named: "an OpenDocument text".to_owned(),
        });
    };
    let mut document = Document::default();
    blocks(text, &mut document);
    let meta = package.xml("meta.xml")?;
    let title = meta.as_ref().and_then(|root| root.at(&["meta", "title"]));
    let title = title.map(|title| hygiene::normalise(&title.text()));
    document.title = document.title.or(title.filter(|title| !title.is_empty()));
    Ok(document)
}

fn blocks(element: &Element, document: &mut Document) {
    for child in element.elements() {
        match &*child.name {
            "h" => {
                let level = child.attribute("outline-level").and_then(|level| level.parse().ok());
                let text = hygiene::normalise(&words(child));
                if !text.is_empty() {
                    document.blocks.push(Block::Heading { level: level.unwrap_or(1), text });
                }
            }
            "p" => paragraph(child, document),
            "list" => {
                let mut items = Vec::new();
                list(child, &mut items);
                if !items.is_empty() {
                    document.blocks.push(Block::List(items));
                }
            }
            "table" => table(child, document),
            // What was deleted and is only kept to show the change, and the lists of chapters.
            "tracked-changes" | "table-of-content" => {}
            _ => blocks(child, document),
        }
    }
}

fn paragraph(element: &Element, document: &mut Document) {
    let text = words(element);
    let lines: Vec<String> =
        text.lines().map(hygiene::one_line).filter(|line| !line.is_empty()).collect();
    if lines.is_empty() {
        return;
    }
    let is_title = element.attribute("style-name") == Some("Title");
    if is_title && document.title.is_none() {
        let text = hygiene::normalise(&lines.join(" "));
        document.title = Some(text.clone());
        document.blocks.push(Block::Heading { level: 1, text });
    } else {
        document.blocks.push(Block::Paragraph(lines.join("\n")));
    }
}

fn list(element: &Element, items: &mut Vec<Item>) {
    for item in element.elements() {
        let mut text = String::new();
        for part in item.elements() {
            match &*part.name {
                "p" | "h" => {
                    text.push(' ');
                    text.push_str(&words(part));
                }
                _ => {}
            }
        }
        let text = hygiene::one_line(&text);
        if !text.is_empty() {
            items.push(Item { mark: BULLET.to_owned(), text });
        }
        item.elements().filter(|part| &*part.name == "list").for_each(|inner| list(inner, items));
    }
}

fn table(element: &Element, document: &mut Document) {
    let mut found = Vec::new();
    element.all("table-row", &mut found);
    let rows: Vec<Vec<String>> = found
        .iter()
        .map(|row| {
            let mut cells = Vec::new();
            for cell in row.elements() {
                let text = hygiene::normalise(&spaced(cell));
                let times = cell.attribute("number-columns-repeated");
                let times = times.and_then(|times| times.parse().ok()).unwrap_or(1);
                cells.extend(std::iter::repeat_n(text, times.min(REPEATED)));
            }
            cells
        })
        .filter(|row| row.iter().any(|cell| !cell.is_empty()))
        .collect();
    let rows = rows_text(&rows);
    if !rows.is_empty() {
        document.blocks.push(Block::Rows(rows));
    }
}

/// The words of a cell, its paragraphs apart.
fn spaced(cell: &Element) -> String {
    let parts: Vec<String> = cell.elements().map(words).collect();
    parts.join(" ")
}

fn words(element: &Element) -> String {
    let mut text = String::new();
    push_words(element, &mut text);
    text
}

fn push_words(element: &Element, text: &mut String) {
    for node in &element.children {
        match node {
            Node::Text(words) => text.push_str(words),
            Node::Element(child) => match &*child.name {
                "s" | "tab" => text.push(' '),
                "line-break" => text.push('\n'),
                "annotation" | "note-citation" => {}
                "note" | "note-body" | "text-box" => {
                    text.push(' ');
                    push_words(child, text);
                }
                _ => push_words(child, text),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::lines;
    use crate::package::pack;

    #[test]
    fn headings_lists_and_tables_are_read() {
        let content = "<o:document-content xmlns:o='o' xmlns:t='t'><o:body><o:text>\
            <t:p t:style-name='Title'>Handbook</t:p><t:h t:outline-level='2'>Returns</t:h>\
            <t:p>Within<t:s/>30 <t:span>days</t:span>.<t:line-break/>Dry.</t:p>\
            <t:list><t:list-item><t:p>one</t:p><t:list><t:list-item><t:p>inner</t:p></t:list-item>\
            </t:list></t:list-item></t:list>\
            <t:table><t:table-row><t:table-cell><t:p>Day</t:p></t:table-cell><t:table-cell>\
            <t:p>Opens</t:p></t:table-cell></t:table-row><t:table-row><t:table-cell><t:p>Mon</t:p>\
            </t:table-cell><t:table-cell t:number-columns-repeated='9999999'><t:p>9</t:p>\
            </t:table-cell></t:table-row></t:table></o:text></o:body></o:document-content>";
        let document = read(&pack(&[("content.xml", content)]), &Limits::default()).unwrap();
        let lines = lines(&document);
        assert_eq!(document.title.as_deref(), Some("Handbook"));
        assert_eq!(
            lines[..4],
            ["h1 Handbook", "h2 Returns", "p Within 30 days.\nDry.", "l • one / • inner"]
        );
        assert!(lines[4].starts_with("r Day: Mon; Opens: 9; 9"), "{}", lines[4]);
    }

    #[test]
    fn a_locked_document_is_refused() {
        let bytes = pack(&[("META-INF/manifest.xml", "<m:encryption-data/>"), ("content.xml", "")]);
        assert_eq!(read(&bytes, &Limits::default()), Err(DocumentError::Locked));
    }
}
