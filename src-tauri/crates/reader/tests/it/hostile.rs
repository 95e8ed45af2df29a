//! A folder of hostile and broken files: each costs one line, and the good one beside them is read.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use documents::{Limits, Links, Reader};
use knowledge::{Calibration, FileReport, ImportKind, ImportState, Knowledge, Thresholds};
use store::Store;

use crate::make::{docx, drawn, pack, page_objects, pdf_of, reader, stream};

/// A page whose content unpacks to gigabytes: each of the three filters makes 64 bytes of one.
fn pdf_bomb() -> Vec<u8> {
    let filters = "/Filter [/RunLengthDecode /RunLengthDecode /RunLengthDecode]";
    pdf_of(&page_objects(vec![stream(filters, &[0x81; 20_000])]), "")
}

fn pdf_with_trailer(more: &str) -> Vec<u8> {
    pdf_of(&page_objects(vec![drawn("Prices", &["A kayak costs 25."])]), more)
}

/// A workbook with one cell in the last corner: as a full table it has 17 billion.
fn far_cell() -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let relation = |kind: &str, target: &str| {
        format!(
            "<Relationships xmlns='{package}'><Relationship Id='rId1' Type='{office}/{kind}' \
             Target='{target}'/></Relationships>"
        )
    };
    let workbook = format!(
        "<workbook xmlns='{main}' xmlns:r='{office}'><sheets><sheet name='A' sheetId='1' \
         r:id='rId1'/></sheets></workbook>"
    );
    let sheet = format!(
        "<worksheet xmlns='{main}'><sheetData><row r='1'><c r='A1'><v>1</v></c></row><row \
         r='1048576'><c r='XFD1048576'><v>1</v></c></row></sheetData></worksheet>"
    );
    pack(&[
        ("_rels/.rels", relation("officeDocument", "xl/workbook.xml").as_bytes()),
        ("xl/workbook.xml", workbook.as_bytes()),
        ("xl/_rels/workbook.xml.rels", relation("worksheet", "worksheets/sheet1.xml").as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

/// Each file with a part of the reason it must give; `None` where it must be read.
fn corpus() -> Vec<(&'static str, Vec<u8>, Option<&'static str>)> {
    let zeros = vec![b'0'; 32 << 20];
    let members: Vec<(String, &[u8])> =
        (0..20_000).map(|number| (format!("m{number}"), &b""[..])).collect();
    let members: Vec<(&str, &[u8])> =
        members.iter().map(|(name, content)| (name.as_str(), *content)).collect();
    let laughs =
        "<!DOCTYPE w [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]><w>&b;&b;</w>";
    let attributes: String = (0..200_000).map(|number| format!(" a{number}='x'")).collect();
    let inner = pack(&[("word/document.xml", b"<a/>")]);
    let scan = pdf_of(&page_objects(vec![stream("", b""), stream("", b"")]), "");
    let encrypted = "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O \
        <0000000000000000000000000000000000000000000000000000000000000000> /U \
        <1111111111111111111111111111111111111111111111111111111111111111> >> /ID [<00> <00>]";
    let utf16 = |text: &str| {
        let units = text.encode_utf16().flat_map(u16::to_le_bytes);
        [0xff, 0xfe].into_iter().chain(units).collect::<Vec<u8>>()
    };
    // "Opening hours are from nine in the morning" in Shift-JIS.
    let shift_jis =
        b"\x89c\x8b\xc6\x8e\x9e\x8a\xd4\x82\xcd\x8c\xdf\x91O\x8b\xe3\x8e\x9e\x82\xa9\x82\xe7\
        \x82\xc5\x82\xb7\x81B\x93\xfa\x97j\x93\xfa\x82\xcd\x8bx\x82\xdd\x82\xc5\x82\xb7\x81B";
    vec![
        ("attributes.docx", docx(&format!("<w:p{attributes}/>")), Some("no text")),
        ("bomb.docx", pack(&[("word/document.xml", &zeros)]), Some("far more")),
        ("bomb.pdf", pdf_bomb(), Some("")),
        ("bomb.xlsx", pack(&[("xl/workbook.xml", &zeros)]), Some("far more")),
        ("brackets.pdf", brackets(), Some("")),
        ("cut.docx", docx("<w:p/>")[..60].to_vec(), Some("damaged")),
        ("deep.docx", docx(&"<w:p>".repeat(10_000)), Some("nests more")),
        ("deep.html", "<div><table><tr><td>".repeat(50_000).into_bytes(), Some("no text")),
        ("empty.txt", Vec::new(), Some("empty")),
        ("far.xlsx", far_cell(), Some("memory")),
        ("laughs.docx", pack(&[("word/document.xml", laughs.as_bytes())]), Some("no text")),
        ("line.txt", vec![b'x'; 1 << 20], None),
        ("locked.pdf", pdf_with_trailer(encrypted), Some("password")),
        ("locked.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 more".to_vec(), Some("password")),
        ("loop.pdf", xref_loop(), None),
        ("members.docx", pack(&members), Some("20000 files")),
        ("nested.docx", pack(&[("a.docx", &inner)]), Some("another packed file")),
        ("nuls.txt", vec![0; 4_096], Some("not a text file")),
        ("picture.pdf", b"\x89PNG\r\n\x1a\n".to_vec(), Some("a picture")),
        ("scan.pdf", scan, Some("none of its 2 pages has text")),
        ("sjis.txt", shift_jis.to_vec(), None),
        ("slip.docx", pack(&[("../../../etc/passwd", b"x")]), Some("another packed file")),
        ("stub.pdf", b"%PDF-1.7\n".to_vec(), Some("damaged")),
        ("utf16.txt", utf16("Opening hours\n\nNine to five."), None),
        ("zz good.md", b"# Good\n\nThe lighthouse opens at noon.".to_vec(), None),
    ]
}

fn brackets() -> Vec<u8> {
    let mut bytes = pdf_of(&page_objects(vec![stream("", "[".repeat(10_380).as_bytes())]), "");
    bytes.extend("\n6 0 obj\n".bytes().chain("[".repeat(10_380).bytes()));
    bytes
}

/// Its list of objects says that an older one lies where it lies itself.
fn xref_loop() -> Vec<u8> {
    let plain = pdf_with_trailer("/Prev 0000000");
    let text = String::from_utf8_lossy(&plain).into_owned();
    let start = text.rfind("xref\n0").unwrap();
    text.replace("/Prev 0000000", &format!("/Prev {start:07}")).into_bytes()
}

fn states(reports: &[FileReport]) -> BTreeMap<String, (ImportState, String)> {
    let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
    let reason = |report: &FileReport| report.error.clone().map_or(String::new(), |it| it.message);
    reports.iter().map(|report| (name(&report.path), (report.state, reason(report)))).collect()
}

fn open(desk: &Path, reader: Reader) -> Knowledge {
    let store = Store::open(&desk.join("desk")).unwrap();
    let calibration = Calibration { c0: 0.1, r: 0.6, alpha: 0.6, usual: Thresholds::default() };
    Knowledge::open(store, None, calibration).unwrap().with_reader(reader)
}

#[test]
fn a_hostile_file_costs_one_line_and_is_not_read_again() {
    let folder = tempfile::tempdir().unwrap();
    let files = folder.path().join("files");
    fs::create_dir(&files).unwrap();
    let corpus = corpus();
    for (name, bytes, _) in &corpus {
        fs::write(files.join(name), bytes).unwrap();
    }
    assert!(Command::new("mkfifo").arg(files.join("pipe.txt")).status().unwrap().success());
    symlink("/dev/zero", files.join("zero.txt")).unwrap();
    symlink(&files, files.join("circle")).unwrap();

    let limits = Limits { processor_seconds: 4, ..Limits::default() };
    let knowledge = open(folder.path(), Reader::child(crate::make::program(), limits));
    let started = Instant::now();
    let mut slowest = (Duration::ZERO, String::new());
    let mut last = started;
    let reports = knowledge
        .import(std::slice::from_ref(&files), ImportKind::Auto, &mut |report| {
            slowest = (last.elapsed(), report.path.display().to_string()).max(slowest.clone());
            last = Instant::now();
        })
        .unwrap();
    assert!(slowest.0 < Limits::default().patience, "{slowest:?}");
    let first = states(&reports);
    assert_eq!(first.len(), corpus.len() + 2, "one line a file: {first:#?}");
    for (name, _, reason) in &corpus {
        let (state, message) = &first[*name];
        match reason {
            None => assert_eq!(*state, ImportState::Ready, "{name}: {message}"),
            Some(part) => {
                assert_eq!(*state, ImportState::Rejected, "{name}");
                assert!(message.contains(part) && !message.is_empty(), "{name}: {message}");
            }
        }
    }
    assert!(first["pipe.txt"].1.contains("not a file"));
    assert!(first["zero.txt"].1.contains("link"));
    let found = knowledge.retrieve("when does the lighthouse open", 1).unwrap();
    assert!(found.hits[0].text.contains("at noon"));

    // A reader that is not there cannot have read anything again.
    drop(knowledge);
    let gone = Reader::child("/nowhere/frontdesk-reader".into(), Limits::default());
    let knowledge = open(folder.path(), gone);
    let again = states(&knowledge.import(&[files], ImportKind::Auto, &mut |_| {}).unwrap());
    for (name, (state, message)) in &first {
        let expected = if *state == ImportState::Ready { ImportState::Unchanged } else { *state };
        assert_eq!(again[name], (expected, message.clone()), "{name}");
    }
}

#[test]
fn fifty_megabytes_in_one_line_end() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("line.txt");
    fs::write(&path, "word ".repeat(10 << 20)).unwrap();
    let reader = reader();
    let (source, format) = reader.open(&path, Links::Refused).unwrap();
    let started = Instant::now();
    let read = reader.read(source, format);
    assert!(started.elapsed() < Limits::default().patience);
    assert!(read.is_ok(), "{read:?}");
}
