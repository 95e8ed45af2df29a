//! Word documents, made here part by part.

use super::*;
use crate::document::lines;
use crate::package::pack;

const STYLES: &str = "<w:styles xmlns:w='w'>
    <w:style w:styleId='T'><w:name w:val='Title'/></w:style>
    <w:style w:styleId='H1'><w:name w:val='heading 1'/></w:style>
    <w:style w:styleId='Own'><w:name w:val='Our heading'/><w:basedOn w:val='H2'/></w:style>
    <w:style w:styleId='H2'><w:name w:val='x'/><w:pPr><w:outlineLvl w:val='1'/></w:pPr></w:style>
    <w:style w:styleId='Loop'><w:name w:val='y'/><w:basedOn w:val='Loop'/></w:style></w:styles>";

const NUMBERING: &str = "<w:numbering xmlns:w='w'>
    <w:abstractNum w:abstractNumId='8'><w:lvl w:ilvl='0'><w:numFmt w:val='decimal'/></w:lvl>
    </w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='8'/></w:num>
    <w:abstractNum w:abstractNumId='9'><w:lvl w:ilvl='0'><w:numFmt w:val='bullet'/></w:lvl>
    </w:abstractNum><w:num w:numId='2'><w:abstractNumId w:val='9'/></w:num></w:numbering>";

fn document(body: &str) -> Document {
    let body = format!("<w:document xmlns:w='w'><w:body>{body}</w:body></w:document>");
    let bytes = pack(&[
        ("word/document.xml", &body),
        ("word/styles.xml", STYLES),
        ("word/numbering.xml", NUMBERING),
    ]);
    read(&bytes, &Limits::default()).unwrap()
}

fn check(body: &str, expected: &[&str]) {
    assert_eq!(lines(&document(body)), expected, "{body}");
}

fn paragraph(style: &str, text: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val='{style}'/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn item(list: u8, text: &str) -> String {
    format!(
        "<w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='{list}'/></w:numPr></w:pPr>\
         <w:r><w:t>{text}</w:t></w:r></w:p>"
    )
}

#[test]
fn headings_are_told_by_their_style() {
    let body = [
        paragraph("T", "Shop handbook"),
        paragraph("H1", "Returns"),
        paragraph("none", "Within 30 days."),
        paragraph("Own", "Footwear"),
        paragraph("Loop", "Boots &amp; shoes."),
        paragraph("Heading3", "Undefined"),
    ];
    check(
        &body.concat(),
        &[
            "h1 Shop handbook",
            "h1 Returns",
            "p Within 30 days.",
            "h2 Footwear",
            "p Boots & shoes.",
            "h3 Undefined",
        ],
    );
    assert_eq!(document(&body.concat()).title.as_deref(), Some("Shop handbook"));
}

#[test]
fn lists_count_where_their_format_does() {
    let body = [item(1, "first"), item(1, "second"), item(2, "bullet"), item(0, "no item")];
    check(&body.concat(), &["l 1. first / 2. second / • bullet", "p no item"]);
}

#[test]
fn tables_repeat_their_header() {
    let cell = |text: &str| format!("<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>");
    let row = |cells: &[&str]| {
        let cells: String = cells.iter().map(|text| cell(text)).collect();
        format!("<w:tr>{cells}</w:tr>")
    };
    check(
        &format!(
            "<w:tbl>{}{}{}</w:tbl>",
            row(&["Day", "Opens"]),
            row(&["Mon", "9"]),
            row(&["Sun", ""])
        ),
        &["r Day: Mon; Opens: 9 / Day: Sun"],
    );
    let merged = "<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc><w:tc><w:p><w:r>\
                  <w:t>10</w:t></w:r></w:p></w:tc></w:tr>";
    check(
        &format!("<w:tbl>{}{}{merged}</w:tbl>", row(&["Day", "Opens"]), row(&["Mon", "9"])),
        &["r Day: Mon; Opens: 9 / Day: Mon; Opens: 10"],
    );
}

#[test]
fn deleted_and_repeated_text_is_left_out() {
    check(
        "<w:p><w:r><w:t>It costs </w:t></w:r><w:del><w:r><w:delText>20</w:delText></w:r></w:del>\
         <w:ins><w:r><w:t>25</w:t></w:r></w:ins><w:r><w:instrText>PAGE</w:instrText><w:t> pounds.\
         </w:t></w:r><w:r><w:br/><w:t>New line</w:t></w:r></w:p>",
        &["p It costs 25 pounds.\nNew line"],
    );
    check(
        "<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>In a box</w:t>\
         </w:r></w:p></w:txbxContent></mc:Choice><mc:Fallback><w:p><w:r><w:t>In a box</w:t></w:r>\
         </w:p></mc:Fallback></mc:AlternateContent><w:t>Beside</w:t></w:r></w:p>",
        &["p Beside", "p In a box"],
    );
}

#[test]
fn another_packed_file_is_no_word_document() {
    let refused = read(&pack(&[("xl/workbook.xml", "<a/>")]), &Limits::default()).unwrap_err();
    assert!(refused.to_string().contains("another packed file"));
}
