//! What rides in a pack, and what becomes of the desk that takes it over.

use std::path::{Path, PathBuf};

use rusqlite::Connection;

use super::{Desk, desk, faq, section, source};
use crate::{
    FaqStatus, NewFaq, NewOrderSource, NewSource, PackTaken, Signed, Store, StoreError, TurnRow,
};

const EMBEDDER: &str = "m";

/// A desk with a document, an approved answer, a draft, a conversation and a member of staff.
fn writer() -> Desk {
    let desk = desk();
    let faqs = vec![
        faq("Why?", "Because.", FaqStatus::Approved),
        faq("When?", "Not told yet.", FaqStatus::Draft),
    ];
    desk.import_from("/home/anna/a.txt", &["thirty days", "sixty days"], faqs);
    let own = desk.store.add_faq(faq("Who?", "Anna.", FaqStatus::Draft), "Anna B").unwrap();
    desk.store.set_faq_status(own, FaqStatus::Approved, Signed::new("Anna B", "ok")).unwrap();
    desk.store.setting_set("profile.name", "North").unwrap();
    desk.store.setting_set("chat_model", "mine").unwrap();
    desk.store.save_facts("{\"hours\":1}", 1).unwrap();
    let turn =
        TurnRow { conversation: "c".into(), question: "SECRET".into(), ..TurnRow::default() };
    desk.store.save_turn(&turn).unwrap();
    desk.embed(EMBEDDER);
    desk
}

impl Desk {
    /// Imports a file that is known by its name, wherever it lay.
    fn import_from(&self, path: &str, words: &[&str], faqs: Vec<NewFaq>) {
        let name = path.rsplit('/').next().unwrap().to_owned();
        let sections = words.iter().map(|text| section(text)).collect();
        self.store.replace_source(NewSource { name, ..source(path) }, sections, faqs).unwrap();
    }

    fn pack(&self, name: &str) -> PathBuf {
        let file = self.folder.path().join(name);
        self.store.write_pack(&file, EMBEDDER, false).unwrap();
        file
    }

    fn take(&self, file: &Path, version: i64) -> PackTaken {
        Store::look_at_pack(file).unwrap();
        let taken = self.store.take_pack(file, version).unwrap();
        while self.store.sweep_vectors().unwrap() {}
        assert_eq!(self.orphans(), 0);
        taken
    }

    /// What visitors may find, in words.
    fn words(&self) -> Vec<String> {
        let mut words: Vec<String> = self.searchable().into_iter().map(|row| row.terms).collect();
        words.sort();
        words
    }
}

#[test]
fn a_pack_holds_what_visitors_may_find_and_nothing_else() {
    let writer = writer();
    let file = writer.pack("one.pack");
    let row = Store::look_at_pack(&file).unwrap();
    assert_eq!((row.sources, row.faqs, row.embedder.as_str()), (1, 2, EMBEDDER));
    assert_eq!(row.schema, crate::SCHEMA_VERSION);
    assert!(!row.has_orders);
    let bytes = std::fs::read(&file).unwrap();
    for secret in ["SECRET", "/home/anna", "Anna B", "Not told yet", "mine"] {
        let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
        assert!(!found, "{secret:?} is in the pack");
    }
    let again = writer.store.write_pack(&file, EMBEDDER, false);
    assert!(again.is_err(), "a pack is never written over");
}

#[cfg(unix)]
#[test]
fn a_pack_is_for_its_owner_and_leaves_no_draft() {
    use std::os::unix::fs::PermissionsExt;
    let writer = writer();
    let file = writer.pack("one.pack");
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    let left = std::fs::read_dir(writer.folder.path()).unwrap().flatten();
    let drafts = left.filter(|entry| entry.file_name().to_string_lossy().contains("draft"));
    assert_eq!(drafts.count(), 0);
}

#[test]
fn a_desk_that_takes_a_pack_over_finds_the_same() {
    let (writer, reader) = (writer(), desk());
    let taken = reader.take(&writer.pack("one.pack"), 7);
    assert!(taken.came > 0);
    assert_eq!(reader.words(), writer.words());
    assert_eq!(reader.store.kb_version().unwrap(), 7);
    assert_eq!(reader.pending(EMBEDDER).len(), 0, "the vectors came along");
    assert_eq!(reader.store.facts().unwrap().as_deref(), Some("{\"hours\":1}"));
    assert_eq!(reader.store.settings_all().unwrap(), [("profile.name".into(), "North".into())]);
    assert_eq!(reader.count("SELECT count(*) FROM turn"), 0);
    let found = reader.store.full_text(&["thirty".into()], 5).unwrap();
    assert_eq!(found.len(), 1, "the full text came along");
}

#[test]
fn only_what_differs_is_changed_and_what_the_desk_keeps_itself_stays() {
    let (writer, reader) = (writer(), desk());
    reader.take(&writer.pack("one.pack"), 7);
    let turn = TurnRow { conversation: "own".into(), ..TurnRow::default() };
    reader.store.save_turn(&turn).unwrap();
    reader.store.setting_set("chat_model", "its own").unwrap();
    let standing = reader.store.each_searchable(EMBEDDER, &mut |_| {}).unwrap();

    let same = reader.take(&writer.pack("same.pack"), 8);
    assert_eq!((same.gone, same.came), (0, 0));
    let changes = reader.store.changes_after(standing.change, EMBEDDER).unwrap();
    assert_eq!(changes.units, [], "nothing has to be read again");

    writer.import_from("/home/anna/b.txt", &["ninety days"], Vec::new());
    writer.embed(EMBEDDER);
    reader.take(&writer.pack("two.pack"), 9);
    assert_eq!(reader.words(), writer.words());
    let changes = reader.store.changes_after(standing.change, EMBEDDER).unwrap();
    assert_eq!(changes.units.len(), 1, "only the new section is read: {:?}", changes.units);
    assert_eq!(reader.count("SELECT count(*) FROM turn"), 1);
    assert!(
        reader.store.settings_all().unwrap().contains(&("chat_model".into(), "its own".into()))
    );
}

