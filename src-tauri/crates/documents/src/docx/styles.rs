//! What styles and lists of a Word document mean: which are headings, which are counted.

use std::collections::HashMap;

use crate::xml::Element;

/// The styles of paragraphs.
#[derive(Default)]
pub(super) struct Styles {
    by_id: HashMap<String, Style>,
}

#[derive(Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    level: Option<u8>,
    list: Option<String>,
}

/// How far a style is followed to those it is based on; some files go in circles.
const ANCESTORS: usize = 16;

impl Styles {
    pub(super) fn from(root: &Element) -> Self {
        let value = |element: &Element, path: &[&str]| {
            element.at(path).and_then(|it| it.attribute("val")).map(str::to_owned)
        };
        let styles = root.elements().filter(|element| &*element.name == "style");
        let by_id = styles.filter_map(|element| {
            let style = Style {
                name: value(element, &["name"]).unwrap_or_default().to_lowercase(),
                based_on: value(element, &["basedOn"]),
                level: value(element, &["pPr", "outlineLvl"]).and_then(|level| level.parse().ok()),
                list: value(element, &["pPr", "numPr", "numId"]),
            };
            Some((element.attribute("styleId")?.to_owned(), style))
        });
        Self { by_id: by_id.collect() }
    }

    /// The level of a heading, if the style is one.
    pub(super) fn level(&self, id: Option<&str>) -> Option<u8> {
        self.find(id, |id, style| {
            let outline = style.and_then(|style| style.level).filter(|level| *level < 9);
            let name = style.map_or(id, |style| style.name.as_str()).to_lowercase();
            // A style without a definition is named by its mark, such as Heading1.
            let digits = name.strip_prefix("heading").map(str::trim);
            let named = digits.and_then(|digits| digits.parse().ok());
            outline.map(|level| level + 1).or(named)
        })
    }

    /// Whether the style is that of a document's title.
    pub(super) fn is_title(&self, id: Option<&str>) -> bool {
        let found = self.find(id, |id, style| {
            let name = style.map_or(id, |style| style.name.as_str());
            (name.eq_ignore_ascii_case("title")).then_some(())
        });
        found.is_some()
    }

    /// The list that paragraphs of the style belong to.
    pub(super) fn list(&self, id: Option<&str>) -> Option<&str> {
        let mut id = id?;
        for _ in 0..ANCESTORS {
            let style = self.by_id.get(id)?;
            if let Some(list) = &style.list {
                return Some(list);
            }
            id = style.based_on.as_deref()?;
        }
        None
    }

    fn find<T>(
        &self,
        id: Option<&str>,
        look: impl Fn(&str, Option<&Style>) -> Option<T>,
    ) -> Option<T> {
        let mut id = id?;
        for _ in 0..ANCESTORS {
            let style = self.by_id.get(id);
            if let Some(found) = look(id, style) {
                return Some(found);
            }
            id = style?.based_on.as_deref()?;
        }
        None
    }
}

/// Which lists count and which have bullets.
#[derive(Default)]
pub(super) struct Numbering {
    /// The kind of list behind each list.
    lists: HashMap<String, String>,
    /// The kinds of lists and their levels that have bullets.
    bullets: HashMap<String, Vec<u8>>,
}

impl Numbering {
    pub(super) fn from(root: &Element) -> Self {
        let mut numbering = Self::default();
        for element in root.elements() {
            match &*element.name {
                "num" => {
                    let kind = element.child("abstractNumId").and_then(|it| it.attribute("val"));
                    if let (Some(id), Some(kind)) = (element.attribute("numId"), kind) {
                        numbering.lists.insert(id.to_owned(), kind.to_owned());
                    }
                }
                "abstractNum" => {
                    let levels = element.elements().filter(|level| &*level.name == "lvl");
                    let bullets = levels.filter_map(|level| {
                        let format = level.child("numFmt")?.attribute("val")?;
                        let is_bullet = matches!(format, "bullet" | "none");
                        is_bullet.then(|| level.attribute("ilvl")?.parse().ok())?
                    });
                    if let Some(id) = element.attribute("abstractNumId") {
                        numbering.bullets.insert(id.to_owned(), bullets.collect());
                    }
                }
                _ => {}
            }
        }
        numbering
    }

    /// Whether items of a list have numbers. A list that nobody described has bullets.
    pub(super) fn counts(&self, list: &str, level: u8) -> bool {
        let kind = self.lists.get(list).and_then(|kind| self.bullets.get(kind));
        kind.is_some_and(|bullets| !bullets.contains(&level))
    }
}
