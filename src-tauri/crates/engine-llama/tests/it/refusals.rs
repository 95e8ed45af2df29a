//! Models that cannot be used: each is refused with a sentence, and the program ends with 5.

use std::path::Path;
use std::time::Duration;

use engine::protocol::FromChild;

use crate::child::{CHAT_MODEL, EMBEDDING_MODEL, Running, command, find_model};

fn check_refused(model: &Path, purpose: &str, expected: &str) {
    let mut running = Running::start(command(model, purpose, &[]));
    match running.receive() {
        FromChild::Rejected { reason } => assert!(reason.contains(expected), "{reason}"),
        other => panic!("instead of a refusal: {other:?}"),
    }
    assert_eq!(running.wait(Duration::from_secs(5)).code(), Some(5));
}

fn check_bytes_refused(bytes: &[u8], expected: &str) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("model.gguf");
    std::fs::write(&path, bytes).unwrap();
    for purpose in ["chat", "embedding"] {
        check_refused(&path, purpose, expected);
    }
}

#[test]
fn what_is_no_model_is_refused() {
    check_refused(Path::new("no-such-folder/model.gguf"), "chat", "cannot be read");
    check_bytes_refused(b"", "is not a GGUF model");
    check_bytes_refused(&[0x42; 4096], "is not a GGUF model");
    check_bytes_refused(b"GGUF\x03\0\0\0", "llama.cpp refused the model");
    let mut garbage = b"GGUF\x03\0\0\0".to_vec();
    garbage.extend((0..100_000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8));
    check_bytes_refused(&garbage, "llama.cpp refused the model");
}

#[test]
fn a_truncated_model_is_refused() {
    let Some(model) = find_model(CHAT_MODEL) else { return };
    let whole = std::fs::read(model).unwrap();
    for length in [whole.len() - 1, whole.len() / 2] {
        check_bytes_refused(&whole[..length], "corrupted or incomplete");
    }
    check_bytes_refused(&whole[..100_000], "llama.cpp refused the model");
}

#[test]
fn a_model_for_something_else_is_refused() {
    if let Some(model) = find_model(EMBEDDING_MODEL) {
        check_refused(&model, "chat", "it cannot write");
    }
    if let Some(model) = find_model(CHAT_MODEL) {
        check_refused(&model, "embedding", "a vector for each word");
    }
}
