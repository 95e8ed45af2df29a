//! The order of the folders, and that a wrong file is never handed out.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::{Located, locate, ordered_folders};
use crate::{Catalog, Entry};

fn entry() -> Entry {
    let mut entry = Catalog::bundled().models[0].clone();
    entry.file = "m.gguf".into();
    entry.size_bytes = 3;
    entry.sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad".into();
    entry
}

#[test]
fn folders_are_searched_from_the_specific_to_the_general() {
    let check = |named: Option<&str>, program: Option<&str>, resource: Option<&str>, expected| {
        let found = ordered_folders(
            named.map(PathBuf::from),
            Path::new("data"),
            program.map(Path::new),
            resource.map(Path::new),
        );
        let found: Vec<String> =
            found.iter().map(|p| p.display().to_string().replace('\\', "/")).collect();
        assert_eq!(found.join(" "), expected);
    };
    check(None, None, None, "data/models");
    check(Some("mine"), Some("bin"), Some("res"), "mine data/models bin/models res/models");
    check(Some("data/models"), Some("bin"), Some("bin"), "data/models bin/models");
}

#[test]
fn only_the_right_file_is_ready() {
    let first = TempDir::new().unwrap();
    let second = TempDir::new().unwrap();
    let folders = [first.path().to_path_buf(), "nowhere".into(), second.path().to_path_buf()];
    let found = || locate(&entry(), &folders, None);
    assert_eq!(found(), Located::Missing);

    fs::write(first.path().join("m.gguf"), "ab").unwrap();
    let Located::Damaged { reason } = found() else { panic!("{:?}", found()) };
    assert!(reason.contains("2 bytes where 3 are expected"), "{reason}");

    fs::write(second.path().join("m.gguf"), "abd").unwrap();
    assert!(matches!(found(), Located::Damaged { .. }));

    fs::write(second.path().join("m.gguf"), "abc").unwrap();
    assert_eq!(found(), Located::Ready { path: second.path().join("m.gguf") });
}
