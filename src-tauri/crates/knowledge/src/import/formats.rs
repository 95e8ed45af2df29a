//! Which reader a file gets. A new format is one more row and one more reader.

use std::path::Path;

use super::decode::{self, Decoded};
use super::document::Document;
use super::faq_table::{self, FaqTable};
use super::{FileProblem, ImportKind, html, markdown, plain};

/// A kind of file with the names it goes by.
pub(super) struct Format {
    pub(super) kind: &'static str,
    extensions: &'static [&'static str],
    reader: Reader,
}

/// How a kind of file is read.
#[derive(Clone, Copy)]
enum Reader {
    Document(fn(&str) -> Document),
    Table,
}

/// The kind of a table of questions and answers, which nobody would call a document.
pub(crate) const FAQ: &str = "faq";

const FORMATS: &[Format] = &[
    Format { kind: "text", extensions: &["txt", "text"], reader: Reader::Document(plain::read) },
    Format {
        kind: "markdown",
        extensions: &["md", "markdown", "mdown"],
        reader: Reader::Document(markdown::read),
    },
    Format {
        kind: "html",
        extensions: &["html", "htm", "xhtml"],
        reader: Reader::Document(html::read),
    },
    Format { kind: FAQ, extensions: &["csv", "tsv"], reader: Reader::Table },
];

/// Files that say at their start what they are, whatever their name says.
const MAGIC: &[(&[u8], &str)] = &[
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a packed file such as DOCX, XLSX or ZIP"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"GGUF", "a model"),
    (b"SQLite format 3\0", "a database"),
];

/// What was read, with what staff should know about it.
pub(super) struct Read {
    pub(super) content: Content,
    pub(super) warnings: Vec<String>,
}

pub(super) enum Content {
    Document(Document),
    Faq(FaqTable),
}

/// The format of a file by its name; a file that says otherwise itself is refused.
pub(super) fn find(path: &Path, bytes: &[u8]) -> Result<&'static Format, FileProblem> {
    let extension = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    let known = FORMATS.iter().find(|format| format.extensions.contains(&extension.as_str()));
    let magic = MAGIC.iter().find(|(start, _)| bytes.starts_with(start));
    match (known, magic) {
        (Some(format), None) => Ok(format),
        (_, Some((_, what))) => {
            Err(FileProblem::new(format!("this is {what}, which cannot be read"))
                .hint("Save it as text, Markdown, HTML or CSV and import that."))
        }
        (None, None) => Err(unknown(&extension)),
    }
}

fn unknown(extension: &str) -> FileProblem {
    let readable: Vec<&str> = FORMATS.iter().map(|format| format.extensions[0]).collect();
    let message = match extension {
        "" => "a file without an ending cannot be read".to_owned(),
        _ => format!("files of type .{extension} cannot be read"),
    };
    FileProblem::new(message).hint(format!("Readable are: {}.", readable.join(", ")))
}

/// Reads a file's bytes.
pub(super) fn read(format: &Format, bytes: &[u8], what: ImportKind) -> Result<Read, FileProblem> {
    let Decoded { text, mut warnings } = decode::decode(bytes)?;
    let content = match format.reader {
        Reader::Document(read) => Content::Document(read(&text)),
        Reader::Table => Content::Faq(faq_table::read(&text, what)?),
    };
    warnings.dedup();
    Ok(Read { content, warnings })
}
