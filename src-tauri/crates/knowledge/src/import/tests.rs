//! Importing through the public face: friendly files, odd files, the same files again.

use std::fs;
use std::path::PathBuf;

use super::*;
use crate::testing::{Desk, shop};
use crate::{Counts, HitKey};

fn check_rejected(desk: &Desk, name: &str, bytes: &[u8], part: &str) {
    let version = desk.knowledge.version();
    let report = desk.import(&desk.write(name, bytes));
    assert_eq!(report.state, ImportState::Rejected, "{name}");
    let message = report.error.unwrap().message;
    assert!(message.contains(part), "{name}: {message}");
    assert_eq!(desk.knowledge.version(), version, "{name}: nothing was changed");
}

#[test]
fn a_folder_is_read_in_the_order_of_names() {
    let desk = Desk::new();
    desk.write("b.md", "# B\n\nText.");
    desk.write("a.txt", "Some text.");
    desk.write(".hidden.md", "# Hidden\n\nText.");
    desk.write("inner/c.md", "# C\n\nText.");
    desk.write("inner/picture.xyz", "x");
    desk.write("empty.txt", "");
    let reports = desk.import_all(&[desk.path("")], ImportKind::Auto);
    let names: Vec<(String, ImportState)> = reports
        .iter()
        .map(|report| {
            (report.path.file_name().unwrap().to_string_lossy().into_owned(), report.state)
        })
        .collect();
    assert_eq!(
        names,
        [
            ("a.txt".to_owned(), ImportState::Ready),
            ("b.md".to_owned(), ImportState::Ready),
            ("empty.txt".to_owned(), ImportState::Rejected),
            ("c.md".to_owned(), ImportState::Ready),
            ("picture.xyz".to_owned(), ImportState::Rejected),
        ]
    );
    assert_eq!(desk.knowledge.sources().unwrap().len(), 3);
}

#[test]
fn a_bad_file_costs_one_line_and_the_others_go_on() {
    let desk = Desk::new();
    let good = desk.write("good.md", "# Good\n\nText.");
    let paths = [desk.path("missing.md"), good, desk.path("also missing")];
    let reports = desk.import_all(&paths, ImportKind::Auto);
    let states: Vec<ImportState> = reports.iter().map(|report| report.state).collect();
    assert_eq!(states, [ImportState::Rejected, ImportState::Ready, ImportState::Rejected]);
    assert!(reports[0].error.as_ref().unwrap().message.contains("no such file"));
}

#[test]
fn what_cannot_be_read_is_rejected_with_a_reason() {
    let desk = Desk::new();
    check_rejected(&desk, "a.txt", b"", "empty");
    check_rejected(&desk, "b.txt", b"some\0bytes", "not a text file");
    check_rejected(&desk, "c.md", b"# \n\n---\n", "no text");
    check_rejected(&desk, "d.html", b"<script>1</script>", "no text");
    check_rejected(&desk, "e.pdf", b"\x89PNG", "a picture, but its name says a PDF");
    check_rejected(&desk, "f.txt", b"%PDF-1.7 x", "a PDF, but its name says text");
    check_rejected(&desk, "g.docx", b"PK\x03\x04...", "damaged");
    check_rejected(&desk, "h.exe", b"MZ", ".exe");
    check_rejected(&desk, "noending", b"text", "without an ending");
    check_rejected(&desk, "i.csv", b"order_number,email\n1,a@b.c\n", "order_number, email");
    check_rejected(&desk, "j.csv", b"question,answer\n,\n", "no row");
    check_rejected(&desk, "k.csv", b"question,answer\n", "no row");
}

#[test]
fn a_file_that_is_too_large_is_rejected_unread() {
    let desk = Desk::new();
    let path = desk.write("large.txt", "x");
    fs::File::options().write(true).open(&path).unwrap().set_len(51 << 20).unwrap();
    let report = desk.import(&path);
    assert!(report.error.unwrap().message.contains("51 MB"));
}

#[test]
fn the_same_bytes_change_nothing() {
    let desk = shop();
    let version = desk.knowledge.version();
    let counts = desk.knowledge.counts().unwrap();
    let reports = desk.import_all(&[desk.path("")], ImportKind::Auto);
    assert!(reports.iter().all(|report| report.state == ImportState::Unchanged));
    assert!(
        reports.iter().any(|report| report.faqs == 3)
            && reports.iter().any(|report| report.passages == 2)
    );
    assert_eq!(desk.knowledge.version(), version);
    assert_eq!(desk.knowledge.counts().unwrap(), counts);
    assert_eq!(desk.embed(), 0);
}

#[test]
fn a_changed_file_replaces_what_was_known_and_keeps_vectors() {
    let desk = shop();
    let before = desk.knowledge.counts().unwrap();
    let path = desk.write(
        "returns.md",
        "# Returns\n\n## Footwear\n\nShoes can be returned within 30 days. Boots worn outside cannot \
         be returned.\n\n## Tents\n\nTents can be returned within 90 days if they are dry.\n",
    );
    assert_eq!(desk.import(&path).state, ImportState::Ready);
    assert_eq!(
        desk.knowledge.counts().unwrap(),
        Counts { embedded: before.embedded - 1, ..before }
    );
    assert_eq!(desk.embed(), 2, "one piece and its one sentence are new");
    let found = desk.knowledge.retrieve("how many days for tents", 1).unwrap();
    assert!(found.hits[0].text.contains("90 days"));
}

