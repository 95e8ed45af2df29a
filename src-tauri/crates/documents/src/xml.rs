//! A small tree of XML, for the parts of office files. Names lose their prefixes.
//!
//! Entities of a document's own are never expanded, so a file cannot multiply itself; nesting is
//! limited, so that walking the tree needs little stack.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::{DocumentError, Limits};

/// Most elements and texts of one part; a tree takes far more memory than its file.
const NODES: usize = 4_000_000;

/// An element.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Element {
    pub(crate) name: Box<str>,
    attributes: Vec<(Box<str>, Box<str>)>,
    pub(crate) children: Vec<Node>,
}

/// What an element holds.
#[derive(Debug, PartialEq)]
pub(crate) enum Node {
    Element(Element),
    Text(Box<str>),
}

impl Element {
    /// An attribute by its name without a prefix.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(known, _)| &**known == name);
        found.map(|(_, value)| &**value)
    }

    /// The attribute `r:id`, by which parts of an office file name each other. A plain `id` may stand
    /// beside it.
    pub(crate) fn relation(&self) -> Option<&str> {
        let ids = self.attributes.iter().filter(|(name, _)| &**name == "id");
        ids.map(|(_, value)| &**value)
            .find(|id| !id.starts_with(|first: char| first.is_ascii_digit()))
    }

    /// The elements right inside.
    pub(crate) fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The first element of a name right inside.
    pub(crate) fn child(&self, name: &str) -> Option<&Element> {
        self.elements().find(|element| &*element.name == name)
    }

    /// The first element along a path of names.
    pub(crate) fn at(&self, path: &[&str]) -> Option<&Element> {
        path.iter().try_fold(self, |element, name| element.child(name))
    }

    /// Every element of a name anywhere inside, in their order; those inside one another too.
    pub(crate) fn all<'a>(&'a self, name: &str, found: &mut Vec<&'a Element>) {
        for element in self.elements() {
            if &*element.name == name {
                found.push(element);
            }
            element.all(name, found);
        }
    }

    /// All its text.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        self.push_text(&mut text);
        text
    }

    fn push_text(&self, text: &mut String) {
        for node in &self.children {
            match node {
                Node::Element(element) => element.push_text(text),
                Node::Text(words) => text.push_str(words),
            }
        }
    }
}

/// Parses a part; its root element.
pub(crate) fn parse(bytes: &[u8]) -> Result<Element, DocumentError> {
    let text = crate::decode::xml_text(bytes);
    let mut reader = Reader::from_str(&text);
    let config = reader.config_mut();
    config.allow_dangling_amp = true;
    config.check_end_names = true;
    let mut open: Vec<Element> = vec![Element::default()];
    let mut nodes = 0_usize;
    loop {
        let event = reader.read_event().map_err(DocumentError::damaged)?;
        nodes += 1;
        if nodes > NODES {
            return Err(DocumentError::Bomb { what: format!("has more than {NODES} elements") });
        }
        let innermost = open.last_mut().ok_or_else(|| DocumentError::damaged("it ends twice"))?;
        match event {
            Event::Start(start) => {
                open.push(element(&start));
                if open.len() > Limits::DEPTH {
                    let what = format!("nests more than {} elements", Limits::DEPTH);
                    return Err(DocumentError::Bomb { what });
                }
            }
            Event::Empty(start) => innermost.children.push(Node::Element(element(&start))),
            Event::End(_) => {
                let done = open.pop().unwrap_or_default();
                match open.last_mut() {
                    Some(outer) => outer.children.push(Node::Element(done)),
                    None => return Err(DocumentError::damaged("it ends twice")),
                }
            }
            Event::Text(words) => innermost.children.push(Node::Text(words.xml10_content().into())),
            Event::CData(words) => {
                innermost.children.push(Node::Text(words.xml10_content().into()))
            }
            Event::GeneralRef(reference) => {
                let character = match reference.resolve_char_ref() {
                    Ok(Some(character)) => Some(character),
                    _ => named(&reference),
                };
                if let Some(character) = character {
                    innermost.children.push(Node::Text(character.to_string().into()));
                }
            }
            Event::Eof => break,
            Event::Decl(_) | Event::PI(_) | Event::DocType(_) | Event::Comment(_) => {}
        }
    }
    if open.len() > 1 {
        return Err(DocumentError::damaged("it ends in the middle"));
    }
    let root = open.pop().and_then(|outside| {
        outside.children.into_iter().find_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    });
    root.ok_or_else(|| DocumentError::damaged("a part of it is empty"))
}

/// The five names that every XML file may use.
fn named(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => return None,
    })
}

fn element(start: &BytesStart<'_>) -> Element {
    let mut attributes = start.attributes();
    let attributes = attributes.with_checks(false).flatten().map(|attribute| {
        let name = attribute.key.local_name().into_inner().into();
        let value = attribute.normalized_value(quick_xml::XmlVersion::Explicit1_0);
        (name, value.unwrap_or_default().into())
    });
    Element {
        attributes: attributes.collect(),
        name: start.local_name().into_inner().into(),
        children: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_refused(source: &str, part: &str) {
        let message = parse(source.as_bytes()).unwrap_err().to_string();
        assert!(message.contains(part), "{message}");
    }

    #[test]
    fn names_texts_and_attributes_are_found() {
        let root = parse(
            b"<?xml version='1.0'?><w:a><w:b w:val='1 &amp; 2'>x &lt; y&#33;</w:b><b/>z</w:a>",
        )
        .unwrap();
        assert_eq!(&*root.name, "a");
        assert_eq!(root.child("b").and_then(|b| b.attribute("val")), Some("1 & 2"));
        assert_eq!(root.text(), "x < y!z");
        assert_eq!(root.elements().count(), 2);
    }

    #[test]
    fn hostile_trees_are_refused() {
        check_refused("", "empty");
        check_refused("<a><b></a>", "damaged");
        check_refused("<a>", "ends in the middle");
        check_refused(&format!("{}x{}", "<a>".repeat(400), "</a>".repeat(400)), "nests more");
        let laughs = "<!DOCTYPE a [<!ENTITY b 'ha'><!ENTITY c '&b;&b;&b;&b;'>]><a>&c;&c;!</a>";
        assert_eq!(parse(laughs.as_bytes()).unwrap().text(), "!");
    }
}
