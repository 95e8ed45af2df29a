//! Whose folder and whose file: every refusal leaves everything as it was.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use crate::{SCHEMA_VERSION, Store, StoreError};

struct Desk {
    _folder: tempfile::TempDir,
    path: PathBuf,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("desk");
        Self { _folder: folder, path }
    }

    /// A desk that was opened once and closed.
    fn used() -> Self {
        let desk = Self::new();
        Store::open(&desk.path).unwrap().meta_set("name", "Harbour").unwrap();
        desk
    }

    fn database(&self) -> PathBuf {
        self.path.join("kb.db")
    }

    fn sql(&self, statement: &str) {
        Connection::open(self.database()).unwrap().execute_batch(statement).unwrap();
    }

    fn fail(&self) -> StoreError {
        match Store::open(&self.path) {
            Ok(_) => panic!("the folder was opened"),
            Err(error) => error,
        }
    }
}

fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| {
            (entry.file_name().to_string_lossy().into_owned(), fs::read(entry.path()).unwrap())
        })
        .collect();
    files.sort();
    files
}

#[test]
fn a_second_owner_is_refused_until_the_first_has_gone() {
    let desk = Desk::new();
    let first = Store::open(&desk.path).unwrap();
    let clone = first.clone();
    assert!(matches!(desk.fail(), StoreError::Locked { folder } if folder.ends_with("desk")));
    drop(first);
    assert!(matches!(desk.fail(), StoreError::Locked { .. }), "a clone still owns it");
    drop(clone);
    Store::open(&desk.path).unwrap();
}

#[test]
fn what_was_saved_is_there_after_reopening() {
    let desk = Desk::used();
    let store = Store::open(&desk.path).unwrap();
    assert_eq!(store.meta_get("name").unwrap().as_deref(), Some("Harbour"));
    assert!(store.sqlite_version().starts_with("3."));
}

#[test]
fn a_newer_file_is_left_byte_for_byte() {
    let desk = Desk::used();
    desk.sql("PRAGMA user_version = 2100010101");
    let before = files(&desk.path);
    assert!(matches!(
        desk.fail(),
        StoreError::Newer { found: 2_100_010_101, known } if known == SCHEMA_VERSION
    ));
    assert_eq!(files(&desk.path), before, "no byte changed and no journal appeared");
}

#[test]
fn a_newer_version_that_is_only_in_the_journal_is_seen() {
    let desk = Desk::used();
    let newer = Connection::open(desk.database()).unwrap();
    newer.execute_batch("PRAGMA user_version = 2100010101").unwrap();
    let kept = tempfile::tempdir().unwrap();
    for name in ["kb.db", "kb.db-wal"] {
        fs::copy(desk.path.join(name), kept.path().join(name)).unwrap();
    }
    // As if the newer program had been killed: its journal is there, its lock is not.
    let before = fs::read(kept.path().join("kb.db-wal")).unwrap();
    let error = Store::open(kept.path()).map(|_| ()).unwrap_err();
    assert!(matches!(error, StoreError::Newer { found: 2_100_010_101, .. }), "{error}");
    assert_eq!(fs::read(kept.path().join("kb.db-wal")).unwrap(), before);
}

#[test]
fn a_foreign_database_is_left_alone() {
    let desk = Desk::new();
    fs::create_dir(&desk.path).unwrap();
    desk.sql("CREATE TABLE recipes(id)");
    let before = fs::read(desk.database()).unwrap();
    assert!(matches!(desk.fail(), StoreError::NotOurs { path } if path.ends_with("kb.db")));
    assert_eq!(fs::read(desk.database()).unwrap(), before);
}

#[test]
fn damage_is_reported_and_kept() {
    let whole = fs::read(Desk::used().database()).unwrap();
    let mut torn = whole.clone();
    for byte in &mut torn[4096..] {
        *byte ^= 0x5a;
    }
    let cases: [(&str, Vec<u8>); 5] = [
        ("empty", Vec::new()),
        ("text", b"not a database at all, but long enough to have a header. ".repeat(4)),
        ("cut in the header", whole[..50].to_vec()),
        ("cut in the middle", whole[..whole.len() / 2].to_vec()),
        ("overwritten pages", torn),
    ];
    for (name, bytes) in cases {
        let desk = Desk::new();
        fs::create_dir(&desk.path).unwrap();
        fs::write(desk.database(), &bytes).unwrap();
        let error = desk.fail();
        assert!(matches!(error, StoreError::Damaged { .. }), "{name}: {error}");
        assert_eq!(fs::read(desk.database()).unwrap(), bytes, "{name}");
    }
}

