//! Publishing and going back, on a folder.

use std::fs;
use std::path::Path;

use super::Shelf;
use crate::{MANIFEST_FILE, Manifest, PackError, Published, SigningKey};

fn shelf(folder: &Path) -> Shelf {
    let key = SigningKey::read_or_make(&folder.join("key")).unwrap();
    Shelf::open(&folder.join("kb"), key).unwrap()
}

pub(crate) fn publish(shelf: &Shelf, version: i64, content: &str) -> Manifest {
    let draft = shelf.draft().unwrap();
    fs::write(&draft.path, content).unwrap();
    let published = Published {
        version,
        file: String::new(),
        sha256: String::new(),
        size_bytes: 0,
        schema: 1,
        kb_version: version,
        embedder: String::new(),
        created_at: 1,
    };
    shelf.publish(&draft, published).unwrap()
}

#[test]
fn what_is_published_lies_beside_its_manifest() {
    let folder = tempfile::tempdir().unwrap();
    let shelf = shelf(folder.path());
    assert_eq!(shelf.newest().unwrap(), None);
    let manifest = publish(&shelf, 3, "three");
    assert_eq!(manifest.published.file, "kb-3.pack");
    assert_eq!(manifest.published.size_bytes, 5);
    assert_eq!(shelf.newest().unwrap(), Some(manifest));
    assert_eq!(fs::read_to_string(folder.path().join("kb/kb-3.pack")).unwrap(), "three");
    assert!(!folder.path().join("kb/pack.draft").exists());
}

#[test]
fn going_back_is_a_newer_manifest_of_older_knowledge() {
    let folder = tempfile::tempdir().unwrap();
    let shelf = shelf(folder.path());
    let nothing = shelf.roll_back(9, 1);
    assert!(matches!(nothing, Err(PackError::Empty { .. })), "{nothing:?}");
    publish(&shelf, 3, "three");
    let nothing = shelf.roll_back(9, 1);
    assert!(matches!(nothing, Err(PackError::NothingBefore { version: 3, .. })), "{nothing:?}");
    publish(&shelf, 5, "five");
    publish(&shelf, 6, "six");
    let check = |version: i64, expected: &str| {
        let back = shelf.roll_back(version, 1).unwrap().published;
        assert_eq!((back.version, back.file.as_str()), (version, expected));
        assert_eq!(shelf.newest().unwrap().unwrap().published, back);
    };
    check(7, "kb-5.pack");
    check(8, "kb-3.pack");
    publish(&shelf, 9, "nine");
    check(10, "kb-6.pack");
}

#[test]
fn old_packs_make_room_and_a_changed_one_is_not_gone_back_to() {
    let folder = tempfile::tempdir().unwrap();
    let shelf = shelf(folder.path());
    for version in 1..=8 {
        publish(&shelf, version, "content");
    }
    let exists = |version: i64| folder.path().join(format!("kb/kb-{version}.pack")).exists();
    assert!(exists(8) && exists(4), "the newest five stay");
    assert!(!exists(3) && !folder.path().join("kb/kb-3.json").exists());
    fs::write(folder.path().join("kb/kb-7.pack"), "changed").unwrap();
    let refused = shelf.roll_back(9, 1);
    assert!(matches!(refused, Err(PackError::WrongBytes { .. })), "{refused:?}");
    assert_eq!(shelf.newest().unwrap().unwrap().published.version, 8);
}

#[test]
fn somebody_elses_shelf_is_not_published_to() {
    let folder = tempfile::tempdir().unwrap();
    let first = shelf(folder.path());
    publish(&first, 1, "one");
    let other = SigningKey::read_or_make(&folder.path().join("other key")).unwrap();
    let other = Shelf::open(&folder.path().join("kb"), other).unwrap();
    assert!(matches!(other.newest(), Err(PackError::Foreign { .. })));
    fs::write(folder.path().join("kb").join(MANIFEST_FILE), "{").unwrap();
    assert!(matches!(first.newest(), Err(PackError::Unclear { .. })));
}
