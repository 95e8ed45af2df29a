//! A wrong file is refused, with and without the memory of an earlier check.

use std::fs;
use std::path::Path;
use std::time::SystemTime;

use tempfile::TempDir;

use super::{REMEMBERED, remember_good, verify, verify_again};
use crate::{Catalog, CatalogError, Entry};

const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

fn entry() -> Entry {
    let mut entry = Catalog::bundled().models[0].clone();
    (entry.size_bytes, entry.sha256) = (3, ABC.into());
    entry
}

fn check(path: &Path, cache: Option<&Path>, expected: &str) {
    let found = match verify(path, &entry(), cache) {
        Ok(()) => "good",
        Err(CatalogError::Read { .. }) => "read",
        Err(CatalogError::WrongSize { .. }) => "size",
        Err(CatalogError::WrongHash { .. }) => "hash",
        Err(other) => panic!("{other}"),
    };
    assert_eq!(found, expected);
}

#[test]
fn size_first_then_hash() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("model.gguf");
    check(&path, None, "read");
    check(folder.path(), None, "read");
    for (bytes, expected) in [("", "size"), ("ab", "size"), ("abcd", "size")] {
        fs::write(&path, bytes).unwrap();
        check(&path, None, expected);
    }
    fs::write(&path, "abd").unwrap();
    check(&path, None, "hash");
    fs::write(&path, "abc").unwrap();
    check(&path, None, "good");
}

#[test]
fn a_remembered_check_does_not_hide_a_change() {
    let folder = TempDir::new().unwrap();
    let cache = folder.path().join("cache");
    let path = folder.path().join("model.gguf");
    fs::write(&path, "abc").unwrap();
    check(&path, Some(&cache), "good");
    assert!(cache.join(REMEMBERED).exists());
    check(&path, Some(&cache), "good");

    let modified = fs::metadata(&path).unwrap().modified().unwrap();
    fs::write(&path, "abd").unwrap();
    fs::File::options().write(true).open(&path).unwrap().set_modified(modified).unwrap();
    check(&path, Some(&cache), if cfg!(unix) { "hash" } else { "good" });

    fs::File::options().write(true).open(&path).unwrap().set_modified(SystemTime::now()).unwrap();
    check(&path, Some(&cache), "hash");
}

#[test]
fn the_memory_is_used_and_may_be_damaged() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("model.gguf");
    fs::write(&path, "abd").unwrap();
    check(&path, Some(folder.path()), "hash");
    assert!(!folder.path().join(REMEMBERED).exists(), "a bad verdict is not remembered");

    fs::write(&path, "abc").unwrap();
    check(&path, Some(folder.path()), "good");
    let mut other = entry();
    other.sha256 = "0".repeat(64);
    let refused = verify(&path, &other, Some(folder.path()));
    assert!(matches!(refused, Err(CatalogError::WrongHash { .. })), "another catalogue counts");

    fs::write(folder.path().join(REMEMBERED), "{ broken").unwrap();
    check(&path, Some(folder.path()), "good");
}

#[test]
fn a_byte_that_changed_by_itself_is_found_when_all_is_read_again() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("model.gguf");
    fs::write(&path, "abd").unwrap();
    // As if it had been right, and nothing that can be seen from outside had changed since.
    remember_good(&path, 3, ABC, folder.path());
    check(&path, Some(folder.path()), "good");
    assert!(verify_again(&path, &entry(), folder.path()).is_err());
    check(&path, Some(folder.path()), "hash");
    fs::write(&path, "abc").unwrap();
    assert!(verify_again(&path, &entry(), folder.path()).is_ok());
}
