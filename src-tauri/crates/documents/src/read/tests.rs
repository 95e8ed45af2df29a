//! What reading gives for whole files, friendly and not.

use std::path::Path;

use super::*;
use crate::package::pack;

fn reading(name: &str, bytes: &[u8]) -> Result<Reading, DocumentError> {
    read(bytes.to_vec(), Format::of(Path::new(name)).unwrap(), &Limits::default(), None)
}

fn check_refused(name: &str, bytes: &[u8], part: &str) {
    let message = reading(name, bytes).unwrap_err().to_string();
    assert!(message.contains(part), "{name}: {message}");
}

#[test]
fn what_gives_nothing_is_refused_with_a_reason() {
    check_refused("a.txt", b"", "empty");
    check_refused("a.txt", b"some\0bytes", "not a text file");
    check_refused("a.md", b"---\n", "no text");
    check_refused("a.html", b"<script>1</script>", "no text");
    check_refused("a.csv", b" \n,,\n", "no text");
    check_refused("a.docx", b"PK\x03\x04...", "damaged");
    check_refused("a.docx", &pack(&[("word/document.xml", "<a/>")]), "no text");
    check_refused("a.pdf", b"\x89PNG", "a picture");
    check_refused("a.pdf", b"%PDF-1.7", "frontdesk-reader");
}

#[test]
fn hidden_characters_in_packed_files_are_counted_too() {
    let body = "<w:document xmlns:w='w'><w:body><w:p><w:r><w:t>a\u{200b}b\u{e0041}</w:t></w:r></w:p>\
                </w:body></w:document>";
    let reading = reading("a.docx", &pack(&[("word/document.xml", body)])).unwrap();
    assert_eq!(reading.warnings, ["hidden characters removed: 2"]);
    let Content::Document(document) = reading.content else { panic!("a document was read") };
    assert_eq!(document.blocks, [Block::Paragraph("ab".to_owned())]);
}

#[test]
fn too_much_text_is_refused() {
    let limits = Limits { text_bytes: 10, ..Limits::default() };
    let format = Format::of(Path::new("a.txt")).unwrap();
    assert!(read(b"short".to_vec(), format, &limits, None).is_ok());
    assert!(read(b"much longer than that".to_vec(), format, &limits, None).is_err());
}
