//! One pass over a page's tags that keeps the words and the tags that mean something to them.
//!
//! It needs no tree: a list of open tags is enough to close what authors leave open, and to stop
//! nesting where no reader would follow.

/// What is left of a page.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Page {
    pub(super) title: String,
    pub(super) body: String,
}

/// Tags that may be open at once; deeper ones lose their tag and keep their words.
const DEPTH: usize = 64;

/// Kept with their meaning. All other tags go; those in `PARTS` still part their surroundings.
const KEPT: &[&str] = &[
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "br",
    "pre",
    "blockquote",
];

const PARTS: &[&str] = &[
    "div",
    "section",
    "article",
    "main",
    "address",
    "figure",
    "figcaption",
    "dl",
    "dt",
    "dd",
    "details",
    "summary",
    "hr",
    "body",
    "header",
    "fieldset",
    "caption",
    "center",
];

const SURROUNDINGS: &[&str] =
    &["nav", "header", "footer", "form", "aside", "select", "button", "dialog", "menu"];

const CODE: &[&str] = &["template", "svg", "object", "math", "canvas", "audio", "video"];

/// Their content is no markup.
const RAW: &[&str] = &["script", "style", "textarea", "title", "iframe", "noscript"];

/// What is dropped with everything in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Skip {
    /// Menus, forms, sidebars, and all of the next.
    #[default]
    Surroundings,
    /// Scripts, styles and drawings.
    Code,
}

/// Reduces a page to words and plain tags.
pub(super) fn reduce(source: &str, skip: Skip) -> Page {
    let mut reducer = Reducer { rest: source, skip, ..Reducer::default() };
    while reducer.step() {}
    reducer.close_to(0);
    reducer.page
}

#[derive(Default)]
struct Reducer<'a> {
    rest: &'a str,
    skip: Skip,
    page: Page,
    open: Vec<&'static str>,
    /// The tag whose content is being dropped, and how often it is open.
    skipped: Option<(&'a str, usize)>,
    articles: usize,
}

impl<'a> Reducer<'a> {
    /// Takes the words up to the next tag, then the tag.
    fn step(&mut self) -> bool {
        let Some(at) = self.rest.find('<') else {
            self.words(self.rest);
            return false;
        };
        let (words, tag) = self.rest.split_at(at);
        self.words(words);
        if let Some(comment) = tag.strip_prefix("<!--") {
            self.rest = comment.split_once("-->").map_or("", |(_, rest)| rest);
            return !self.rest.is_empty();
        }
        let name_at = if tag.starts_with("</") { 2 } else { 1 };
        let name_length = tag[name_at..]
            .find(|character: char| !character.is_ascii_alphanumeric())
            .unwrap_or(tag.len() - name_at);
        let name = &tag[name_at..name_at + name_length];
        if !name.starts_with(|first: char| first.is_ascii_alphabetic()) {
            // A declaration ends at the next bracket; any other `<` is a word.
            if tag.starts_with("<!") || tag.starts_with("<?") || tag.starts_with("</") {
                self.rest = tag.split_once('>').map_or("", |(_, rest)| rest);
            } else {
                self.words("<");
                self.rest = &tag[1..];
            }
            return !self.rest.is_empty();
        }
        self.rest = &tag[tag_length(tag)..];
        if name_at == 1 {
            self.start(name)
        } else {
            self.end(name)
        }
        !self.rest.is_empty()
    }

    fn words(&mut self, words: &str) {
        if self.skipped.is_none() {
            // A lone bracket must not become markup further on.
            self.page.body.push_str(&words.replace('<', "&lt;"));
        }
    }

    fn start(&mut self, name: &'a str) {
        let is = |known: &&&str| known.eq_ignore_ascii_case(name);
        if let Some((skipped, depth)) = &mut self.skipped {
            *depth += usize::from(skipped.eq_ignore_ascii_case(name));
            return;
        }
        if let Some(raw) = RAW.iter().find(is) {
            self.raw(raw);
            return;
        }
        if name.eq_ignore_ascii_case("article") || name.eq_ignore_ascii_case("main") {
            self.articles += 1;
        }
        // The header of a page is a menu; the header of an article holds its title.
        let keeps = name.eq_ignore_ascii_case("header") && self.articles > 0;
        let surrounds = self.skip == Skip::Surroundings && !keeps;
        if (surrounds && SURROUNDINGS.iter().any(|known| is(&known)))
            || CODE.iter().any(|known| is(&known))
        {
            self.skipped = Some((name, 1));
        } else if let Some(kept) = KEPT.iter().find(is) {
            self.open(kept);
        } else if PARTS.iter().any(|known| is(&known)) {
            self.part();
        }
    }

