//! Files of every format, from the name to the page in the locator.

use std::path::{Path, PathBuf};

use documents::{Block, Content, DocumentError, Limits, Links, Reader, Reading};
use knowledge::{Calibration, ImportKind, ImportState, Knowledge, Thresholds};
use store::Store;

use crate::make::{docx, drawn, pack, page_objects, pdf_of, reader, stream};

fn write(name: &str, bytes: &[u8]) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    (folder, path)
}

fn read(reader: &Reader, path: &Path) -> Result<Reading, DocumentError> {
    let (source, format) = reader.open(path, Links::Followed)?;
    reader.read(source, format)
}

fn blocks(name: &str, bytes: &[u8]) -> (Vec<Block>, Vec<String>) {
    let (_folder, path) = write(name, bytes);
    let reading = read(&reader(), &path).unwrap();
    match reading.content {
        Content::Document(document) => (document.blocks, reading.warnings),
        Content::Table(_) => panic!("{name} is no table"),
    }
}

fn paragraph(text: &str) -> Block {
    Block::Paragraph(text.to_owned())
}

fn two_pages_and_an_empty_one() -> Vec<u8> {
    pdf_of(
        &page_objects(vec![
            drawn(
                "Kayak rental",
                &["A kayak costs 25 pounds for half a day.", "Life jackets are free."],
            ),
            stream("", b""),
            drawn("Tent rental", &["A tent costs 12 pounds a night."]),
        ]),
        "",
    )
}

#[test]
fn a_pdf_has_pages_and_headings() {
    let (blocks, warnings) = blocks("a.pdf", &two_pages_and_an_empty_one());
    assert_eq!(warnings, ["page 2 has no text: is it a scan?"]);
    assert_eq!(blocks[0], Block::Page(1));
    assert!(
        matches!(&blocks[1], Block::Heading { text, .. } if text == "Kayak rental"),
        "{blocks:?}"
    );
    assert_eq!(
        blocks[2],
        paragraph("A kayak costs 25 pounds for half a day. Life jackets are free.")
    );
    assert_eq!(blocks[3], Block::Page(3));
    assert!(matches!(&blocks[4], Block::Heading { text, .. } if text == "Tent rental"));
}

#[test]
fn text_formats_are_read_in_the_child_too() {
    let heading = |text: &str| Block::Heading { level: 1, text: text.to_owned() };
    for (name, bytes) in [
        ("a.md", "# Returns\n\nWithin 30 days."),
        ("a.html", "<h1>Returns</h1><nav>Home</nav><p>Within 30 days.</p>"),
        ("a.txt", "Returns\n\nWithin 30 days."),
    ] {
        assert_eq!(
            blocks(name, bytes.as_bytes()).0,
            [heading("Returns"), paragraph("Within 30 days.")],
            "{name}"
        );
    }
    let mail = "Subject: Returns\n\nWithin 30 days.\n\n> How long?\n";
    assert_eq!(blocks("a.eml", mail.as_bytes()).0, [paragraph("Within 30 days.")]);
    let body = "<w:p><w:r><w:t>Within 30 days.</w:t></w:r></w:p>";
    assert_eq!(blocks("a.docx", &docx(body)).0, [paragraph("Within 30 days.")]);
    let content =
        "<o:d xmlns:o='o'><o:body><o:text><o:p>Within 30 days.</o:p></o:text></o:body></o:d>";
    let odt = pack(&[("content.xml", content.as_bytes())]);
    assert_eq!(blocks("a.odt", &odt).0, [paragraph("Within 30 days.")]);
}

#[test]
fn a_table_comes_with_its_header_first() {
    let (_folder, path) = write("orders.csv", b"number;email\n1001;a@b.example\n");
    let (table, _) = reader().read_table(&path).unwrap();
    assert_eq!(table.into_rows(), [["number", "email"], ["1001", "a@b.example"]]);
}

#[test]
fn the_page_is_part_of_the_locator() {
    let (_folder, path) = write("Rental.pdf", &two_pages_and_an_empty_one());
    let desk = tempfile::tempdir().unwrap();
    let store = Store::open(&desk.path().join("desk")).unwrap();
    let calibration = Calibration { c0: 0.1, r: 0.6, alpha: 0.6, usual: Thresholds::default() };
    let knowledge = Knowledge::open(store, None, calibration).unwrap().with_reader(reader());
    let reports = knowledge.import(&[path], ImportKind::Auto, &mut |_| {}).unwrap();
    assert_eq!((reports[0].state, reports[0].kind), (ImportState::Partial, "pdf"));
    let found = knowledge.retrieve("how much is a tent for one night", 1).unwrap();
    assert_eq!(found.hits[0].locator, "Kayak rental > Tent rental, page 3");
    assert!(found.hits[0].text.contains("12 pounds"));
}

#[test]
fn limits_reach_the_child() {
    let (_folder, path) = write("a.txt", "words ".repeat(1_000).as_bytes());
    let few = Limits { text_bytes: 100, ..Limits::default() };
    let refused = read(&Reader::child(crate::make::program(), few), &path).unwrap_err();
    assert!(matches!(refused, DocumentError::Bomb { .. }), "{refused}");
    let hungry = Limits { memory_bytes: 1 << 20, ..Limits::default() };
    let refused = read(&Reader::child(crate::make::program(), hungry), &path).unwrap_err();
    assert!(refused.is_lasting(), "{refused}");
}
