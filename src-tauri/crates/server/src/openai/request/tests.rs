//! What is sent by mistake is named, and nothing of the inside is told.

use super::*;

fn check(body: &str, param: Option<&str>, says: &str) {
    let refusal = read::<ChatRequest>(body.as_bytes()).map(|_| ()).unwrap_err();
    assert_eq!(refusal.status, 400, "{body}");
    assert_eq!(refusal.failed.param.as_deref(), param, "{body}: {refusal:?}");
    let message = refusal.failed.message;
    assert!(message.contains(says), "{body}: {message}");
    for inside in ["f64", "struct", "ChatRequest", "untagged", "u32"] {
        assert!(!message.contains(inside), "{body}: {message}");
    }
}

#[test]
fn wrong_fields_are_named() {
    let with = |field: &str| format!(r#"{{"model":"frontdesk","messages":[],{field}}}"#);
    check("", None, "not valid JSON");
    check("{", None, "not valid JSON");
    check("nonsense", None, "not valid JSON");
    check(r#"{"model":"frontdesk","messages":[]} {}"#, None, "not valid JSON");
    check("[]", None, "an object with `model` and `messages`");
    check("7", None, "an object with `model` and `messages`");
    check("{}", None, "missing field `model`");
    check(r#"{"model":7,"messages":[]}"#, Some("model"), "expected a string");
    check(r#"{"model":"frontdesk","messages":"hi"}"#, Some("messages"), "expected a sequence");
    check(r#"{"model":"m","messages":[7]}"#, Some("messages[0]"), "an object with `role`");
    check(
        r#"{"model":"m","messages":[{"role":"king","content":"hi"}]}"#,
        Some("messages[0].role"),
        "unknown variant `king`",
    );
    check(
        r#"{"model":"m","messages":[{"role":"user","content":7}]}"#,
        Some("messages[0].content"),
        "a text, or a list of parts",
    );
    check(&with(r#""temperature":"hot""#), Some("temperature"), "expected a number");
    check(&with(r#""stream":"yes""#), Some("stream"), "expected a boolean");
    check(&with(r#""stop":{}"#), Some("stop"), "a text, or a list of texts");
    check(&with(r#""max_tokens":1e999"#), None, "not valid JSON");
}

#[test]
fn what_is_not_known_or_null_is_ignored() {
    let body = r#"{"model":"frontdesk","messages":[{"role":"user","content":"hi","mood":"good"}],
        "stream":null,"stop":null,"max_tokens":null,"frequency_penalty":1,"metadata":{"a":"b"},
        "parallel_tool_calls":true,"service_tier":"auto"}"#;
    let request: ChatRequest = read(body.as_bytes()).unwrap();
    assert_eq!(request.messages.len(), 1);
    assert_eq!(request.stream, None);
}

#[test]
fn numbers_have_bounds() {
    let check = |value: f64, expected: Option<u64>| {
        let found = whole_number("n", Some(value), 1.0, 5.0).ok().flatten();
        assert_eq!(found, expected, "{value}");
    };
    check(1.0, Some(1));
    check(5.0, Some(5));
    check(0.0, None);
    check(-1.0, None);
    check(1.5, None);
    check(6.0, None);
    check(1e300, None);
    check(f64::NAN, None);
    assert!(number("t", Some(2.0), 0.0, 2.0).is_ok());
    assert!(number("t", Some(2.1), 0.0, 2.0).is_err());
    assert!(number("t", Some(f64::NAN), 0.0, 2.0).is_err());
}

#[test]
fn parts_of_text_are_one_text() {
    let part = |kind: &str, text: &str| Part { kind: kind.into(), text: Some(text.into()) };
    let content = Content::Parts(vec![part("text", "Hello"), part("text", "there")]);
    assert_eq!(content.into_text("messages[0].content").unwrap(), "Hello\nthere");
    let picture = Content::Parts(vec![part("text", "See:"), part("image_url", "")]);
    let refusal = picture.into_text("messages[0].content").unwrap_err();
    assert_eq!(refusal.failed.param.as_deref(), Some("messages[0].content[1]"));
}
