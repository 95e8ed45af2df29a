//! What is refused before llama.cpp sees a file.

use super::file::check_header;
use super::*;

fn check_context(asked: Option<u32>, trained: u32, expected: u32) {
    assert_eq!(clamp_context(asked, 4096, trained), expected);
}

#[test]
fn a_context_stays_within_what_the_model_learned() {
    check_context(None, 8192, 4096);
    check_context(None, 2048, 2048);
    check_context(Some(8192), 8192, 8192);
    check_context(Some(9000), 8192, 8192);
    check_context(Some(10), 8192, 256);
    check_context(Some(u32::MAX), u32::MAX, CONTEXT_LIMIT);
    check_context(None, 0, 1);
}

fn check_file(content: Option<&[u8]>, expected: &str) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("model.gguf");
    if let Some(content) = content {
        std::fs::write(&path, content).unwrap();
    }
    let said = check_header(&path).map_or_else(|error| error.to_string(), |()| "fine".into());
    assert!(said.contains(expected), "{said}");
}

#[test]
fn only_files_that_begin_like_a_model_reach_llama() {
    check_file(None, "cannot be read");
    check_file(Some(b""), "is not a GGUF model");
    check_file(Some(b"GGUF"), "is not a GGUF model");
    check_file(Some(b"<!doctype html>"), "is not a GGUF model");
    check_file(Some(b"GGUF\x03\0\0\0"), "corrupted or incomplete");
    let folder = tempfile::tempdir().unwrap();
    let said = check_header(folder.path()).unwrap_err().to_string();
    assert!(said.contains("model"), "{said}");
}
