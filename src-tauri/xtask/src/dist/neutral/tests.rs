//! Folders are taken out, and nothing else changes.

use std::path::{Path, PathBuf};

use super::{found, neutralise};

fn check(before: &str, expected: &str, expected_count: usize) {
    let folders = [PathBuf::from("/home/ann/.cargo"), PathBuf::from("/home/ann")];
    let mut bytes = before.as_bytes().to_vec();
    assert_eq!(neutralise(&mut bytes, &folders), expected_count, "{before}");
    assert_eq!(String::from_utf8_lossy(&bytes), expected);
    assert_eq!(bytes.len(), before.len());
}

#[test]
fn every_folder_is_overwritten_in_place() {
    check("a\0/home/ann/.cargo/x.rs\0b", "a\0/source_________/x.rs\0b", 1);
    check("/home/ann/p /home/ann/q", "/source__/p /source__/q", 2);
    check("/home/bob/p /home/an", "/home/bob/p /home/an", 0);
    check("", "", 0);
}

#[test]
fn what_is_left_is_found() {
    let folders = [PathBuf::from("/build"), PathBuf::from("/other")];
    assert_eq!(found(b"\x7fELF /build/x", &folders), [Path::new("/build")]);
    assert!(found(b"//buil /d", &folders).is_empty());
}
