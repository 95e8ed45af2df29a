//! Nothing of a manifest can be changed without the publisher's key.

use serde_json::{Value, json};

use super::{Manifest, Published};
use crate::{PackError, SigningKey};

fn key() -> SigningKey {
    let folder = tempfile::tempdir().unwrap();
    SigningKey::read_or_make(&folder.path().join("key")).unwrap()
}

fn published() -> Published {
    Published {
        version: 12,
        file: "kb-12.pack".into(),
        sha256: "0".repeat(64),
        size_bytes: 4096,
        schema: 2026,
        kb_version: 12,
        embedder: "model|query: |".into(),
        created_at: 1_700_000_000,
    }
}

#[test]
fn what_was_signed_is_read_back() {
    let key = key();
    let manifest = Manifest::signed(published(), &key);
    let bytes = serde_json::to_vec_pretty(&manifest).unwrap();
    assert_eq!(Manifest::read(&bytes, &key.public()).unwrap(), manifest);
}

#[test]
fn no_field_can_be_changed() {
    let key = key();
    let whole = serde_json::to_value(Manifest::signed(published(), &key)).unwrap();
    let check = |field: &str, value: Value| {
        let mut changed = whole.clone();
        changed[field] = value;
        let bytes = serde_json::to_vec(&changed).unwrap();
        let refused = Manifest::read(&bytes, &key.public());
        assert_eq!(refused, Err(PackError::Forged), "{field}");
    };
    check("version", json!(13));
    check("file", json!("kb-13.pack"));
    check("sha256", json!("1".repeat(64)));
    check("size_bytes", json!(1));
    check("schema", json!(1));
    check("kb_version", json!(1));
    check("embedder", json!("other"));
    check("created_at", json!(0));
    check("signature", json!("00".repeat(64)));
    check("signature", json!(""));
}

#[test]
fn somebody_elses_manifest_is_told_apart_from_a_forged_one() {
    let (ours, theirs) = (key(), key());
    let bytes = serde_json::to_vec(&Manifest::signed(published(), &theirs)).unwrap();
    let refused = Manifest::read(&bytes, &ours.public()).unwrap_err();
    assert!(matches!(&refused, PackError::Foreign { .. }), "{refused}");
    let mut claims = serde_json::to_value(Manifest::signed(published(), &theirs)).unwrap();
    claims["publisher"] = json!(ours.public().to_string());
    let bytes = serde_json::to_vec(&claims).unwrap();
    assert_eq!(Manifest::read(&bytes, &ours.public()), Err(PackError::Forged));
}

#[test]
fn what_makes_no_sense_is_refused() {
    let key = key();
    let check = |bytes: &[u8], expected: &str| {
        let said = Manifest::read(bytes, &key.public()).unwrap_err().to_string();
        assert!(said.contains(expected), "{said}");
    };
    check(b"", "cannot be read");
    check(b"<html>", "cannot be read");
    check(b"{\"format\":2}", "of format 2");
    check(b"{\"format\":1}", "missing field");
    for file in ["../kb.pack", "/etc/kb.pack", ".kb.pack", "kb.db"] {
        let outside = Published { file: file.into(), ..published() };
        let bytes = serde_json::to_vec(&Manifest::signed(outside, &key)).unwrap();
        check(&bytes, "makes no sense");
    }
}
