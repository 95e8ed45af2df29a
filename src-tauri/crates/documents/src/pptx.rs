//! Reads presentations: one page for each slide, its title as the heading.

use crate::document::{BULLET, Block, Document, Item, rows_text};
use crate::package::Package;
use crate::xml::{Element, Node};
use crate::{DocumentError, Limits, hygiene};

/// Reads a presentation. Returns the slides without text too.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<(Document, Vec<u32>), DocumentError> {
    let mut package = Package::open(bytes, limits)?;
    let slides = slides(&mut package)?;
    if slides.is_empty() {
        return Err(DocumentError::OtherKind {
            found: "another packed file".to_owned(),
            named: "a presentation".to_owned(),
        });
    }
    let mut document = Document::default();
    let mut empty = Vec::new();
    for (number, name) in (1_u32..).zip(slides) {
        let Some(slide) = package.xml(&name)? else { continue };
        document.blocks.push(Block::Page(number));
        let before = document.blocks.len();
        shapes(&slide, &mut document);
        if document.blocks.len() == before {
            empty.push(number);
        }
    }
    Ok((document, empty))
}

/// The slides' names in the order in which they are shown.
fn slides(package: &mut Package<'_>) -> Result<Vec<String>, DocumentError> {
    let relations = package.xml("ppt/_rels/presentation.xml.rels")?;
    let presentation = package.xml("ppt/presentation.xml")?;
    let (Some(relations), Some(presentation)) = (relations, presentation) else {
        return Ok(Vec::new());
    };
    let target = |id: &str| {
        let found = relations.elements().find(|relation| relation.attribute("Id") == Some(id))?;
        Some(format!("ppt/{}", found.attribute("Target")?.trim_start_matches("/ppt/")))
    };
    let list = presentation.child("sldIdLst");
    let ids = list.into_iter().flat_map(Element::elements);
    Ok(ids.filter_map(|slide| target(slide.relation()?)).collect())
}

fn shapes(element: &Element, document: &mut Document) {
    for child in element.elements() {
        match &*child.name {
            "sp" => shape(child, document),
            "tbl" => table(child, document),
            "Fallback" => {}
            _ => shapes(child, document),
        }
    }
}

fn shape(shape: &Element, document: &mut Document) {
    let kind = shape.at(&["nvSpPr", "nvPr", "ph"]).map(|it| it.attribute("type").unwrap_or("body"));
    // Numbers, dates and footers repeat on every slide.
    if matches!(kind, Some("sldNum" | "dt" | "ftr" | "hdr")) {
        return;
    }
    let mut paragraphs = Vec::new();
    shape.all("p", &mut paragraphs);
    let texts: Vec<String> = paragraphs.iter().map(|paragraph| words(paragraph)).collect();
    let texts: Vec<String> = texts.into_iter().filter(|text| !text.is_empty()).collect();
    if texts.is_empty() {
        return;
    }
    match kind {
        Some("title" | "ctrTitle") => {
            let text = hygiene::normalise(&texts.join(" "));
            document.title.get_or_insert_with(|| text.clone());
            document.blocks.push(Block::Heading { level: 2, text });
        }
        Some("body") => {
            let item = |text| Item { mark: BULLET.to_owned(), text };
            document.blocks.push(Block::List(texts.into_iter().map(item).collect()));
        }
        _ => document.blocks.push(Block::Paragraph(texts.join("\n"))),
    }
}

fn table(table: &Element, document: &mut Document) {
    let rows = table.elements().filter(|row| &*row.name == "tr");
    let rows: Vec<Vec<String>> = rows
        .map(|row| {
            let cells = row.elements().filter(|cell| &*cell.name == "tc");
            cells.map(|cell| hygiene::normalise(&words(cell))).collect()
        })
        .collect();
    let rows = rows_text(&rows);
    if !rows.is_empty() {
        document.blocks.push(Block::Rows(rows));
    }
}

/// The words of a paragraph or cell in one line.
fn words(element: &Element) -> String {
    let mut text = String::new();
    push_words(element, &mut text);
    hygiene::one_line(&text)
}

fn push_words(element: &Element, text: &mut String) {
    for child in element.elements() {
        match &*child.name {
            "t" => child.children.iter().for_each(|node| {
                if let Node::Text(words) = node {
                    text.push_str(words);
                }
            }),
            "br" => text.push(' '),
            "p" => {
                push_words(child, text);
                text.push(' ');
            }
            _ => push_words(child, text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::lines;
    use crate::package::pack;

    #[test]
    fn slides_are_pages_in_the_order_of_the_show() {
        let slide = |title: &str, text: &str| {
            format!(
                "<p:sld xmlns:p='p' xmlns:a='a'><p:sp><p:nvSpPr><p:nvPr><p:ph type='title'/>\
                 </p:nvPr></p:nvSpPr><a:p><a:r><a:t>{title}</a:t></a:r></a:p></p:sp><p:sp>\
                 <p:nvSpPr><p:nvPr><p:ph/></p:nvPr></p:nvSpPr><a:p><a:r><a:t>{text}</a:t></a:r>\
                 </a:p></p:sp></p:sld>"
            )
        };
        let bytes = pack(&[
            (
                "ppt/presentation.xml",
                "<p:presentation xmlns:p='p' xmlns:r='r'><p:sldIdLst><p:sldId id='256' r:id='rId2'/>\
                 <p:sldId id='257' r:id='rId1'/><p:sldId id='258' r:id='rId3'/></p:sldIdLst>\
                 </p:presentation>",
            ),
            (
                "ppt/_rels/presentation.xml.rels",
                "<Relationships><Relationship Id='rId1' Target='slides/slide1.xml'/><Relationship \
                 Id='rId2' Target='slides/slide2.xml'/><Relationship Id='rId3' \
                 Target='slides/slide3.xml'/></Relationships>",
            ),
            ("ppt/slides/slide1.xml", &slide("Prices", "A kayak costs 25.")),
            ("ppt/slides/slide2.xml", &slide("Welcome", "Open daily.")),
            ("ppt/slides/slide3.xml", "<p:sld xmlns:p='p'/>"),
        ]);
        let (document, empty) = read(&bytes, &Limits::default()).unwrap();
        assert_eq!(
            lines(&document),
            [
                "page 1",
                "h2 Welcome",
                "l • Open daily.",
                "page 2",
                "h2 Prices",
                "l • A kayak costs 25.",
                "page 3"
            ]
        );
        assert_eq!((document.title.as_deref(), empty), (Some("Welcome"), vec![3]));
    }
}
