//! Workbooks, made here part by part.

use super::*;
use crate::package::pack;

const TYPES: &str = "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>";
const RELATIONS: &str = "<Relationships \
    xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>\
    <Relationship Id='rId1' Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/\
    worksheet' Target='worksheets/sheet1.xml'/><Relationship Id='rId2' \
    Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet' \
    Target='worksheets/sheet2.xml'/></Relationships>";
const ROOT: &str = "<Relationships \
    xmlns='http://schemas.openxmlformats.org/package/2006/relationships'><Relationship Id='rId1' \
    Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument' \
    Target='xl/workbook.xml'/></Relationships>";
const STYLES: &str = "<styleSheet \
    xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><cellXfs count='2'>\
    <xf numFmtId='0'/><xf numFmtId='14'/></cellXfs></styleSheet>";

fn xlsx(cells: &str) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let workbook = format!(
        "<workbook xmlns='{main}' xmlns:r='{relations}'><sheets><sheet name='Prices' sheetId='1' \
         r:id='rId1'/><sheet name='Notes' sheetId='2' state='hidden' r:id='rId2'/></sheets>\
         </workbook>"
    );
    let sheet = |cells: &str| {
        format!("<worksheet xmlns='{main}'><sheetData>{cells}</sheetData></worksheet>")
    };
    pack(&[
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", ROOT),
        ("xl/workbook.xml", &workbook),
        ("xl/_rels/workbook.xml.rels", RELATIONS),
        ("xl/styles.xml", STYLES),
        ("xl/worksheets/sheet1.xml", &sheet(cells)),
        ("xl/worksheets/sheet2.xml", &sheet("<row r='1'><c r='A1'><v>1</v></c></row>")),
    ])
}

#[test]
fn cells_are_written_as_people_see_them() {
    let text =
        |at: &str, text: &str| format!("<c r='{at}' t='inlineStr'><is><t>{text}</t></is></c>");
    let bytes = xlsx(&format!(
        "<row r='1'>{}</row><row r='3'>{}{}{}{}</row><row r='4'>{}<c r='B4'><v>25</v></c><c r='C4' \
         s='1'><v>46387</v></c><c r='D4' t='b'><v>1</v></c></row><row r='5'>{}<c r='B5'><v>0.1</v></c>\
         <c r='C5' s='1'><v>46387.75</v></c><c r='D5' t='e'><v>#N/A</v></c></row>",
        text("A1", "Our prices"),
        text("A3", "Item"),
        text("B3", "Price"),
        text("C3", "From"),
        text("D3", "Rent"),
        text("A4", "Kayak"),
        text("A5", "Tent"),
    ));
    let (table, warnings, _) = read(&bytes, &Limits::default()).unwrap();
    assert_eq!(warnings, ["the hidden sheet \"Notes\" is not read"]);
    assert_eq!(table.sheets.len(), 1);
    assert_eq!(
        (table.sheets[0].name.as_str(), table.sheets[0].above.as_slice()),
        ("Prices", &["Our prices".to_owned()][..])
    );
    let rows: Vec<Vec<String>> = table.into_rows();
    assert_eq!(rows[0], ["Item", "Price", "From", "Rent"]);
    assert_eq!(rows[1], ["Kayak", "25", "2026-12-31", "yes"]);
    assert_eq!(rows[2], ["Tent", "0.1", "2026-12-31 18:00"]);
}

#[test]
fn open_workbooks_are_read() {
    let content = "<office:document-content \
        xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' \
        xmlns:table='urn:oasis:names:tc:opendocument:xmlns:table:1.0' \
        xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0'><office:body>\
        <office:spreadsheet><table:table table:name='Stock'><table:table-row><table:table-cell \
        office:value-type='string'><text:p>Item</text:p></table:table-cell><table:table-cell \
        office:value-type='string'><text:p>Left</text:p></table:table-cell></table:table-row>\
        <table:table-row><table:table-cell office:value-type='string'><text:p>Kayak</text:p>\
        </table:table-cell><table:table-cell office:value-type='float' office:value='3'><text:p>3\
        </text:p></table:table-cell></table:table-row></table:table></office:spreadsheet>\
        </office:body></office:document-content>";
    let mimetype = "application/vnd.oasis.opendocument.spreadsheet";
    let bytes = pack(&[
        ("mimetype", mimetype),
        ("META-INF/manifest.xml", "<manifest:manifest/>"),
        ("content.xml", content),
    ]);
    let (table, ..) = read(&bytes, &Limits::default()).unwrap();
    assert_eq!(table.into_rows(), [["Item", "Left"], ["Kayak", "3"]]);
}

#[test]
fn what_is_no_workbook_is_refused() {
    let limits = Limits::default();
    assert!(read(&pack(&[("word/document.xml", "<a/>")]), &limits).is_err());
    assert!(read(b"PK\x03\x04", &limits).is_err());
    assert!(read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", &limits).is_err());
}
