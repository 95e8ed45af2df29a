//! Makes files byte by byte: PDFs, packed files.

use std::io::{Cursor, Write};
use std::path::PathBuf;

use documents::{Limits, Reader};

/// The program under test.
pub(crate) fn program() -> PathBuf {
    env!("CARGO_BIN_EXE_frontdesk-reader").into()
}

/// The reader as the product has it.
pub(crate) fn reader() -> Reader {
    Reader::child(program(), Limits::default())
}

/// A packed file.
pub(crate) fn pack(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in members {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A Word document with this body.
pub(crate) fn docx(body: &str) -> Vec<u8> {
    let document = format!("<w:document xmlns:w='w'><w:body>{body}</w:body></w:document>");
    pack(&[("word/document.xml", document.as_bytes())])
}

/// A PDF of these objects, numbered from 1; the first is its catalogue. `more` goes into the trailer.
pub(crate) fn pdf_of(objects: &[Vec<u8>], more: &str) -> Vec<u8> {
    let mut bytes = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in objects.iter().enumerate() {
        places.push(bytes.len());
        bytes.extend(format!("{} 0 obj\n", number + 1).into_bytes());
        bytes.extend(object);
        bytes.extend(b"\nendobj\n");
    }
    let start = bytes.len();
    bytes.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).into_bytes());
    for place in places {
        bytes.extend(format!("{place:010} 00000 n \n").into_bytes());
    }
    let size = objects.len() + 1;
    let trailer =
        format!("trailer\n<< /Size {size} /Root 1 0 R {more} >>\nstartxref\n{start}\n%%EOF");
    bytes.extend(trailer.into_bytes());
    bytes
}

/// A stream with the entries of its dictionary.
pub(crate) fn stream(entries: &str, content: &[u8]) -> Vec<u8> {
    let mut object = format!("<< /Length {} {entries} >>\nstream\n", content.len()).into_bytes();
    object.extend(content);
    object.extend(b"\nendstream");
    object
}

/// The objects of a PDF with one page for each content.
pub(crate) fn page_objects(contents: Vec<Vec<u8>>) -> Vec<Vec<u8>> {
    let count = contents.len();
    let kids: String = (0..count).map(|page| format!("{} 0 R ", 4 + page * 2)).collect();
    let mut objects = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        format!("<< /Type /Pages /Kids [{kids}] /Count {count} >>").into_bytes(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_vec(),
    ];
    for (page, content) in contents.into_iter().enumerate() {
        let content_at = 5 + page * 2;
        objects.push(
            format!(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {content_at} 0 R \
                 /Resources << /Font << /F1 3 0 R >> >> >>"
            )
            .into_bytes(),
        );
        objects.push(content);
    }
    objects
}

/// What draws a heading in large letters and lines below it.
pub(crate) fn drawn(heading: &str, lines: &[&str]) -> Vec<u8> {
    let mut content = format!("BT /F1 24 Tf 72 760 Td ({heading}) Tj ET\n");
    for (number, line) in lines.iter().enumerate() {
        let height = 720 - number * 14;
        content.push_str(&format!("BT /F1 11 Tf 72 {height} Td ({line}) Tj ET\n"));
    }
    stream("", content.as_bytes())
}