#[test]
fn going_back_to_an_older_pack_brings_its_knowledge_back() {
    let (writer, reader) = (writer(), desk());
    let (one, before) = (writer.pack("one.pack"), writer.words());
    let id = writer.store.source_of("/home/anna/a.txt").unwrap().unwrap().id;
    writer.store.remove_source(id).unwrap();
    writer.import_from("/home/anna/c.txt", &["for ever"], Vec::new());
    writer.embed(EMBEDDER);
    let two = writer.pack("two.pack");
    reader.take(&one, 1);
    reader.take(&two, 2);
    assert_eq!(reader.words(), writer.words());
    reader.take(&one, 3);
    assert_eq!(reader.words(), before);
    assert_eq!(reader.pending(EMBEDDER).len(), 0);
    let rows = reader.count("SELECT count(*) FROM faq_revision");
    assert_eq!(rows, 0, "a desk that follows keeps no history");
}

#[test]
fn orders_ride_only_when_asked_and_never_with_a_password() {
    let writer = writer();
    let from = |place: &str, kind: &str, connection: &str| NewOrderSource {
        place: place.into(),
        kind: kind.into(),
        connection: connection.into(),
        map: String::new(),
        sentences: String::new(),
        masks: String::new(),
        max_age_hours: 0,
        as_of: 0,
    };
    writer.store.replace_orders(from("orders.csv", "file", "/home/anna/o"), vec![]).unwrap();
    let database = from("db", "postgres", "postgres://u:PASSWORD@host/db#t");
    writer.store.replace_orders(database, vec![]).unwrap();
    writer.store.meta_set("order_hash_key", "00ff").unwrap();
    let plain = writer.pack("plain.pack");
    assert!(!Store::look_at_pack(&plain).unwrap().has_orders);
    let file = writer.folder.path().join("orders.pack");
    assert!(writer.store.write_pack(&file, EMBEDDER, true).unwrap().has_orders);
    let bytes = std::fs::read(&file).unwrap();
    for secret in ["PASSWORD", "/home/anna"] {
        assert!(!bytes.windows(secret.len()).any(|window| window == secret.as_bytes()));
    }
    let reader = desk();
    reader.take(&file, 2);
    assert_eq!(reader.store.order_sources().unwrap().len(), 1);
    assert_eq!(reader.store.meta_get("order_hash_key").unwrap().as_deref(), Some("00ff"));
    reader.take(&plain, 3);
    assert_eq!(reader.store.order_sources().unwrap().len(), 1, "without orders they stay");
}

#[test]
fn what_is_no_pack_is_refused_with_its_reason() {
    let writer = writer();
    let file = writer.pack("one.pack");
    let bytes = std::fs::read(&file).unwrap();
    let check = |name: &str, bytes: &[u8], expected: &str| {
        let path = writer.folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        let said = Store::look_at_pack(&path).unwrap_err().to_string();
        assert!(said.contains(expected), "{name}: {said}");
    };
    check("empty", b"", "cut short");
    check("text", &[b'x'; 200], "not a database");
    check("short", &bytes[..bytes.len() / 2], "damaged");
    let mut newer = bytes.clone();
    newer[60..64].copy_from_slice(&i32::MAX.to_be_bytes());
    check("newer", &newer, "this program knows up to");
    let desk = std::fs::read(writer.folder.path().join("kb.db")).unwrap();
    check("desk", &desk, "another program");
    let path = writer.folder.path().join("trigger");
    std::fs::copy(&file, &path).unwrap();
    let other = Connection::open(&path).unwrap();
    other.execute_batch("CREATE TRIGGER t AFTER INSERT ON faq BEGIN SELECT 1; END").unwrap();
    drop(other);
    let said = Store::look_at_pack(&path).unwrap_err().to_string();
    assert!(said.contains("trigger"), "{said}");
}

#[test]
fn a_pack_that_cannot_be_taken_leaves_everything_as_it_was() {
    let (writer, reader) = (writer(), desk());
    reader.take(&writer.pack("one.pack"), 7);
    let before = reader.words();
    let file = writer.folder.path().join("broken.pack");
    writer.store.write_pack(&file, EMBEDDER, false).unwrap();
    let other = Connection::open(&file).unwrap();
    let wrong = "PRAGMA foreign_keys = OFF; DELETE FROM faq; UPDATE section SET source_id = 999;";
    other.execute_batch(wrong).unwrap();
    drop(other);
    let failed = reader.store.take_pack(&file, 8);
    assert!(matches!(failed, Err(StoreError::Sqlite { .. })), "{failed:?}");
    assert_eq!(reader.words(), before);
    assert_eq!(reader.store.kb_version().unwrap(), 7);
    reader.take(&writer.pack("two.pack"), 9);
    let gone = writer.folder.path().join("gone.pack");
    assert!(reader.store.take_pack(&gone, 10).is_err());
}