    fn end(&mut self, name: &str) {
        let is = |known: &&&str| known.eq_ignore_ascii_case(name);
        if let Some((skipped, depth)) = &mut self.skipped {
            *depth -= usize::from(skipped.eq_ignore_ascii_case(name));
            if *depth == 0 {
                self.skipped = None;
            }
            return;
        }
        if name.eq_ignore_ascii_case("article") || name.eq_ignore_ascii_case("main") {
            self.articles = self.articles.saturating_sub(1);
        }
        if let Some(kept) = KEPT.iter().find(is) {
            if let Some(at) = self.open.iter().rposition(|open| open == kept) {
                self.close_to(at);
            }
        } else if PARTS.iter().any(|known| is(&known)) {
            self.part();
        }
    }

    /// Takes the content of a tag that holds no markup, up to its end.
    fn raw(&mut self, name: &str) {
        let end = find_end(self.rest, name).unwrap_or(self.rest.len());
        let (content, rest) = self.rest.split_at(end);
        if name == "title" && self.page.title.is_empty() {
            self.page.title = unescape(content);
        }
        self.rest = &rest[tag_length(rest)..];
    }

    /// Boundaries of boxes part paragraphs, except inside what is one line anyway.
    fn part(&mut self) {
        match self.open.last() {
            Some(&"p") => self.close_to(self.open.len() - 1),
            Some(&("td" | "th" | "li" | "tr" | "table" | "thead" | "tbody" | "pre")) => {
                self.page.body.push(' ');
            }
            Some(_) => self.page.body.push(' '),
            None => self.page.body.push_str("<p></p>"),
        }
    }

    fn open(&mut self, name: &'static str) {
        match name {
            "br" => {
                let in_cell = self.open.iter().any(|open| matches!(*open, "td" | "th"));
                self.page.body.push_str(if in_cell { " " } else { "<br>" });
                return;
            }
            "li" => self.close_within("li", &["ul", "ol"]),
            "td" | "th" => {
                self.close_within("td", &["tr", "table"]);
                self.close_within("th", &["tr", "table"]);
            }
            "tr" => self.close_within("tr", &["table"]),
            "thead" | "tbody" => {
                self.close_within("thead", &["table"]);
                self.close_within("tbody", &["table"]);
            }
            _ => {
                if self.open.last() == Some(&"p") {
                    self.close_to(self.open.len() - 1);
                }
            }
        }
        // A heading inside a table cell or an item is only its text; so is a table in a table.
        let is_inside = self.open.iter().any(|open| matches!(*open, "td" | "th"))
            || (self.open.contains(&"li") && name.starts_with('h'));
        let is_too_much = self.open.len() >= DEPTH || (is_inside && !matches!(name, "td" | "th"));
        if is_too_much {
            self.page.body.push(' ');
            return;
        }
        self.page.body.push('<');
        self.page.body.push_str(name);
        self.page.body.push('>');
        self.open.push(name);
    }

    /// Closes an open `name`, unless one of the `walls` is further in.
    fn close_within(&mut self, name: &str, walls: &[&str]) {
        let found = self.open.iter().rposition(|open| *open == name || walls.contains(open));
        if let Some(at) = found
            && self.open[at] == name
        {
            self.close_to(at);
        }
    }

    fn close_to(&mut self, depth: usize) {
        while self.open.len() > depth {
            if let Some(name) = self.open.pop() {
                self.page.body.push_str("</");
                self.page.body.push_str(name);
                self.page.body.push('>');
            }
        }
    }
}

/// The length of the tag a text starts with; brackets in quotes are part of a value.
fn tag_length(tag: &str) -> usize {
    let mut quote = None;
    let mut before = ' ';
    for (at, byte) in tag.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            // A quote only opens a value after an equals sign; elsewhere it is a slip.
            (None, b'"' | b'\'') if before == '=' => quote = Some(byte),
            (Some(open), _) if byte == open => quote = None,
            _ => {}
        }
        if !byte.is_ascii_whitespace() {
            before = char::from(byte);
        }
    }
    tag.len()
}

/// Where the end tag `</name` starts.
pub(super) fn find_end(text: &str, name: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    text.match_indices("</").map(|(at, _)| at).find(|at| {
        bytes
            .get(at + 2..at + 2 + name.len())
            .is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
    })
}

/// The few entities that short texts use; a page's body goes through the real parser.
pub(super) fn unescape(text: &str) -> String {
    const ENTITIES: &[(&str, &str)] = &[
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&apos;", "'"),
        ("&nbsp;", " "),
        ("&ndash;", "–"),
        ("&mdash;", "—"),
        ("&amp;", "&"),
    ];
    ENTITIES.iter().fold(text.to_owned(), |text, (entity, plain)| text.replace(entity, plain))
}