#[test]
fn a_lost_database_is_not_replaced_by_an_empty_one() {
    let desk = Desk::new();
    fs::create_dir(&desk.path).unwrap();
    fs::write(desk.path.join("kb.db-wal"), b"what is left").unwrap();
    assert!(matches!(desk.fail(), StoreError::Damaged { .. }));
}

#[test]
fn an_unfinished_creation_is_started_over() {
    let desk = Desk::new();
    fs::create_dir(&desk.path).unwrap();
    fs::write(desk.path.join("kb.db.new"), b"half a database").unwrap();
    Store::open(&desk.path).unwrap().meta_set("a", "b").unwrap();
    assert!(!desk.path.join("kb.db.new").exists());
}

#[test]
fn a_file_where_the_folder_should_be_is_an_error() {
    let desk = Desk::new();
    fs::write(&desk.path, b"a file").unwrap();
    let error = desk.fail();
    assert!(matches!(error, StoreError::Io { .. }));
    assert!(error.to_string().contains("not a folder"), "{error}");
}

#[test]
fn a_folder_named_like_a_uri_stays_a_folder() {
    let desk = Desk::new();
    let odd = desk.path.join("file:x?mode=memory");
    Store::open(&odd).unwrap().meta_set("a", "b").unwrap();
    assert!(odd.join("kb.db").is_file());
    assert_eq!(Store::open(&odd).unwrap().meta_get("a").unwrap().as_deref(), Some("b"));
}

#[cfg(unix)]
#[test]
fn only_the_owner_may_read() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::new();
    let store = Store::open(&desk.path).unwrap();
    store.meta_set("a", "b").unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&desk.path), 0o700);
    for entry in fs::read_dir(&desk.path).unwrap() {
        let path = entry.unwrap().path();
        assert_eq!(mode(&path), 0o600, "{}", path.display());
    }
}

#[cfg(unix)]
#[test]
fn a_read_only_folder_is_refused() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::new();
    fs::create_dir(&desk.path).unwrap();
    fs::set_permissions(&desk.path, fs::Permissions::from_mode(0o500)).unwrap();
    // An administrator may write anywhere, so there is nothing to see for one.
    let may_write_anyway = fs::write(desk.path.join("probe"), b"").is_ok();
    if !may_write_anyway {
        assert!(matches!(desk.fail(), StoreError::ReadOnly { .. }));
    }
    fs::set_permissions(&desk.path, fs::Permissions::from_mode(0o700)).unwrap();
}

#[test]
fn a_desk_without_tables_is_migrated() {
    let desk = Desk::used();
    // What a much older program would have left: the mark, and no table of ours.
    fs::remove_file(desk.database()).unwrap();
    desk.sql("PRAGMA application_id = 0x46444B42; PRAGMA user_version = 20200101");
    let store = Store::open(&desk.path).unwrap();
    assert_eq!(store.kb_version().unwrap(), 0);
    drop(store);
    let header = fs::read(desk.database()).unwrap();
    assert_eq!(i64::from(i32::from_be_bytes(header[60..64].try_into().unwrap())), SCHEMA_VERSION);
}

#[test]
fn a_writer_that_panics_changes_nothing_and_lives_on() {
    let desk = Desk::new();
    let store = Store::open(&desk.path).unwrap();
    let outcome: Result<(), StoreError> = store.write(|transaction| {
        transaction.execute("INSERT INTO meta(key, value) VALUES('x', 'y')", [])?;
        panic!("a defect in a job")
    });
    assert!(matches!(outcome, Err(StoreError::Stopped)));
    assert_eq!(store.meta_get("x").unwrap(), None);
    store.meta_set("x", "z").unwrap();
    assert_eq!(store.meta_get("x").unwrap().as_deref(), Some("z"));
}

#[test]
fn the_connection_is_set_up_to_be_durable() {
    let desk = Desk::new();
    let store = Store::open(&desk.path).unwrap();
    let pragma = |name: &'static str| {
        store
            .write(move |transaction| {
                let sql = format!("PRAGMA {name}");
                Ok(transaction
                    .query_row(&sql, [], |row| row.get::<_, rusqlite::types::Value>(0))?)
            })
            .unwrap()
    };
    let number = rusqlite::types::Value::Integer;
    assert_eq!(pragma("journal_mode"), rusqlite::types::Value::Text("wal".to_owned()));
    for (name, expected) in [
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("busy_timeout", 5000),
        ("trusted_schema", 0),
        ("cell_size_check", 1),
        ("temp_store", 2),
        ("secure_delete", 1),
        ("application_id", 0x4644_4B42),
    ] {
        assert_eq!(pragma(name), number(expected), "{name}");
    }
    let refused = store.read(|reader| Ok(reader.execute("DELETE FROM meta", [])?));
    assert!(refused.is_err(), "a reader must not write");
}
