//! Which reader a file gets. A new format is one more row and one more reader.

use std::path::Path;

use crate::document::Document;
use crate::{DocumentError, html, markdown, plain};

/// A kind of file with the names it goes by.
#[derive(Debug)]
pub struct Format {
    /// The kind in reports, such as `markdown`.
    pub kind: &'static str,
    /// For a person.
    pub(crate) name: &'static str,
    pub(crate) extensions: &'static [&'static str],
    pub(crate) way: Way,
}

/// How a kind of file is read.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Way {
    Text(fn(&str) -> Document),
    Delimited,
    Workbook,
    Docx,
    Odt,
    Pptx,
    Email,
    Pdf,
}

const FORMATS: &[Format] = &[
    Format { kind: "pdf", name: "a PDF", extensions: &["pdf"], way: Way::Pdf },
    Format { kind: "docx", name: "a Word document", extensions: &["docx", "docm"], way: Way::Docx },
    Format { kind: "odt", name: "an OpenDocument text", extensions: &["odt"], way: Way::Odt },
    Format {
        kind: "pptx",
        name: "a presentation",
        extensions: &["pptx", "pptm", "ppsx"],
        way: Way::Pptx,
    },
    Format {
        kind: "table",
        name: "a workbook",
        extensions: &["xlsx", "xlsm", "xls", "ods"],
        way: Way::Workbook,
    },
    Format { kind: "table", name: "a table", extensions: &["csv", "tsv"], way: Way::Delimited },
    Format {
        kind: "html",
        name: "a web page",
        extensions: &["html", "htm", "xhtml"],
        way: Way::Text(html::read),
    },
    Format {
        kind: "markdown",
        name: "Markdown",
        extensions: &["md", "markdown", "mdown"],
        way: Way::Text(markdown::read),
    },
    Format {
        kind: "text",
        name: "text",
        extensions: &["txt", "text"],
        way: Way::Text(plain::read),
    },
    Format { kind: "email", name: "an e-mail", extensions: &["eml"], way: Way::Email },
];

/// What files of other kinds say at their start.
const MAGIC: &[(&[u8], &str)] = &[
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a packed file"),
    (b"PK\x05\x06", "an empty packed file"),
    (OLD_OFFICE, "an old Office file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"II*\0", "a picture"),
    (b"MM\0*", "a picture"),
    (b"{\\rtf", "a rich text document"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"GGUF", "a model"),
    (b"\x1f\x8b", "a packed file"),
    (b"7z\xbc\xaf", "a packed file"),
    (b"Rar!", "a packed file"),
    (b"SQLite format 3\0", "a database"),
];

/// Old Office files begin so, and new ones that are locked with a password.
const OLD_OFFICE: &[u8] = b"\xd0\xcf\x11\xe0";

/// Some programs write a few lines before a PDF begins.
const PDF_WITHIN: usize = 1024;

/// Every ending that can be read, without its dot.
pub fn extensions() -> impl Iterator<Item = &'static str> {
    FORMATS.iter().flat_map(|format| format.extensions).copied()
}

/// One ending of each format, for a hint.
pub(crate) fn readable() -> String {
    let names: Vec<&str> = FORMATS.iter().map(|format| format.extensions[0]).collect();
    names.join(", ")
}

impl Format {
    /// The format of a file by its name.
    pub fn of(path: &Path) -> Result<&'static Self, DocumentError> {
        let extension = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        Self::named(&extension).ok_or(DocumentError::Unknown { extension })
    }

    /// The format of an ending.
    pub(crate) fn named(extension: &str) -> Option<&'static Self> {
        FORMATS.iter().find(|format| format.extensions.contains(&extension))
    }

    /// Its first ending, which [`Format::named`] finds it by.
    pub(crate) fn ending(&self) -> &'static str {
        self.extensions[0]
    }

    /// Whether it is read as a table.
    pub fn is_table(&self) -> bool {
        matches!(self.way, Way::Delimited | Way::Workbook)
    }

    /// Refuses bytes that say themselves that they are something else.
    pub(crate) fn check(&self, bytes: &[u8]) -> Result<(), DocumentError> {
        let found = MAGIC.iter().find(|(start, _)| bytes.starts_with(start));
        let fits = match self.way {
            Way::Pdf => {
                bytes[..bytes.len().min(PDF_WITHIN)].windows(5).any(|five| five == b"%PDF-")
            }
            Way::Docx | Way::Odt | Way::Pptx if bytes.starts_with(OLD_OFFICE) => {
                return Err(DocumentError::Locked);
            }
            Way::Docx | Way::Odt | Way::Pptx => bytes.starts_with(b"PK"),
            Way::Workbook => bytes.starts_with(b"PK") || bytes.starts_with(OLD_OFFICE),
            // Programs begin with two letters that a text may begin with as well.
            Way::Text(_) | Way::Delimited | Way::Email => {
                found.is_none_or(|(start, _)| *start == b"MZ")
            }
        };
        if fits {
            return Ok(());
        }
        let found = found.map_or("something else", |(_, what)| what);
        Err(DocumentError::OtherKind { found: found.to_owned(), named: self.name.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, bytes: &[u8], expected: Option<&str>) {
        let format = Format::of(Path::new(name)).unwrap();
        let refused = format.check(bytes).err().map(|error| error.to_string());
        match expected {
            None => assert_eq!(refused, None, "{name}"),
            Some(part) => {
                assert!(refused.clone().unwrap_or_default().contains(part), "{refused:?}")
            }
        }
    }

    #[test]
    fn bytes_and_name_agree() {
        check("a.pdf", b"%PDF-1.7", None);
        check("a.pdf", b"\n\n%PDF-1.7", None);
        check("a.PDF", b"\x89PNG....", Some("a picture, but its name says a PDF"));
        check("a.pdf", b"hello", Some("something else"));
        check("a.txt", b"%PDF-1.7", Some("a PDF, but its name says text"));
        check("a.txt", b"MZ is how it begins", None);
        check("a.docx", b"PK\x03\x04", None);
        check("a.docx", OLD_OFFICE, Some("password"));
        check("a.xls", OLD_OFFICE, None);
        check("a.csv", b"PK\x03\x04", Some("a packed file"));
        assert!(Format::of(Path::new("a.exe")).is_err());
        assert!(Format::of(Path::new("noending")).is_err());
    }

    #[test]
    fn every_format_is_found_by_its_first_ending() {
        for format in FORMATS {
            let found = Format::named(format.ending()).unwrap();
            assert_eq!(found.extensions, format.extensions);
        }
    }
}
