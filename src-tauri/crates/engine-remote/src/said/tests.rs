//! Refusals of real servers.

use super::*;

fn check_said(body: &str, expected: &str) {
    assert_eq!(said(body.as_bytes(), Some("sk-secret-key")), expected, "{body}");
}

#[test]
fn the_words_are_found_where_servers_put_them() {
    check_said(r#"{"error":{"message":"Loading model","code":503}}"#, ": Loading model");
    check_said(r#"{"error":"model not found"}"#, ": model not found");
    check_said(r#"{"object":"error","message":"too long","code":400}"#, ": too long");
    check_said(r#"{"detail":"Not Found"}"#, ": Not Found");
    check_said(r#"[{"error":{"message":"API key not valid."}}]"#, ": API key not valid");
    check_said("model is busy\n", ": model is busy");
    check_said(r#"{"detail":[{"loc":["body"]}]}"#, "");
    check_said("", "");
}

#[test]
fn nothing_of_it_does_harm() {
    check_said("<!DOCTYPE html><h1>502 Bad Gateway</h1>", "");
    check_said(r#"{"error":"wrong key sk-secret-key given"}"#, ": wrong key … given");
    check_said("{\"error\":\"a\\u001b[2Jb\\nc\\u202ed\"}", ": a [2Jb c d");
    assert_eq!(said(b"\xff\xfe", None), "");
    assert_eq!(said("x".repeat(999).as_bytes(), None).chars().count(), 203);
}