#[test]
fn a_file_gone_bad_leaves_what_was_known() {
    let desk = shop();
    let path = desk.write("returns.md", b"now\0binary");
    assert_eq!(desk.import(&path).state, ImportState::Rejected);
    assert!(desk.knowledge.retrieve("return boots", 1).unwrap().hits[0].text.contains("Boots"));
}

#[test]
fn the_same_name_in_another_folder_is_another_source() {
    let desk = Desk::new();
    desk.import(&desk.write("one/info.md", "# One\n\nText one."));
    desk.import(&desk.write("two/info.md", "# Two\n\nText two."));
    let titles: Vec<String> =
        desk.knowledge.sources().unwrap().into_iter().map(|source| source.title).collect();
    assert_eq!(titles, ["One", "Two"]);
}

#[test]
fn titles_come_from_the_file_or_its_name() {
    let desk = Desk::new();
    for (name, text, title) in [
        ("a.md", "Text.\n\n## Later heading\n\nMore.", "Later heading"),
        ("b.html", "<title>Page</title><p>Text.</p>", "Page"),
        ("c.txt", "First line\n\nText.", "First line"),
        ("d notes.txt", "Just one long sentence here. And another.", "d notes"),
    ] {
        desk.import(&desk.write(name, text));
        let sources = desk.knowledge.sources().unwrap();
        let source = sources.iter().find(|source| source.source == name).unwrap();
        assert_eq!(source.title, title);
    }
}

#[test]
fn warnings_are_reported_and_kept() {
    let desk = Desk::new();
    let latin = b"Die R\xfcckgabe ist f\xfcr Kunden m\xf6glich, die Schuhe sind gr\xfcn. Sch\xf6ne Gr\xfc\xdfe.";
    let report = desk.import(&desk.write("a.txt", latin));
    assert_eq!(
        (report.state, report.warnings.as_slice()),
        (ImportState::Ready, &["read as windows-1252".to_owned()][..])
    );
    let report = desk.import(&desk.write("b.csv", "question,answer\nA?,a\nB?,\n"));
    assert_eq!((report.state, report.faqs, report.warnings.len()), (ImportState::Partial, 1, 1));
    let again = desk.import(&desk.path("b.csv"));
    assert_eq!((again.state, again.warnings), (ImportState::Unchanged, report.warnings));
}

#[test]
fn removing_a_source_leaves_nothing_of_it() {
    let desk = shop();
    for source in desk.knowledge.sources().unwrap() {
        assert!(desk.knowledge.remove_source(source.id).unwrap());
        assert!(!desk.knowledge.remove_source(source.id).unwrap());
    }
    assert_eq!(desk.knowledge.counts().unwrap(), Counts::default());
    assert!(desk.store.chunk_texts().unwrap().is_empty());
    assert!(desk.store.full_text(&["return".to_owned()], 9).unwrap().is_empty());
    assert!(!desk.store.has_vectors("scripted-embedder-1").unwrap());
    assert!(desk.knowledge.retrieve("return boots", 5).unwrap().hits.is_empty());
}

#[test]
fn a_line_of_a_megabyte_is_searchable() {
    let desk = Desk::new();
    let path = desk
        .write("line.txt", format!("{} needle {}", "word ".repeat(100_000), "x".repeat(500_000)));
    assert_eq!(desk.import(&path).state, ImportState::Ready);
    let found = desk.knowledge.retrieve("needle", 1).unwrap();
    assert!(found.hits[0].text.contains("needle"));
}

#[test]
fn an_engine_that_is_down_does_not_stop_an_import() {
    let desk = Desk::new();
    desk.embedder.set_down(true);
    let path = desk.write("a.md", "# A\n\nWalking boots cost 90 pounds.");
    assert_eq!(desk.import(&path).state, ImportState::Ready);
    assert!(desk.knowledge.embed_pending(&|| false, &mut |_, _| {}).is_err());
    let found = desk.knowledge.retrieve("walking boots", 1).unwrap();
    assert!(found.keyword_only && matches!(found.hits[0].key, HitKey::Section(_)));
    desk.embedder.set_down(false);
    assert_eq!(desk.embed(), 2);
}

#[test]
fn embedding_stops_between_batches_and_goes_on_later() {
    let desk = Desk::new();
    let text: Vec<String> = (0..60).map(|n| format!("Sentence number {n} is here.")).collect();
    desk.import(&desk.write("a.txt", text.join(" ")));
    let mut progress = Vec::new();
    let asked = std::cell::Cell::new(0);
    let stop = || asked.replace(asked.get() + 1) > 1;
    let made = desk.knowledge.embed_pending(&stop, &mut |done, total| progress.push((done, total)));
    assert_eq!(made.unwrap(), 35, "three texts, then a batch of sentences");
    let total = progress[0].1;
    assert_eq!(progress, [(3, total), (35, total)]);
    assert_eq!(desk.embed(), total - 35);
}

#[cfg(unix)]
#[test]
fn odd_names_are_no_reason_to_fail() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let desk = Desk::new();
    desk.write("plain.txt", "Some text.");
    let odd = desk.path("").join(OsStr::from_bytes(b"bad\xffname.md"));
    fs::write(&odd, "# Odd\n\nText.").unwrap();
    assert_eq!(desk.import(&odd).state, ImportState::Ready);
    let empty = desk.import(&PathBuf::new());
    assert_eq!(empty.state, ImportState::Rejected);
}
