//! Models that cannot be used: each is refused with a sentence, and the program ends with 5.

use std::path::Path;
use std::process::Stdio;
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
    check_bytes_refused(b"GGUF\x03\0\0\0", "corrupted or incomplete");
    let mut garbage = b"GGUF\x03\0\0\0".to_vec();
    garbage.extend((0..100_000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8));
    check_bytes_refused(&garbage, "cannot be used");
}

#[test]
fn a_truncated_model_is_refused() {
    let Some(model) = find_model(CHAT_MODEL) else { return };
    let whole = std::fs::read(model).unwrap();
    for length in [whole.len() - 1, whole.len() / 2] {
        check_bytes_refused(&whole[..length], "corrupted or incomplete");
    }
    check_bytes_refused(&whole[..100_000], "corrupted or incomplete");
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

/// Without its locks, every attempt but those the system itself forbids would succeed; that this
/// is so is a test of the `sandbox` crate.
#[test]
fn a_hostile_model_cannot_get_out_of_its_process() {
    let folder = tempfile::tempdir().unwrap();
    let model = folder.path().join("model.gguf");
    std::fs::write(&model, b"GGUF").unwrap();
    let mut command = command(&model, "chat", &["--self-test-escape"]);
    let output = command.stdin(Stdio::null()).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    let denied = said.lines().filter(|line| line.contains("denied")).count();
    if cfg!(target_os = "linux") {
        assert!(denied >= 8 || said.contains("skipped"), "{said}");
    }
    assert!(output.status.success(), "{said}");
}

#[test]
fn a_model_that_needs_more_memory_than_there_is_ends_its_own_process_only() {
    let Some(model) = find_model(CHAT_MODEL) else { return };
    let options = ["--memory-bytes", "100000000", "--context", "8192"];
    let mut running = Running::start(command(&model, "chat", &options));
    let refused = loop {
        match running.try_receive() {
            Some(FromChild::Rejected { .. }) | None => break true,
            Some(FromChild::Hello(_)) => break false,
            Some(_) => {}
        }
    };
    assert!(refused, "a hundred megabytes should not be enough");
    assert!(!running.wait(Duration::from_secs(10)).success());
}
